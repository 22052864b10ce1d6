import { isUnspaced } from '../../dictionaries/script.ts';
import { GrowableBytes, GrowableUint32Array } from './growable-array.ts';
import {
  CHILDREN_SHIFT,
  END,
  GRADE_SHIFT,
  gradeOf,
  INNER,
  INNER_NODE,
  LABEL_MASK,
  letterBit,
  NODE,
  SEARCH,
  SLOTS,
  slotOf,
} from './term-trie-nodes.ts';

/** What a trie is made of. */
export interface TrieInput {
  readonly termByte: TermByte;
  /** Terms 0 … spaced - 1 are looked at. */
  readonly spaced: number;
  /** Of each term the least id of a completion that holds it, itself or in an alias. */
  readonly bestIds: Uint32Array;
}

/** Byte `index` of a term's UTF-8, -1 beyond its end. */
export type TermByte = (term: number, index: number) => number;

/** A node of so many children has slots. */
const MANY = 8;

/** Whether a term has two letters at least, of a script written with spaces. */
function isReachable(termByte: TermByte, term: number): boolean {
  const first = codePointAt(termByte, term, 0);
  return termByte(term, byteLength(first)) >= 0 && !isUnspaced(first);
}

function byteLength(codePoint: number): number {
  return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}

function codePointAt(termByte: TermByte, term: number, index: number): number {
  const lead = termByte(term, index);
  if (lead < 0x80) return lead;
  const next = (step: number): number => termByte(term, index + step) & 0x3f;
  if (lead < 0xe0) return ((lead & 0x1f) << 6) | next(1);
  if (lead < 0xf0) return ((lead & 0x0f) << 12) | (next(1) << 6) | next(2);
  return ((lead & 0x07) << 18) | (next(1) << 12) | (next(2) << 6) | next(3);
}

/** An inner node whose terms are still coming. */
interface OpenNode {
  readonly depth: number;
  readonly low: number;
  /** Where its children begin among those that wait for their parents. */
  readonly from: number;
}

/** Makes the numbers of a term trie in one pass over the terms in order. */
export class TrieBuilder {
  private readonly input: TrieInput;
  private readonly nodes = new GrowableUint32Array();
  private readonly inner = new GrowableUint32Array();
  private readonly slots = new GrowableBytes();
  private readonly open: OpenNode[] = [];
  // Children that wait for their parent to be complete: their three numbers.
  private heads: number[] = [];
  private links: number[] = [];
  private sets: number[] = [];
  // The node last made, which waits for the depth at which it parts from the next term.
  private low = -1;
  private link = 0;
  private grade = 0;
  /** The letters beyond `depth`; a term's are not looked at yet, and its depth is -1. */
  private letters = 0;
  private depth = -1;
  private end = 0;

  constructor(input: TrieInput) {
    this.input = input;
  }

  build(): { nodes: Uint32Array; inner: Uint32Array; slots: Uint8Array } {
    const { termByte, spaced, bestIds } = this.input;
    this.open.push({ depth: 0, low: 0, from: 0 });
    let previous = -1;
    for (let term = 0; term < spaced; term++) {
      if (!isReachable(termByte, term)) continue;
      if (previous >= 0) this.partAt(sharedBytes(termByte, previous, term));
      this.low = term;
      this.link = term;
      this.letters = 0;
      this.depth = -1;
      this.grade = gradeOf(bestIds[term]!);
      this.end = term + 1;
      previous = term;
    }
    while (this.open.length > 0) {
      if (previous >= 0) this.attach();
      this.close();
    }
    return { nodes: this.nodes.view(), inner: this.inner.view(), slots: this.slots.view() };
  }

  /** The next term has `depth` bytes in common with the last: what is deeper is complete. */
  private partAt(depth: number): void {
    while (this.open[this.open.length - 1]!.depth > depth) {
      this.attach();
      this.close();
    }
    if (this.open[this.open.length - 1]!.depth < depth) {
      this.open.push({ depth, low: this.low, from: this.heads.length });
    }
    this.attach();
  }

  /** Makes the node last made a child of the deepest open one. */
  private attach(): void {
    const { depth } = this.open[this.open.length - 1]!;
    const { termByte } = this.input;
    const label = termByte(this.low, depth) < 0 ? END : codePointAt(termByte, this.low, depth);
    let { letters } = this;
    for (let at = depth + byteLength(label); this.depth < 0 || at < this.depth; ) {
      if (label === END || termByte(this.low, at) < 0) break;
      const letter = codePointAt(termByte, this.low, at);
      letters |= letterBit(letter);
      at += byteLength(letter);
    }
    this.heads.push(((this.grade << GRADE_SHIFT) | label) >>> 0);
    this.links.push(this.link);
    this.sets.push(letters >>> 0);
  }

  /** Writes the children of the deepest open node, and it becomes the node last made. */
  private close(): void {
    const { depth, low, from } = this.open.pop()!;
    const { heads, links, sets, nodes, inner } = this;
    const count = heads.length - from;
    const order = sortedOrder(heads, from, count);
    const firstChild = nodes.length / NODE;
    this.letters = 0;
    for (const at of order) {
      const label = heads[from + at]! & LABEL_MASK;
      nodes.push(heads[from + at]!);
      nodes.push(links[from + at]!);
      nodes.push(sets[from + at]!);
      this.letters |= sets[from + at]! | (label === END ? 0 : letterBit(label));
    }
    this.depth = depth;
    this.grade = count === 0 ? 0 : heads[from + order[0]!]! >>> GRADE_SHIFT;
    heads.length = from;
    links.length = from;
    sets.length = from;
    this.low = low;
    this.link = (INNER | (inner.length / INNER_NODE)) >>> 0;
    inner.push(low);
    inner.push(this.end);
    inner.push(firstChild);
    inner.push(((count << CHILDREN_SHIFT) | depth) >>> 0);
    inner.push(count < MANY ? 0 : this.addSlots(firstChild, count));
  }

  /** Adds the slots of children; returns their number, from 1 on. */
  private addSlots(firstChild: number, count: number): number {
    const places = new Uint8Array(SLOTS);
    const nodes = this.nodes.view();
    for (let place = 0; place < count; place++) {
      const label = nodes[(firstChild + place) * NODE]! & LABEL_MASK;
      if (label === END) continue;
      const slot = slotOf(label);
      places[slot] = places[slot] !== 0 || place + 1 >= SEARCH ? SEARCH : place + 1;
    }
    this.slots.append(places);
    return this.slots.length / SLOTS;
  }
}

const MOST_SIBLINGS = 2 ** 20;

/** Numbers of the children from the least first number on: by grade, then by label. */
function sortedOrder(heads: readonly number[], from: number, count: number): Uint32Array {
  const keys = new Float64Array(count);
  for (let at = 0; at < count; at++) keys[at] = heads[from + at]! * MOST_SIBLINGS + at;
  if (count === 2) {
    if (keys[0]! > keys[1]!) keys.reverse();
  } else keys.sort();
  const order = new Uint32Array(count);
  for (let at = 0; at < count; at++) order[at] = keys[at]! % MOST_SIBLINGS;
  return order;
}

/** How many bytes two terms share, whole code points. */
function sharedBytes(termByte: TermByte, left: number, right: number): number {
  let shared = 0;
  for (;;) {
    const byte = termByte(right, shared);
    if (byte < 0 || termByte(left, shared) !== byte) break;
    shared++;
  }
  // A byte that goes on with a code point: the point began before.
  while ((termByte(right, shared) & 0xc0) === 0x80 && termByte(right, shared) >= 0) shared--;
  return shared;
}
