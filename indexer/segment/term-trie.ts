import { isUnspaced } from '../../dictionaries/script.ts';
import { plainLetter } from '../../dictionaries/typing/plain-letter.ts';
import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import { GrowableBytes, GrowableUint32Array } from './growable-array.ts';

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
 * Space: 12 bytes a term and 28 an inner node, about 6.4 bytes a completion on npm's names.
 */
export interface TrieInput {
  readonly termByte: TermByte;
  /** Terms 0 … spaced - 1 are looked at. */
  readonly spaced: number;
  /** Of each term the least id of a completion that holds it, itself or in an alias. */
  readonly bestIds: Uint32Array;
}

/** Byte `index` of a term's UTF-8, -1 beyond its end. */
export type TermByte = (term: number, index: number) => number;

const NO_ID = 0xffffffff;

/** The label of a term that ends where its siblings go on. */
export const END = 0;
/** In a node's link: it is an inner node's number, and not a term id. */
export const INNER = 0x80000000;
/** Numbers of `trie.nodes` a node, and of `trie.inner` an inner node. */
export const NODE = 3;
export const INNER_NODE = 5;
/** Slots of a node that has many children: by letter, where its child is. */
export const SLOTS = 32;
/** In a slot: several children, or one too far behind. An empty slot holds 0, others the child's place and 1. */
export const SEARCH = 255;
/** A node of so many children has slots. */
const MANY = 8;
/** A node's first number: 8 bits of how good its best completion is (see `gradeOf`), 24 bits of its label. */
export const GRADE_SHIFT = 24;
export const LABEL_MASK = 0xffffff;
/** Where a letter stands among 32: the plain letter's code point decides, so that accents make no difference. */
export function slotOf(letter: number): number {
  return plainLetter(letter) & (SLOTS - 1);
}
/** The bit of a letter in a node's set of the letters below it. */
export function letterBit(letter: number): number {
  return 1 << slotOf(letter);
}
/** The fourth number of an inner node: how many children, and after how many bytes of its terms they part. */
export const CHILDREN_SHIFT = 12;
export const DEPTH_MASK = 0xfff;

/** Adds the sections `trie.nodes`, `trie.inner` and `trie.slots`. Linear in the bytes of the terms, but for sorting siblings. */
export function writeTermTrie(builder: ContainerBuilder, input: TrieInput): void {
  const { nodes, inner, slots } = new TrieBuilder(input).build();
  builder.add('trie.nodes', nodes);
  builder.add('trie.inner', inner);
  builder.add('trie.slots', slots);
}

/**
 * How good a completion id is, coarsely: eight grades an octave, 0 the best, so that the completions of one grade differ little in
 * score whatever the scores are. Monotone in the id.
 */
export function gradeOf(id: number): number {
  const value = id + 1;
  const octave = 31 - Math.clz32(value);
  const eighth = octave >= 3 ? (value >>> (octave - 3)) & 7 : (value << (3 - octave)) & 7;
  return octave * 8 + eighth;
}

/** The least id of a grade; for a grade that no id has, the least id of those beyond it. */
export function leastIdOf(grade: number): number {
  return Math.ceil((8 + (grade & 7)) * 2 ** ((grade >>> 3) - 3)) - 1;
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

class TrieBuilder {
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

/** Views the sections that `writeTermTrie` wrote, or null in a file that has none. */
export function openTermTrie(container: Container): TermTrie | null {
  return container.has('trie.nodes') ? new TermTrie(container) : null;
}

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
