import { plainLetter } from '../../dictionaries/typing/plain-letter.ts';

// What the numbers of a term trie mean; FORMAT.md draws them.

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
