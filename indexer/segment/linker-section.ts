import { WRITINGS } from '../../dictionaries/mentions/writing.ts';
import type { Container } from './container.ts';
import { SegmentError } from './errors.ts';
import {
  ENTITY_TYPES,
  type EntityType,
  fromByte,
  type LinkerArrays,
  NAME,
  NAMED,
  NODE_WORDS,
  slotsFor,
  WORD_WORDS,
} from './linker-layout.ts';
import { firstLinkerFault } from './linker-section-check.ts';

/** Slots of the table of nodes for each word of its filter. */
const FILTER_SLOTS = 4;

/**
 * Which runs of words lead to a search: a hash table of runs and of the beginnings of longer ones, what each surface is worth, and what is known
 * of single words. Opening makes views; a look-up touches one or two lines of memory.
 */
export class Linker {
  /** Surfaces. */
  readonly size: number;
  private readonly nodeCount: number;
  private readonly wordCount: number;
  private readonly arrays: LinkerArrays;
  private filter: Uint32Array | null = null;

  private constructor(container: Container) {
    const shape = container.uint32(`${NAME}.shape`);
    this.size = shape[0] ?? 0;
    this.nodeCount = shape[1] ?? 0;
    this.wordCount = shape[2] ?? 0;
    this.arrays = {
      nodes: container.uint32(`${NAME}.nodes`),
      words: container.uint32(`${NAME}.words`),
      targets: container.uint32(`${NAME}.targets`),
      types: container.uint8(`${NAME}.types`),
      logits: container.uint8(`${NAME}.logits`),
      contextStarts: container.uint32(`${NAME}.contextstarts`),
      context: container.uint32(`${NAME}.context`),
    };
    const { nodes, words, targets, types, logits, contextStarts } = this.arrays;
    const { size } = this;
    if (
      shape.length !== 3 ||
      nodes.length !== slotsFor(this.nodeCount) * NODE_WORDS ||
      words.length !== slotsFor(this.wordCount) * WORD_WORDS ||
      targets.length !== size ||
      types.length !== size ||
      logits.length !== size * WRITINGS ||
      contextStarts.length !== size + 1
    ) {
      throw new SegmentError('bad-section', `segment sections '${NAME}.*': their lengths disagree`);
    }
  }

  /** The linker of a segment; null where nothing was mined, and in files before it was known. */
  static open(container: Container): Linker | null {
    return container.has(`${NAME}.shape`) ? new Linker(container) : null;
  }

  /**
   * What stands at a run of words: 0 for nothing; else the surface that it is, see `surfaceOf`, and whether longer ones begin with it, see `goesOn`.
   */
  find(a: number, b: number): number {
    const filter = this.filter ?? this.makeFilter();
    const bits = (1 << (b & 31)) | (1 << ((b >>> 5) & 31));
    if ((filter[(a >>> 5) & (filter.length - 1)]! & bits) !== bits) return 0;
    const { nodes } = this.arrays;
    const mask = nodes.length / NODE_WORDS - 1;
    const first = a >>> 0;
    const second = b >>> 0;
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      const at = slot * NODE_WORDS;
      const value = nodes[at + 2]!;
      if (value === 0 || (nodes[at] === first && nodes[at + 1] === second)) return value;
    }
  }

  /**
   * A Bloom filter of the nodes (Bloom, 1970; both bits in one word), about 16 bits each: it stays in the cache, which the table of a large index does not, and most runs
   * of a comment are none. Made at the first look-up.
   */
  private makeFilter(): Uint32Array {
    const { nodes } = this.arrays;
    const filter = new Uint32Array(Math.max(1, nodes.length / NODE_WORDS / FILTER_SLOTS));
    for (let at = 0; at < nodes.length; at += NODE_WORDS) {
      if (nodes[at + 2] === 0) continue;
      const b = nodes[at + 1]!;
      filter[(nodes[at]! >>> 5) & (filter.length - 1)]! |=
        (1 << (b & 31)) | (1 << ((b >>> 5) & 31));
    }
    this.filter = filter;
    return filter;
  }

  /** What is known of a word; 0 when it is not known. */
  wordOf(a: number, b: number): number {
    const { words } = this.arrays;
    const mask = words.length / WORD_WORDS - 1;
    const second = b >>> 0;
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      const at = slot * WORD_WORDS;
      const value = words[at + 1]!;
      if (value === 0 || words[at] === second) return value;
    }
  }

  /** The completion that a surface leads to; -1 when it leads to its own name. */
  targetOf(surface: number): number {
    return this.arrays.targets[surface]! - 1;
  }

  /** Whether enough people or videos name a surface for it to lead to its own name. */
  isNamed(surface: number): boolean {
    return (this.arrays.types[surface]! & NAMED) !== 0;
  }

  typeOf(surface: number): EntityType {
    return ENTITY_TYPES[this.arrays.types[surface]! & ~NAMED] ?? 'topic';
  }

  /** Worth of a link on a surface that is written in one of the ways, as a logit. */
  logitOf(surface: number, writing: number): number {
    return fromByte(this.arrays.logits[surface * WRITINGS + writing]!);
  }

  /** Whether the words around a surface say whether it is meant. */
  hasContext(surface: number): boolean {
    return this.arrays.contextStarts[surface + 1]! > this.arrays.contextStarts[surface]!;
  }

  /** What distinct words by a surface add to its worth in all; they are asked for by the upper 24 bits of their first hashes, at most as many as the surface has in the index. */
  contextSum(surface: number, words: { has(key: number): boolean }): number {
    const { context, contextStarts } = this.arrays;
    const end = contextStarts[surface + 1]!;
    let sum = 0;
    for (let at = contextStarts[surface]!; at < end; at++) {
      const entry = context[at]!;
      if (words.has(entry >>> 8)) sum += fromByte(entry & 0xff);
    }
    return sum;
  }

  /** @throws SegmentError when a table is not what its writer lays, a surface or completion is out of range, or context is out of order. */
  verify(completions: number): void {
    const { size, nodeCount, wordCount } = this;
    const fault = firstLinkerFault(this.arrays, {
      size,
      nodeCount,
      wordCount,
      completions,
      find: (a, b) => this.find(a, b),
    });
    if (fault === null) return;
    throw new SegmentError('broken-order', `segment section '${NAME}.${fault}`);
  }
}
