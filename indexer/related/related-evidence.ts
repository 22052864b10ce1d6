import { GrowableUint32Array } from '../segment/growable-array.ts';
import {
  MOST_TARGETS,
  RELATED_KINDS,
  type RelatedEdges,
  type RelatedInput,
  type RelatedKind,
  relatedCode,
} from '../segment/related-section.ts';
import type { UnitHash } from '../segment/unit-table.ts';
import { associationOf, chanceBits, type PairCounts } from './significance.ts';

/** Sightings, in searches, that weigh as much as not knowing what follows. */
const UNSURE = 4;

/** A target of a source with what was counted. */
export interface CountedTarget extends PairCounts {
  readonly node: number;
}

/** Collects what leads to what, keeps the surest of each source, and learns the places of the completions when they are added to a segment. */
export class RelatedEvidence {
  private readonly texts: string[] = [];
  private readonly nodes = new Map<string, number>();
  /** Number in the segment of each node, -1 until it is added. */
  private readonly inputs: number[] = [];
  private added = 0;
  private readonly queries = new EdgeList();
  private readonly fromUnits = new EdgeList();
  private readonly units: UnitHash[] = [];

  /** The number of a completion's normalised form. */
  nodeOf(normalised: string): number {
    const known = this.nodes.get(normalised);
    if (known !== undefined) return known;
    const node = this.texts.length;
    this.nodes.set(normalised, node);
    this.texts.push(normalised);
    this.inputs.push(-1);
    return node;
  }

  textOf(node: number): string {
    return this.texts[node] ?? '';
  }

  /** Pairs that are kept. */
  get size(): number {
    return this.queries.size + this.fromUnits.size;
  }

  /** Takes all targets that a completion has of one kind. */
  addTargets(source: number, kind: RelatedKind, targets: readonly CountedTarget[]): void {
    const number = RELATED_KINDS.indexOf(kind);
    for (const target of this.surest(targets)) {
      this.queries.push(source, target.node, relatedCode(number, chanceBits(target, UNSURE)));
    }
  }

  /** Takes all targets of a unit. */
  addUnit(unit: UnitHash, targets: readonly CountedTarget[]): void {
    const kept = this.surest(targets);
    if (kept.length === 0) return;
    for (const target of kept) {
      const code = relatedCode(0, chanceBits(target, UNSURE));
      this.fromUnits.push(this.units.length, target.node, code);
    }
    this.units.push(unit);
  }

  /** Learns of the next completion that is added to the segment. */
  addCompletion({ normalised }: { readonly normalised: string }): void {
    const node = this.nodes.get(normalised);
    if (node !== undefined) this.inputs[node] = this.added;
    this.added += 1;
  }

  /** What the segment keeps: pairs of completions that were placed. */
  finish(): RelatedInput {
    const isPlaced = (node: number): boolean => this.inputs[node]! >= 0;
    return {
      queries: this.queries.finish(this.inputs, isPlaced, (source) => this.inputs[source]!),
      fromUnits: this.fromUnits.finish(
        this.inputs,
        () => true,
        (unit) => unit,
      ),
      units: this.units,
    };
  }

  /**
   * The most significant targets; what goes together no more than by chance comes last, the more seen first. Ties by text: numbers say nothing of the input.
   */
  private surest(targets: readonly CountedTarget[]): readonly CountedTarget[] {
    return targets
      .map((target) => ({ target, sureness: associationOf(target) }))
      .sort(
        (a, b) =>
          b.sureness - a.sureness ||
          b.target.pair - a.target.pair ||
          (this.textOf(a.target.node) < this.textOf(b.target.node) ? -1 : 1),
      )
      .slice(0, MOST_TARGETS)
      .map(({ target }) => target);
  }
}

class EdgeList {
  private readonly sources = new GrowableUint32Array();
  private readonly targets = new GrowableUint32Array();
  private readonly codes = new GrowableUint32Array();

  get size(): number {
    return this.sources.length;
  }

  push(source: number, target: number, code: number): void {
    this.sources.push(source);
    this.targets.push(target);
    this.codes.push(code);
  }

  finish(
    inputs: readonly number[],
    isSource: (source: number) => boolean,
    sourceOf: (source: number) => number,
  ): RelatedEdges {
    const sources = this.sources.view();
    const targets = this.targets.view();
    const codes = this.codes.view();
    const kept = Array.from(sources.keys()).filter(
      (edge) => isSource(sources[edge]!) && inputs[targets[edge]!]! >= 0,
    );
    return {
      sources: Uint32Array.from(kept, (edge) => sourceOf(sources[edge]!)),
      targets: Uint32Array.from(kept, (edge) => inputs[targets[edge]!]!),
      codes: Uint16Array.from(kept, (edge) => codes[edge]!),
    };
  }
}
