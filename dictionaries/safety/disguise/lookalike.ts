/**
 * What a character may stand for when a word is disguised: letters of other scripts that look like it, the letter under an accent, the
 * letters that a digit or sign is read as. Chosen by hand from the confusables of Unicode Technical Standard 39, for letters in
 * lower case, which is what a normalised form has.
 */

/** By Latin letter: the letters of Cyrillic, Greek, Armenian and the phonetic alphabets that look the same in most fonts. */
const ALIKE: Readonly<Record<string, string>> = {
  a: 'аαɑ',
  b: 'ьƅ',
  c: 'сϲᴄ',
  d: 'ԁɗ',
  e: 'еҽ',
  f: 'ƒꬵ',
  g: 'ɡց',
  h: 'һհ',
  i: 'іιɩɪ',
  j: 'јϳ',
  l: 'ӏǀ',
  n: 'ոռ',
  o: 'оοօ',
  p: 'рρ',
  q: 'ԛգ',
  s: 'ѕꜱ',
  u: 'υսᴜ',
  v: 'νѵᴠ',
  w: 'ԝաᴡ',
  x: 'хχ',
  y: 'уүγ',
  z: 'ᴢ',
};

/** Those that are alike as capitals or at a glance. */
const SIMILAR: Readonly<Record<string, string>> = {
  a: 'ᴀ',
  b: 'вβʙ',
  d: 'ᴅ',
  e: 'εєᴇ',
  f: 'ꜰ',
  g: 'ɢ',
  h: 'нʜ',
  j: 'ᴊ',
  k: 'кκᴋ',
  l: 'ʟ',
  m: 'мᴍ',
  n: 'пηɴ',
  o: 'ᴏσ',
  p: 'ᴘ',
  r: 'гʀя',
  s: 'ʂ',
  t: 'тτᴛ',
  u: 'циμ',
  w: 'шщω',
  y: 'ʏ',
};

/** Latin letters with a stroke, which no decomposition has. */
const STROKED: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  ŧ: 't',
  ƀ: 'b',
  ɨ: 'i',
  ʉ: 'u',
};

/** What digits and signs are read as inside a word, in Latin and in Cyrillic. */
const READ_AS: Readonly<Record<string, string>> = {
  '0': 'oо',
  '1': 'ilі',
  '2': 'z',
  '3': 'eез',
  '4': 'aач',
  '5': 's',
  '6': 'gбb',
  '7': 't',
  '8': 'bв',
  '9': 'gq',
  $: 's',
  '€': 'eе',
  '¢': 'cс',
  '£': 'l',
  '¥': 'y',
  '@': 'aа',
  '!': 'ilі',
  '|': 'ilі',
  '+': 't',
};

/** Letters that readings mix up, under one: b, g and q by 6, 8 and 9, i and l by 1. */
const SAME_KEY: Readonly<Record<string, string>> = {
  l: 'i',
  b: 'g',
  q: 'g',
  б: 'g',
  з: 'e',
  ч: 'a',
};

/** Kinds of characters, to see at one glance whether a word may be a disguise. */
export const LATIN = 1;
export const DIGIT = 2;
export const SIGN = 4;
export const ACCENTED = 8;
export const MARK = 16;
/** Looks like a Latin letter in most fonts, and belongs to another script. */
export const LOOKALIKE = 32;
export const OTHER_ALPHABET = 64;
/** Phonetic letters and small capitals, which no language's words have. */
export const PHONETIC = 128;
export const OTHER = 256;

/** Code units from here on are `OTHER`. */
export const KINDS_END = 0x2100;
const PHONETIC_LETTER = /[\u0250-\u02af\u1d00-\u1d7f\u0180\u0192\ua730\ua731\uab35]/;
/** Marks of no script of their own, and those of Cyrillic. */
const LOOSE_MARK = /(?=\p{M})(?:\p{Script=Inherited}|\p{Script=Cyrillic})/gu;

const latinOf = new Map<string, string>();
for (const table of [ALIKE, SIMILAR]) {
  for (const [letter, others] of Object.entries(table)) {
    for (const other of others) latinOf.set(other, letter);
  }
}
const alike = new Set(Object.values(ALIKE).join(''));

const kinds = new Uint16Array(KINDS_END);
const keys = new Uint16Array(KINDS_END);
for (let code = 0; code < KINDS_END; code++) {
  const character = String.fromCharCode(code);
  kinds[code] = workOutKind(character);
  keys[code] = workOutKey(character).charCodeAt(0);
}

/** The kind of a UTF-16 code unit: one of the flags above. */
export function kindOf(code: number): number {
  return code < KINDS_END ? kinds[code]! : OTHER;
}

/** The code unit that stands in the key of a word for `code` and all that it may be read as. */
export function keyOf(code: number): number {
  return code < KINDS_END ? keys[code]! : workOutKey(String.fromCharCode(code)).charCodeAt(0);
}

/** The Latin letter that `character` looks like, else itself. */
export function lookOf(character: string): string {
  return latinOf.get(character) ?? character;
}

/** The letter under the accents of `character`, else itself. */
export function unaccent(character: string): string {
  if (character < '\u00c0') return character;
  return STROKED[character] ?? (character.normalize('NFD').replace(/\p{M}/gu, '') || character);
}

/** The letters that a digit or sign is read as; empty for anything else. */
export function readingsOf(character: string): string {
  return READ_AS[character] ?? '';
}

/** `text` without the marks that make no letter of their own with the one before them: struck-through and stacked letters. */
export function dropLooseMarks(text: string): string {
  return text.replace(LOOSE_MARK, '');
}

function workOutKind(character: string): number {
  if (/[a-z]/.test(character)) return LATIN;
  if (/[0-9]/.test(character)) return DIGIT;
  if (READ_AS[character] !== undefined) return SIGN;
  if (character.search(LOOSE_MARK) === 0) return MARK;
  if (PHONETIC_LETTER.test(character)) return PHONETIC;
  if (alike.has(character)) return LOOKALIKE;
  if (/\p{Script=Latin}/u.test(character) && unaccent(character) !== character) return ACCENTED;
  return /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u.test(character)
    ? OTHER_ALPHABET
    : OTHER;
}

function workOutKey(character: string): string {
  const read = READ_AS[character]?.charAt(0) ?? character;
  const letter = lookOf(unaccent(lookOf(read)));
  return SAME_KEY[letter] ?? letter;
}
