import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import { TrieBuilder, type TrieInput } from './term-trie-builder.ts';
import { INNER_NODE, NODE } from './term-trie-nodes.ts';

const NO_ID = 0xffffffff;

/** Adds the sections `trie.nodes`, `trie.inner` and `trie.slots`. Linear in the bytes of the terms, but for sorting siblings. */
export function writeTermTrie(builder: ContainerBuilder, input: TrieInput): void {
  const { nodes, inner, slots } = new TrieBuilder(input).build();
  builder.add('trie.nodes', nodes);
  builder.add('trie.inner', inner);
  builder.add('trie.slots', slots);
}

/** Rows of term ids, as the forward index has them. */
export interface RowTerms {
  readonly rows: number;
  /** Where a row's terms begin; for `rows`, where the last one's end. */
  start(row: number): number;
  termAt(place: number): number;
}

/** Of each term the least id of a completion that a row leads to which holds it. */
export function bestIdsOf(
  rows: RowTerms,
  idOfRow: (row: number) => number,
  termCount: number,
): Uint32Array {
  const best = new Uint32Array(termCount).fill(NO_ID);
  let place = 0;
  for (let row = 0; row < rows.rows; row++) {
    const id = idOfRow(row);
    for (const end = rows.start(row + 1); place < end; place++) {
      const term = rows.termAt(place);
      if (id < best[term]!) best[term] = id;
    }
  }
  return best;
}

/** Views the sections that `writeTermTrie` wrote, or null in a file that has none. */
export function openTermTrie(container: Container): TermTrie | null {
  return container.has('trie.nodes') ? new TermTrie(container) : null;
}

/**
 * The spaced terms as a compressed trie (nodes only where terms part), for walks that follow many ways at a time: which terms,
 * or beginnings of terms, may a mistyped word have been meant as.
 *
 * Siblings lie side by side, the one with the best completion below it first: a walk that looks for likely terms leaves a node's
 * children at the first one that is not likely enough. Letters between two nodes are read from `terms.text`.
 *
 * Each node has a set of the letters that follow below it, so that most ways are left before their texts are read.
 *
 * Left out, as no correction can reach them: terms of one code point, and terms of scripts written without spaces.
 *
 * Space: 12 bytes a term, 32 an inner node and 32 more one of many children: 7.1 bytes a completion on npm's names (0.29 distinct terms each).
 */
export class TermTrie {
  /** A node: its grade and label; a term id, or INNER and the number of an inner node; the set of the letters below. */
  readonly nodes: Uint32Array;
  /** An inner node: first term, term after the last, number of its first child's node, children and depth, number of its slots or 0. */
  readonly inner: Uint32Array;
  /** SLOTS a node of many children. */
  readonly slots: Uint8Array;
  /** Number of the inner node that all terms are below. */
  readonly root: number;

  constructor(container: Container) {
    this.nodes = container.uint32('trie.nodes');
    this.inner = container.uint32('trie.inner');
    this.slots = container.uint8('trie.slots');
    this.root = this.inner.length / INNER_NODE - 1;
    if (
      this.inner.length === 0 ||
      this.inner.length % INNER_NODE !== 0 ||
      this.nodes.length % NODE !== 0
    ) {
      throw new SegmentError(
        'bad-section',
        `segment sections 'trie.*': expected nodes of ${NODE} and at least one inner node of ${INNER_NODE} numbers, got ${this.nodes.length} and ${this.inner.length} numbers`,
      );
    }
  }

  /** Compares every number with what the terms give. @throws SegmentError naming the first that differs. */
  verify(input: TrieInput): void {
    const expected = new TrieBuilder(input).build();
    compareNumbers('trie.inner', this.inner, expected.inner);
    compareNumbers('trie.nodes', this.nodes, expected.nodes);
    compareNumbers('trie.slots', this.slots, expected.slots);
  }
}

function compareNumbers<T extends Uint8Array | Uint32Array>(
  section: string,
  got: T,
  expected: T,
): void {
  if (got.length !== expected.length) {
    throw new SegmentError(
      'broken-order',
      `segment section '${section}': expected ${expected.length} numbers, got ${got.length}`,
    );
  }
  const fault = got.findIndex((value, at) => value !== expected[at]);
  if (fault >= 0) {
    throw new SegmentError(
      'broken-order',
      `segment section '${section}', number ${fault}: expected ${expected[fault]}, got ${got[fault]}`,
    );
  }
}
