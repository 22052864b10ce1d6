import { isUnspaced } from '../../dictionaries/terms.ts';

/*
 * What a request looks for in each own search stands in one stream of numbers, a few cache lines where the texts themselves lie anywhere in memory:
 *
 *   of each search: its completion (NO_COMPLETION without one) · how many starts · the key of each start, in the order of the text
 */

/** Numbers of a search before its keys. */
export const STARTS_HEAD = 2;
/** Letters of a key. */
export const KEY_LETTERS = 4;

/** The numbers of a search. @param padded its text with a space before and behind it */
export function startsOf(id: number, padded: string): Int32Array {
  const numbers = [id, 0];
  for (let at = 1; at < padded.length; at++) {
    const isStart = padded.charCodeAt(at - 1) === 0x20 || isUnspacedAt(padded, at);
    if (isStart) numbers.push(startKey(padded, at));
  }
  numbers[1] = numbers.length - STARTS_HEAD;
  return Int32Array.from(numbers);
}

/** The first letters from a place of a text on, a byte each, the first one lowest: ASCII as it is, others folded into 128 values; 0 behind the end. */
export function startKey(text: string, at: number): number {
  let key = 0;
  for (let i = KEY_LETTERS - 1; i >= 0; i--) {
    const unit = at + i < text.length ? text.charCodeAt(at + i) : 0;
    key = (key << 8) | (unit < 0x80 ? unit : 0x80 | ((unit ^ (unit >>> 7)) & 0x7f));
  }
  return key;
}

/** The bits of a key that its first letters are in. */
export function startMask(letters: number): number {
  return letters >= KEY_LETTERS ? -1 : (1 << (8 * letters)) - 1;
}

function isUnspacedAt(text: string, at: number): boolean {
  return text.charCodeAt(at) >= 0x80 && isUnspaced(text.codePointAt(at)!);
}
