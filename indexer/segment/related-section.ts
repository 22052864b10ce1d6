import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import { type UnitHash, UnitTable, unitHashes, writeUnits } from './unit-table.ts';

/**
 * What is searched after what: for each completion, and for each unit of a query (`dictionaries/query-units.ts`), the completions that people went
 * on to, by kind of evidence, likeliest first. Only what enough distinct users did gets here.
 */
export const RELATED_KINDS = ['followed', 'specialised', 'generalised', 'clicks', 'users'] as const;
export type RelatedKind = (typeof RELATED_KINDS)[number];

/** Targets that a source keeps of a kind. */
export const MOST_TARGETS = 32;

const NAME = 'related';
const KIND_SHIFT = 13;
const BITS_MASK = (1 << KIND_SHIFT) - 1;
/** Bits are kept in steps of 1/256, up to just below 32. */
const STEPS = 256;
/** The chance of each code without its kind: a look-up costs a tenth of a power, and a request reads hundreds. */
const CHANCES = Float64Array.from({ length: BITS_MASK + 1 }, (_, code) => 2 ** (-code / STEPS));

/** Edges out of sources; the three arrays are of one length, in any order. */
export interface RelatedEdges {
  /** Number of the source: a completion in the order in which they were added, or a unit in that of `units`. */
  readonly sources: Uint32Array;
  /** Number of the completion in the order in which they were added. */
  readonly targets: Uint32Array;
  /** What `relatedCode` gives. */
  readonly codes: Uint16Array;
}

export interface RelatedInput {
  readonly queries: RelatedEdges;
  /** Of kind 0 only. */
  readonly fromUnits: RelatedEdges;
  /** Both hashes of each unit, see `unitHashes`; distinct. */
  readonly units: readonly UnitHash[];
}

/** A kind and bits in 16 bits; codes of a source are in the order of kinds, then likeliest first. */
export function relatedCode(kind: number, bits: number): number {
  return (kind << KIND_SHIFT) | Math.max(0, Math.min(BITS_MASK, Math.round(bits * STEPS)));
}

/** Adds the sections `related.*`, unless there is no edge. The same edges in any order give the same bytes. */
export function writeRelated(
  builder: ContainerBuilder,
  input: RelatedInput,
  inputToId: Uint32Array,
): void {
  const { queries, fromUnits, units } = input;
  if (queries.targets.length + fromUnits.targets.length === 0) return;
  const byQuery = layOut(queries, inputToId.length, (source) => inputToId[source]!, inputToId);
  builder.add(`${NAME}.offsets`, byQuery.offsets);
  builder.add(`${NAME}.targets`, byQuery.targets);
  builder.add(`${NAME}.codes`, byQuery.codes);
  const placeOfUnit = writeUnits(builder, `${NAME}.unithashes`, units);
  const byUnit = layOut(fromUnits, units.length, (unit) => placeOfUnit[unit]!, inputToId);
  builder.add(`${NAME}.unitoffsets`, byUnit.offsets);
  builder.add(`${NAME}.unittargets`, byUnit.targets);
  builder.add(`${NAME}.unitcodes`, byUnit.codes);
}

interface LaidOut {
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  readonly codes: Uint16Array;
}

/** Edges by source, then by code, then by target. */
function layOut(
  edges: RelatedEdges,
  sources: number,
  sourceOf: (source: number) => number,
  inputToId: Uint32Array,
): LaidOut {
  const { length } = edges.targets;
  const offsets = new Uint32Array(sources + 1);
  for (const source of edges.sources) offsets[sourceOf(source) + 1]! += 1;
  for (let source = 0; source < sources; source++) offsets[source + 1]! += offsets[source] ?? 0;
  const order = new Uint32Array(length);
  const next = offsets.slice(0, sources);
  for (let edge = 0; edge < length; edge++) order[next[sourceOf(edges.sources[edge]!)]!++] = edge;
  const targets = new Uint32Array(length);
  const codes = new Uint16Array(length);
  for (let source = 0; source < sources; source++) {
    const start = offsets[source]!;
    order
      .subarray(start, offsets[source + 1]!)
      .sort(
        (x, y) =>
          edges.codes[x]! - edges.codes[y]! ||
          inputToId[edges.targets[x]!]! - inputToId[edges.targets[y]!]!,
      )
      .forEach((edge, i) => {
        targets[start + i] = inputToId[edges.targets[edge]!]!;
        codes[start + i] = edges.codes[edge]!;
      });
  }
  return { offsets, targets, codes };
}

/** Half-open range of edges. */
export interface EdgeRange {
  readonly low: number;
  readonly high: number;
}

/** Edges out of one sort of source, as views. */
export class EdgeTable {
  readonly targets: Uint32Array;
  private readonly offsets: Uint32Array;
  private readonly codes: Uint16Array;
  private readonly prefix: string;

  constructor(container: Container, prefix: string, sources: number) {
    this.prefix = prefix;
    this.offsets = container.uint32(`${NAME}.${prefix}offsets`);
    this.targets = container.uint32(`${NAME}.${prefix}targets`);
    this.codes = container.uint16(`${NAME}.${prefix}codes`);
    if (this.offsets.length !== sources + 1 || this.targets.length !== this.codes.length) {
      throw new SegmentError('bad-section', `segment sections '${NAME}.*': their lengths disagree`);
    }
  }

  /** The edges of one kind out of a source, likeliest first; at most MOST_TARGETS. */
  range(source: number, kind: number): EdgeRange {
    const { codes } = this;
    let low = this.offsets[source]!;
    const end = this.offsets[source + 1]!;
    while (low < end && codes[low]! >>> KIND_SHIFT < kind) low++;
    let high = low;
    while (high < end && codes[high]! >>> KIND_SHIFT === kind) high++;
    return { low, high };
  }

  /** -log2 of how likely the edge's target is searched next, by this kind alone. */
  bitsAt(edge: number): number {
    return (this.codes[edge]! & BITS_MASK) / STEPS;
  }

  /** How likely the edge's target is searched next, by this kind alone. */
  chanceAt(edge: number): number {
    return CHANCES[this.codes[edge]! & BITS_MASK]!;
  }

  /** @throws SegmentError when an order invariant does not hold. */
  verify(completions: number, kinds: number, isSelf: (source: number, target: number) => boolean) {
    const { offsets, targets, codes, prefix } = this;
    for (let source = 0; source + 1 < offsets.length; source++) {
      const start = offsets[source]!;
      const end = offsets[source + 1]!;
      if (end < start || end > targets.length || end - start > kinds * MOST_TARGETS) {
        throw fault(`${prefix}offsets`, source, `expected ascending offsets to ${targets.length}`);
      }
      for (let edge = start; edge < end; edge++) {
        const target = targets[edge]!;
        if (target >= completions || isSelf(source, target)) {
          throw fault(`${prefix}targets`, edge, `expected another completion, got ${target}`);
        }
        const code = codes[edge]!;
        if (code >>> KIND_SHIFT >= kinds) {
          throw fault(`${prefix}codes`, edge, `expected a kind below ${kinds}`);
        }
        if (edge === start) continue;
        const before = codes[edge - 1]!;
        if (code < before || (code === before && target <= targets[edge - 1]!)) {
          throw fault(`${prefix}codes`, edge, 'expected ascending codes, then targets');
        }
      }
    }
    if (offsets[0] !== 0 || offsets[offsets.length - 1] !== targets.length) {
      throw fault(`${prefix}offsets`, 0, `expected offsets from 0 to ${targets.length}`);
    }
  }
}

/** The sections `related.*` of a segment. Opening makes views; a look-up allocates its range. */
export class RelatedTable {
  readonly queries: EdgeTable;
  readonly units: EdgeTable;
  private readonly hashes: UnitTable;

  private constructor(container: Container, completions: number) {
    this.hashes = new UnitTable(container, `${NAME}.unithashes`);
    this.queries = new EdgeTable(container, '', completions);
    this.units = new EdgeTable(container, 'unit', this.hashes.size);
  }

  /** Null where no pair has evidence, and in files before it was known. */
  static open(container: Container, completions: number): RelatedTable | null {
    return container.has(`${NAME}.offsets`) ? new RelatedTable(container, completions) : null;
  }

  /** The number of a unit; -1 when nothing is known of it. */
  unitOf(unit: string): number {
    return this.hashes.find(unitHashes(unit));
  }

  /** @throws SegmentError when an order invariant does not hold. */
  verify(completions: number): void {
    this.queries.verify(completions, RELATED_KINDS.length, (source, target) => source === target);
    this.units.verify(completions, 1, () => false);
    this.hashes.verify();
  }
}

function fault(section: string, entry: number, what: string): SegmentError {
  return new SegmentError(
    'broken-order',
    `segment section '${NAME}.${section}', entry ${entry}: ${what}`,
  );
}
