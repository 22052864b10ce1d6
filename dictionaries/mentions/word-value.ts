/** What a word is in English, by the tag that it has most; 'unknown' for words of no dictionary. */
export const WORD_CLASSES = [
  'unknown',
  'noun',
  'name',
  'verb',
  'adjective',
  'adverb',
  'determiner',
  'preposition',
  'pronoun',
  'conjunction',
  'number',
  'interjection',
  'other',
] as const;
export type WordClass = (typeof WORD_CLASSES)[number];

/** What is known of a word of the mined text or of the dictionary. */
export interface WordKnowledge {
  readonly wordClass: WordClass;
  /** Logarithm of how often it has a capital inside sentences over how often it has none, from -4 to 4; null where the mined text has it too seldom to tell. */
  readonly capital: number | null;
  /** Whether a dictionary has it as a common word, in small letters. */
  readonly isCommon: boolean;
  /** From 0 to 7: how often a tagged corpus has it, on a scale of logarithms. */
  readonly use: number;
  /** Whether a gazetteer has it as a name, or as a part of one. */
  readonly isName: boolean;
}

const CLASS_MASK = 15;
const COMMON = 1 << 4;
const NAME = 1 << 5;
const CAPITAL_KNOWN = 1 << 6;
const USE_SHIFT = 7;
const CAPITAL_SHIFT = 10;
const CAPITAL_STEPS = 255;
const PRESENT = 0x4000_0000;

/** A word's knowledge in 31 bits, never 0. */
export function packWord(word: WordKnowledge): number {
  const capital = Math.max(-4, Math.min(4, word.capital ?? 0));
  return (
    PRESENT |
    WORD_CLASSES.indexOf(word.wordClass) |
    (word.isCommon ? COMMON : 0) |
    (word.isName ? NAME : 0) |
    (word.capital === null ? 0 : CAPITAL_KNOWN) |
    (Math.min(7, Math.round(word.use)) << USE_SHIFT) |
    (Math.round(((capital + 4) / 8) * CAPITAL_STEPS) << CAPITAL_SHIFT)
  );
}

/** Number of the word's class in WORD_CLASSES; 0 for a value of 0. */
export function classOfWord(value: number): number {
  return value & CLASS_MASK;
}

export function isCommonWord(value: number): boolean {
  return (value & COMMON) !== 0;
}

export function isNameWord(value: number): boolean {
  return (value & NAME) !== 0;
}

export function isCapitalKnown(value: number): boolean {
  return (value & CAPITAL_KNOWN) !== 0;
}

/** From -4 (never a capital inside a sentence) to 4 (always); 0 where it is not known. */
export function capitalOf(value: number): number {
  if ((value & CAPITAL_KNOWN) === 0) return 0;
  return (((value >>> CAPITAL_SHIFT) & 0xff) / CAPITAL_STEPS) * 8 - 4;
}

export function useOf(value: number): number {
  return (value >>> USE_SHIFT) & 7;
}
