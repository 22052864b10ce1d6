import {
  goesOn,
  HASHTAG_SALT,
  LONGEST_UNSPACED,
  runValue,
  surfaceOf,
} from '../../dictionaries/mentions/run-walk.ts';
import { extendA, extendB } from '../../dictionaries/mentions/word-hash.ts';
import { WRITINGS } from '../../dictionaries/mentions/writing.ts';
import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';

/** What a surface is, by the number that is stored. */
export const ENTITY_TYPES = ['topic', 'place', 'person', 'group', 'product', 'work'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

const NODE_WORDS = 3;
const WORD_WORDS = 2;
/** Slots of the table of nodes for each word of its filter. */
const FILTER_SLOTS = 4;
/** Logits are kept in sixteenths, from -8 to just below 8. */
const LOGIT_STEPS = 16;
const NAME = 'linker';

/** A surface to be linked, as the miner found it. */
export interface LinkedSurface {
  /** The runs of words that it is written as; hashtags apart. */
  readonly runs: readonly (readonly WordHash[])[];
  /** Hashes of the hashtags that it is written as. */
  readonly hashtags: readonly WordHash[];
  /** Number of the completion that it leads to, in the order in which they were added; -1 for its own name. */
  readonly input: number;
  /** Whether it may lead to its own name where its completion is not shown. */
  readonly isNamed: boolean;
  readonly type: EntityType;
  /** Worth of a link by how it is written: see dictionaries/mentions/writing.ts. */
  readonly logits: readonly [number, number, number, number];
  /** Words that stand by it when it is meant, and when it is not. */
  readonly context: readonly ContextWord[];
}

export interface WordHash {
  readonly a: number;
  readonly b: number;
}

export interface ContextWord {
  /** First hash of the word. */
  readonly a: number;
  /** Logit that it adds, from -8 to 8. */
  readonly weight: number;
}

/** What is known of a word: 32 bits that this format keeps and does not look into. */
export interface KnownWord extends WordHash {
  /** Not 0. */
  readonly value: number;
}

/**
 * Writes the sections `linker.*`. The same surfaces and words, in whatever order, give the same bytes but for the numbers of the surfaces,
 * which are those of `surfaces`.
 */
export function writeLinker(
  builder: ContainerBuilder,
  input: {
    readonly surfaces: readonly LinkedSurface[];
    readonly words: readonly KnownWord[];
    readonly inputToId: Uint32Array;
  },
): void {
  const { surfaces, words, inputToId } = input;
  const nodes = gatherNodes(surfaces);
  const contextStarts = new Uint32Array(surfaces.length + 1);
  const context: number[] = [];
  surfaces.forEach((surface, i) => {
    for (const each of [...surface.context].sort((x, y) => (x.a >>> 8) - (y.a >>> 8))) {
      context.push(((each.a >>> 8) << 8) | toByte(each.weight));
    }
    contextStarts[i + 1] = context.length;
  });
  builder.add(`${NAME}.shape`, Uint32Array.of(surfaces.length, nodes.length, words.length));
  builder.add(`${NAME}.nodes`, layNodes(nodes));
  builder.add(`${NAME}.words`, layWords(words));
  builder.add(
    `${NAME}.targets`,
    Uint32Array.from(surfaces, ({ input: number }) => (number < 0 ? 0 : inputToId[number]! + 1)),
  );
  builder.add(
    `${NAME}.types`,
    Uint8Array.from(
      surfaces,
      ({ type, isNamed }) => ENTITY_TYPES.indexOf(type) | (isNamed ? NAMED : 0),
    ),
  );
  builder.add(
    `${NAME}.logits`,
    Uint8Array.from(surfaces.flatMap(({ logits }) => logits.map(toByte))),
  );
  builder.add(`${NAME}.contextstarts`, contextStarts);
  builder.add(`${NAME}.context`, Uint32Array.from(context));
}

const NAMED = 0x80;

interface Node extends WordHash {
  value: number;
}

function gatherNodes(surfaces: readonly LinkedSurface[]): readonly Node[] {
  const nodes = new Map<string, Node>();
  const nodeAt = (a: number, b: number): Node => {
    const key = `${a},${b}`;
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const node = { a, b, value: 0 };
    nodes.set(key, node);
    return node;
  };
  const end = (node: Node, surface: number): void => {
    // The first surface keeps a run that two are written as.
    if (surfaceOf(node.value) < 0) node.value = runValue(surface, goesOn(node.value));
  };
  surfaces.forEach((surface, number) => {
    for (const run of surface.runs) {
      const [first, ...rest] = run;
      if (first === undefined || run.length > LONGEST_UNSPACED) continue;
      let { a, b } = first;
      for (const word of rest) {
        const node = nodeAt(a, b);
        node.value = runValue(surfaceOf(node.value), true);
        a = extendA(a, word.a);
        b = extendB(b, word.b);
      }
      end(nodeAt(a, b), number);
    }
    for (const { a, b } of surface.hashtags) end(nodeAt(a, b ^ HASHTAG_SALT), number);
  });
  return [...nodes.values()].sort((x, y) => (x.a >>> 0) - (y.a >>> 0) || (x.b >>> 0) - (y.b >>> 0));
}

/** Slots of an open hash table: a power of two, at most three quarters of them taken. */
function slotsFor(entries: number): number {
  let slots = 8;
  while (slots * 3 < entries * 4) slots *= 2;
  return slots;
}

function layNodes(nodes: readonly Node[]): Uint32Array {
  const slots = slotsFor(nodes.length);
  const table = new Uint32Array(slots * NODE_WORDS);
  for (const { a, b, value } of nodes) {
    let slot = a & (slots - 1);
    while (table[slot * NODE_WORDS + 2] !== 0) slot = (slot + 1) & (slots - 1);
    table[slot * NODE_WORDS] = a;
    table[slot * NODE_WORDS + 1] = b;
    table[slot * NODE_WORDS + 2] = value;
  }
  return table;
}

function layWords(words: readonly KnownWord[]): Uint32Array {
  const slots = slotsFor(words.length);
  const table = new Uint32Array(slots * WORD_WORDS);
  const sorted = [...words].sort((x, y) => (x.a >>> 0) - (y.a >>> 0) || (x.b >>> 0) - (y.b >>> 0));
  for (const { a, b, value } of sorted) {
    let slot = a & (slots - 1);
    while (table[slot * WORD_WORDS + 1] !== 0) slot = (slot + 1) & (slots - 1);
    table[slot * WORD_WORDS] = b;
    table[slot * WORD_WORDS + 1] = value;
  }
  return table;
}

function toByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value * LOGIT_STEPS) + 128));
}

function fromByte(byte: number): number {
  return (byte - 128) / LOGIT_STEPS;
}

/**
 * Which runs of words lead to a search: a hash table of runs and of the beginnings of longer ones, what each surface is worth, and what is known
 * of single words. Opening makes views; a look-up touches one or two lines of memory.
 */
export class Linker {
  /** Surfaces. */
  readonly size: number;
  private readonly nodeCount: number;
  private readonly wordCount: number;
  private readonly nodes: Uint32Array;
  private readonly words: Uint32Array;
  private readonly targets: Uint32Array;
  private readonly types: Uint8Array;
  private readonly logits: Uint8Array;
  private readonly contextStarts: Uint32Array;
  private readonly context: Uint32Array;
  private filter: Uint32Array | null = null;

  private constructor(container: Container) {
    const shape = container.uint32(`${NAME}.shape`);
    this.size = shape[0] ?? 0;
    this.nodeCount = shape[1] ?? 0;
    this.wordCount = shape[2] ?? 0;
    this.nodes = container.uint32(`${NAME}.nodes`);
    this.words = container.uint32(`${NAME}.words`);
    this.targets = container.uint32(`${NAME}.targets`);
    this.types = container.uint8(`${NAME}.types`);
    this.logits = container.uint8(`${NAME}.logits`);
    this.contextStarts = container.uint32(`${NAME}.contextstarts`);
    this.context = container.uint32(`${NAME}.context`);
    const { size } = this;
    if (
      shape.length !== 3 ||
      this.nodes.length !== slotsFor(this.nodeCount) * NODE_WORDS ||
      this.words.length !== slotsFor(this.wordCount) * WORD_WORDS ||
      this.targets.length !== size ||
      this.types.length !== size ||
      this.logits.length !== size * WRITINGS ||
      this.contextStarts.length !== size + 1
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
    const { nodes } = this;
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
    const { nodes } = this;
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
    const { words } = this;
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
    return this.targets[surface]! - 1;
  }

  /** Whether enough people or videos name a surface for it to lead to its own name. */
  isNamed(surface: number): boolean {
    return (this.types[surface]! & NAMED) !== 0;
  }

  typeOf(surface: number): EntityType {
    return ENTITY_TYPES[this.types[surface]! & ~NAMED] ?? 'topic';
  }

  /** Worth of a link on a surface that is written in one of the ways, as a logit. */
  logitOf(surface: number, writing: number): number {
    return fromByte(this.logits[surface * WRITINGS + writing]!);
  }

  /** Whether the words around a surface say whether it is meant. */
  hasContext(surface: number): boolean {
    return this.contextStarts[surface + 1]! > this.contextStarts[surface]!;
  }

  /** What distinct words by a surface add to its worth in all; they are asked for by the upper 24 bits of their first hashes, at most as many as the surface has in the index. */
  contextSum(surface: number, words: { has(key: number): boolean }): number {
    const { context, contextStarts } = this;
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
    this.verifyNodes();
    this.verifyWords();
    this.targets.forEach((target, surface) => {
      if (target > completions) {
        throw fault(
          'targets',
          surface,
          `expected a completion below ${completions}, got ${target - 1}`,
        );
      }
      if (target === 0 && !this.isNamed(surface)) {
        throw fault('types', surface, 'expected a surface without completion to be named');
      }
      if ((this.types[surface]! & ~NAMED) >= ENTITY_TYPES.length) {
        throw fault('types', surface, `expected a type below ${ENTITY_TYPES.length}`);
      }
    });
    const { contextStarts, context } = this;
    for (let surface = 0; surface < this.size; surface++) {
      const start = contextStarts[surface]!;
      const end = contextStarts[surface + 1]!;
      if (end < start || end > context.length) {
        throw fault('contextstarts', surface, `expected ascending offsets up to ${context.length}`);
      }
      for (let at = start + 1; at < end; at++) {
        if (context[at]! >>> 8 <= context[at - 1]! >>> 8) {
          throw fault('context', at, 'expected ascending words of a surface');
        }
      }
    }
    if (contextStarts[0] !== 0 || contextStarts[this.size] !== context.length) {
      throw fault('contextstarts', this.size, `expected offsets from 0 to ${context.length}`);
    }
  }

  private verifyNodes(): void {
    const { nodes } = this;
    const reached = new Uint8Array(this.size);
    let taken = 0;
    for (let at = 0; at < nodes.length; at += NODE_WORDS) {
      const value = nodes[at + 2]!;
      if (value === 0) continue;
      taken++;
      const surface = surfaceOf(value);
      if (surface >= this.size) {
        throw fault(
          'nodes',
          at / NODE_WORDS,
          `expected a surface below ${this.size}, got ${surface}`,
        );
      }
      if (surface >= 0) reached[surface] = 1;
    }
    if (taken !== this.nodeCount || taken * NODE_WORDS === nodes.length) {
      throw fault('nodes', 0, `expected ${this.nodeCount} nodes and free slots, got ${taken}`);
    }
    for (let at = 0; at < nodes.length; at += NODE_WORDS) {
      if (nodes[at + 2] === 0) continue;
      if (this.find(nodes[at]! | 0, nodes[at + 1]! | 0) !== nodes[at + 2]) {
        throw fault('nodes', at / NODE_WORDS, 'expected it where its hash is looked for');
      }
    }
    const lost = reached.indexOf(0);
    if (lost >= 0) throw fault('nodes', lost, 'expected a node of this surface, got none');
  }

  private verifyWords(): void {
    const { words } = this;
    let taken = 0;
    for (let at = 1; at < words.length; at += WORD_WORDS) if (words[at] !== 0) taken++;
    if (taken !== this.wordCount || taken * WORD_WORDS === words.length) {
      throw fault('words', 0, `expected ${this.wordCount} words and free slots, got ${taken}`);
    }
  }
}

function fault(section: string, entry: number, what: string): SegmentError {
  return new SegmentError(
    'broken-order',
    `segment section '${NAME}.${section}', entry ${entry}: ${what}`,
  );
}
