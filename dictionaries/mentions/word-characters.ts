import { classOf, MARK, WORD } from '../character-class.ts';
import { scriptFlags, UNSPACED } from '../script.ts';

/* What characters are to the scan of a text. */

export const LETTER_KIND = 1;
export const CAPITAL_KIND = 2;
export const DIGIT_KIND = 3;
export const APOSTROPHE_KIND = 4;
export const AMPERSAND_KIND = 5;
export const PLUS_KIND = 6;
export const PERCENT_KIND = 7;
/** White space and marks across which a name may go on. */
export const SOFT_KIND = 8;
export const BREAK_KIND = 9;
export const STOP_KIND = 10;
export const HASH_KIND = 11;
export const AT_KIND = 12;
export const QUOTE_KIND = 13;
export const POINT_KIND = 14;

/** What each ASCII character is to a scan. */
export const KINDS = asciiKinds();

function asciiKinds(): Uint8Array {
  const kinds = new Uint8Array(128).fill(BREAK_KIND);
  for (let code = 0x61; code <= 0x7a; code++) kinds[code] = LETTER_KIND;
  for (let code = 0x41; code <= 0x5a; code++) kinds[code] = CAPITAL_KIND;
  for (let code = 0x30; code <= 0x39; code++) kinds[code] = DIGIT_KIND;
  const set = (characters: string, kind: number): void => {
    for (const character of characters) kinds[character.charCodeAt(0)] = kind;
  };
  set("'`", APOSTROPHE_KIND);
  set('&', AMPERSAND_KIND);
  set('+', PLUS_KIND);
  set('%', PERCENT_KIND);
  set(' \t-/_', SOFT_KIND);
  set('!?\n\r:', STOP_KIND);
  set('#', HASH_KIND);
  set('@', AT_KIND);
  set('"', QUOTE_KIND);
  set('.', POINT_KIND);
  return kinds;
}

/** Whether a letter or a digit stands at a place, a lone code unit of it. */
export function isLetterOrDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 0x80 ? KINDS[code]! <= DIGIT_KIND : code >= 0x80 && classOf(code) >= WORD;
}

/** Whether a letter, a digit or a combining mark stands at a place. */
export function isOfWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x80) {
    const kind = KINDS[code]!;
    return kind <= DIGIT_KIND;
  }
  if (code >= 0xd800 && code < 0xe000) return isWordPair(text, at);
  const kind = classOf(code);
  return kind >= WORD || kind === MARK;
}

/** Whether a character of a script without spaces stands at a place. */
export function isUnspacedAt(text: string, at: number): boolean {
  return (scriptFlags(text.codePointAt(at) ?? 0) & UNSPACED) !== 0;
}

/** Whether a letter or a digit beyond the basic plane begins at a place. */
export function isWordPair(text: string, at: number): boolean {
  const code = text.codePointAt(at) ?? 0;
  return code > 0xffff && classOf(code) >= WORD;
}
