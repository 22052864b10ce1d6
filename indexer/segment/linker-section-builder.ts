import {
  goesOn,
  HASHTAG_SALT,
  LONGEST_UNSPACED,
  runValue,
  surfaceOf,
} from '../../dictionaries/mentions/run-walk.ts';
import { extendA, extendB } from '../../dictionaries/mentions/word-hash.ts';
import type { ContainerBuilder } from './container.ts';
import {
  ENTITY_TYPES,
  type EntityType,
  NAME,
  NAMED,
  NODE_WORDS,
  slotsFor,
  toByte,
  WORD_WORDS,
} from './linker-layout.ts';

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
