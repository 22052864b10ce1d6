import { classOf, DIGIT, WORD } from '../character-class.ts';
import { foldCharacters } from '../folding.ts';
import { scriptFlags, UNSPACED } from '../script.ts';

/** The letter cannot be folded by itself: its word has to be normalised as a whole. */
export const COMPLEX = 0;

const FOLD = 0xffff;
const CAPITAL_BIT = 1 << 16;
const UNSPACED_BIT = 1 << 17;
const DIGIT_BIT = 1 << 18;
const WORKED_OUT = 1 << 19;

const pages: (Int32Array | undefined)[] = [];

/**
 * What a word character outside ASCII (a UTF-16 code unit, no surrogate) is within a word: its folded code unit, or COMPLEX, and marks for a capital
 * letter, for a script without spaces and for a digit. Worked out when first met.
 */
export function foldOf(code: number): number {
  const page = pages[code >> 8] ?? newPage(code >> 8);
  const entry = page[code & 0xff]!;
  return entry === 0 ? workOut(page, code) : entry;
}

/** The folded code unit of what `foldOf` gave; COMPLEX for a character that has none. */
export function foldedUnit(entry: number): number {
  return entry & FOLD;
}

/** Whether what `foldOf` gave is of a capital letter. */
export function isCapital(entry: number): boolean {
  return (entry & CAPITAL_BIT) !== 0;
}

/** Whether what `foldOf` gave is of a script without spaces. */
export function isOfUnspaced(entry: number): boolean {
  return (entry & UNSPACED_BIT) !== 0;
}

/** Whether what `foldOf` gave is of a digit. */
export function isDigit(entry: number): boolean {
  return (entry & DIGIT_BIT) !== 0;
}

function newPage(index: number): Int32Array {
  const page = new Int32Array(256);
  pages[index] = page;
  return page;
}

function workOut(page: Int32Array, code: number): number {
  const character = String.fromCharCode(code);
  const folded = foldCharacters(character, false);
  let entry = WORKED_OUT;
  // A letter that composes with a neighbour (conjoining jamo) or folds to several is left to normalise.
  const isSimple = folded.length === 1 && classOf(folded.charCodeAt(0)) >= WORD && !isJamo(code);
  if (isSimple) entry |= folded.charCodeAt(0);
  if (character.toLowerCase() !== character) entry |= CAPITAL_BIT;
  if ((scriptFlags(code) & UNSPACED) !== 0) entry |= UNSPACED_BIT;
  if (classOf(code) === DIGIT) entry |= DIGIT_BIT;
  page[code & 0xff] = entry;
  return entry;
}

function isJamo(code: number): boolean {
  return (code >= 0x1100 && code <= 0x11ff) || (code >= 0xa960 && code <= 0xa97f) || code >= 0xd7b0;
}
