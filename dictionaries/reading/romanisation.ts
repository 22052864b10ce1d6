import { arabicRewritings, arabicTyped } from './arabic.ts';
import { cyrillicRewritings, cyrillicTyped } from './cyrillic.ts';
import { devanagariRewritings, devanagariTyped } from './devanagari.ts';
import { greekRewritings, greekTyped } from './greek.ts';
import type { TypedForms } from './latin-spelling.ts';
import { ARABIC, ASCII_LETTER, CYRILLIC, DEVANAGARI, DIGIT, GREEK } from './letters.ts';
import type { Rewriting } from './rewriting.ts';

/** A typed beginning of a romanised form, with what that way of typing costs. */
export interface RomanKey {
  readonly key: string;
  readonly bits: number;
  /** Whether a term that has this very key is not meant: only longer keys are. */
  readonly begun: boolean;
}

/** Typed words shorter than this are never read as another script. */
const SHORTEST = 2;

/** Cost of typing a script's words in Latin letters; more where vowels don't count, and for a form that is too short to say much. */
const BITS = 4;
const BITS_WITHOUT_VOWELS = 5;
const BITS_OF_SHORT = 2;
/** Forms with fewer letters are short: of one letter, and of two where vowels don't count. */
const LONG_ENOUGH = 2;
const LONG_ENOUGH_WITHOUT_VOWELS = 3;

/**
 * The common romanised forms of a term, each behind a letter for its script, so that scripts don't mix: a Arabic, c Cyrillic, d
 * Devanagari, g Greek. `letters` is the mask of the term.
 */
export function romanRewritings(term: string, letters: number): Rewriting[] {
  const forms: Rewriting[] = [];
  if (letters & CYRILLIC) forms.push(...cyrillicRewritings(term).map((form) => mark('c', form)));
  if (letters & GREEK) forms.push(...greekRewritings(term).map((form) => mark('g', form)));
  if (letters & ARABIC) forms.push(...arabicRewritings(term).map((form) => mark('a', form)));
  if (letters & DEVANAGARI) {
    forms.push(...devanagariRewritings(term).map((form) => mark('d', form)));
  }
  return forms;
}

/** What a typed word of Latin letters (and digits, where a script has them in chats) may be the beginning of. `letters` is its mask. */
export function romanTyped(word: string, letters: number): RomanKey[] {
  const keys: RomanKey[] = [];
  if ((letters & ~(ASCII_LETTER | DIGIT)) !== 0 || (letters & ASCII_LETTER) === 0) return keys;
  if (word.length < SHORTEST) return keys;
  const digits = (letters & DIGIT) !== 0;
  if (!digits) {
    push(keys, 'c', cyrillicTyped(word), BITS);
    push(keys, 'd', devanagariTyped(word), BITS);
  }
  if (!digits || !/[012567]/.test(word)) push(keys, 'g', greekTyped(word), BITS);
  if (!digits || !/[014]/.test(word)) push(keys, 'a', arabicTyped(word), BITS_WITHOUT_VOWELS);
  return keys;
}

function push(keys: RomanKey[], script: string, forms: TypedForms, bits: number): void {
  for (const form of forms.whole) keys.push(romanKey(script, form, bits, false));
  for (const form of forms.begun) keys.push(romanKey(script, form, bits, true));
}

function romanKey(script: string, form: string, bits: number, begun: boolean): RomanKey {
  const enough = script === 'a' ? LONG_ENOUGH_WITHOUT_VOWELS : LONG_ENOUGH;
  return { key: script + form, bits: form.length < enough ? bits + BITS_OF_SHORT : bits, begun };
}

function mark(script: string, { key, ends }: Rewriting): Rewriting {
  return { key: script + key, ends: [0, ...ends] };
}
