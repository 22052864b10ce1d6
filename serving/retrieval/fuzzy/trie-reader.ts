import type { TermDictionary } from '../../../indexer/segment/term-dictionary.ts';
import type { TermTrie } from '../../../indexer/segment/term-trie.ts';
import {
  CHILDREN_SHIFT,
  DEPTH_MASK,
  INNER,
  INNER_NODE,
  NODE,
} from '../../../indexer/segment/term-trie-nodes.ts';
import { TermLetters } from './term-letters.ts';

/** What the numbers of a term trie say to a walk; `link` is a node's second number, `at` an inner node's place in `inner`. */
export class TrieReader {
  readonly nodes: Uint32Array;
  readonly inner: Uint32Array;
  readonly slots: Uint8Array;
  readonly root: number;
  readonly letters: TermLetters;
  private readonly offsets: Uint32Array;

  constructor(trie: TermTrie, terms: TermDictionary) {
    this.nodes = trie.nodes;
    this.inner = trie.inner;
    this.slots = trie.slots;
    this.root = trie.root;
    this.letters = new TermLetters(terms);
    this.offsets = terms.offsets;
  }

  /** First number of an inner node's first child in `nodes`. */
  firstChild(at: number): number {
    return this.inner[at + 2]! * NODE;
  }

  /** Number behind those of its last child. */
  endOfChildren(at: number): number {
    return this.firstChild(at) + (this.inner[at + 3]! >>> CHILDREN_SHIFT) * NODE;
  }

  /** Bytes after which its children part. */
  depthOf(at: number): number {
    return this.inner[at + 3]! & DEPTH_MASK;
  }

  /** The first term of a node. */
  lowOf(link: number): number {
    return link < INNER ? link : this.inner[(link - INNER) * INNER_NODE]!;
  }

  /** The term behind its last. */
  highOf(link: number): number {
    return link < INNER ? link + 1 : this.inner[(link - INNER) * INNER_NODE + 1]!;
  }

  /** Where the text of a node's first term begins. */
  startOf(link: number): number {
    return this.offsets[this.lowOf(link)]!;
  }

  /** Bytes up to where a node's terms part, or its term ends. */
  endOf(link: number): number {
    if (link >= INNER) return this.depthOf((link - INNER) * INNER_NODE);
    return this.offsets[link + 1]! - this.offsets[link]!;
  }
}
