import { APOSTROPHE, BARE, classOf, DROP, MARK, WORD } from '../character-class.ts';
import { normalise } from '../normalise.ts';
import { endOfLink, isLink } from './addresses.ts';
import { particleStart } from './korean-particles.ts';
import { COMPLEX, foldedUnit, foldOf, isCapital, isDigit, isOfUnspaced } from './letter-folds.ts';
import {
  AMPERSAND_KIND,
  APOSTROPHE_KIND,
  CAPITAL_KIND,
  DIGIT_KIND,
  HASH_KIND,
  isLetterOrDigit,
  isOfWord,
  isUnspacedAt,
  isWordPair,
  KINDS,
  LETTER_KIND,
  PERCENT_KIND,
  PLUS_KIND,
} from './word-characters.ts';
import {
  AFTER_BREAK,
  CAPITAL,
  HAS_DIGIT,
  HAS_LETTER,
  HAS_STEM,
  INNER_CAPITAL,
  KATAKANA,
  SHOUTED,
  UNSPACED_WORD,
} from './word-flags.ts';
import { FIRST_A, FIRST_B, hashesOf, stepA, stepB } from './word-hash.ts';
import type { WordList } from './word-list.ts';

/** Reads the word that begins at `start`; returns where it ends. A measured loop: every letter of every comment passes through it. */
export function readWord(text: string, start: number, words: WordList): number {
  const length = text.length;
  const first = text.charCodeAt(start);
  if (
    (first === 0x68 || first === 0x77 || first === 0x48 || first === 0x57) &&
    isLink(text, start)
  ) {
    words.before |= AFTER_BREAK;
    return endOfLink(text, start);
  }
  let a = FIRST_A;
  let b = FIRST_B;
  let flags = 0;
  let letters = 0;
  let capitals = 0;
  let end = start;
  let last = LETTER_KIND;
  // The ending that an apostrophe opens: where it stands, the hashes before it, the letters behind it.
  let apostrophe = -1;
  let stemA = 0;
  let stemB = 0;
  let behind = 0;
  let isS = false;
  let at = start;
  let isHangul = false;
  for (; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) {
      const kind = KINDS[code]!;
      if (kind === LETTER_KIND) {
        letters++;
        if (apostrophe >= 0) {
          behind++;
          isS = code === 0x73;
        }
        a = stepA(a, code);
        b = stepB(b, code);
      } else if (kind === CAPITAL_KIND) {
        if (letters === 0) flags |= CAPITAL;
        else if (capitals < letters) flags |= INNER_CAPITAL;
        letters++;
        capitals++;
        if (apostrophe >= 0) {
          behind++;
          isS = code === 0x53;
        }
        a = stepA(a, code | 0x20);
        b = stepB(b, code | 0x20);
      } else if (kind === DIGIT_KIND) {
        flags |= HAS_DIGIT;
        a = stepA(a, code);
        b = stepB(b, code);
      } else if (kind === APOSTROPHE_KIND) {
        if (last === APOSTROPHE_KIND || isHangul) break;
        apostrophe = at;
        stemA = a;
        stemB = b;
        behind = 0;
        last = APOSTROPHE_KIND;
        continue;
      } else if (
        (kind === AMPERSAND_KIND && last <= DIGIT_KIND && isLetterOrDigit(text, at + 1)) ||
        ((kind === PLUS_KIND || (kind === HASH_KIND && !isLetterOrDigit(text, at + 1))) &&
          (last <= DIGIT_KIND || last === PLUS_KIND)) ||
        (kind === PERCENT_KIND && last === DIGIT_KIND)
      ) {
        a = stepA(a, code);
        b = stepB(b, code);
        last = kind === HASH_KIND ? PLUS_KIND : kind;
        end = at + 1;
        continue;
      } else break;
      last = kind;
      end = at + 1;
      continue;
    }
    const kind = classOf(code);
    if (kind === APOSTROPHE) {
      if (last === APOSTROPHE_KIND || isHangul) break;
      apostrophe = at;
      stemA = a;
      stemB = b;
      behind = 0;
      last = APOSTROPHE_KIND;
      continue;
    }
    if (kind === MARK || (code >= 0xd800 && code < 0xe000)) {
      if (kind !== MARK && !isWordPair(text, at)) break;
      return readComplexWord(text, start, words);
    }
    if (kind === DROP) continue;
    if (kind < WORD) break;
    const entry = foldOf(code);
    if (isOfUnspaced(entry)) {
      if (at > start) break;
      return readUnspaced(text, at, entry, code, words);
    }
    const folded = foldedUnit(entry);
    if (folded === COMPLEX) return readComplexWord(text, start, words);
    if (isDigit(entry)) flags |= HAS_DIGIT;
    else {
      if (isCapital(entry)) {
        if (letters === 0) flags |= CAPITAL;
        else if (capitals < letters) flags |= INNER_CAPITAL;
        capitals++;
      }
      letters++;
    }
    if (kind === BARE) isHangul = true;
    if (apostrophe >= 0) behind += 2;
    a = stepA(a, folded);
    b = stepB(b, folded);
    last = LETTER_KIND;
    end = at + 1;
  }
  if (end === start) end = at;
  if (letters > 0) flags |= HAS_LETTER;
  if (letters > 1 && capitals === letters) flags = (flags & ~INNER_CAPITAL) | SHOUTED;
  if (apostrophe > start && apostrophe < end && behind === 1 && isS) {
    flags |= HAS_STEM;
    words.setStem(apostrophe, stemA, stemB);
    if (capitals === letters - 1 && capitals > 1) flags |= SHOUTED;
  } else if (isHangul) {
    const stem = particleStart(text, start, end);
    if (stem > 0) {
      flags |= HAS_STEM;
      const hashes = hashesOf(text, start, start + stem);
      words.setStem(start + stem, hashes.a, hashes.b);
    }
  }
  words.push(start, end, a, b, flags);
  return Math.max(at, start + 1);
}

/** One character of a script without spaces, with the marks that it carries. */
function readUnspaced(
  text: string,
  start: number,
  entry: number,
  code: number,
  words: WordList,
): number {
  const folded = foldedUnit(entry);
  let a = stepA(FIRST_A, folded === COMPLEX ? code : folded);
  let b = stepB(FIRST_B, folded === COMPLEX ? code : folded);
  let end = start + 1;
  for (; end < text.length; end++) {
    const mark = text.charCodeAt(end);
    // Sara am is a letter that clings.
    if (mark < 0x300 || (classOf(mark) !== MARK && mark !== 0x0e33 && mark !== 0x0eb3)) break;
    a = stepA(a, mark);
    b = stepB(b, mark);
  }
  const isKatakana = code >= 0x30a1 && code <= 0x30ff;
  words.push(start, end, a, b, UNSPACED_WORD | HAS_LETTER | (isKatakana ? KATAKANA : 0));
  return end;
}

/** A word with marks, rare letters or letters that fold to several: normalised as a whole. */
function readComplexWord(text: string, start: number, words: WordList): number {
  let end = start;
  while (end < text.length && isOfWord(text, end) && !isUnspacedAt(text, end)) {
    end += isWordPair(text, end) ? 2 : 1;
  }
  if (end === start) return start + 1;
  const written = text.slice(start, end);
  const folded = normalise(written).replaceAll(' ', '');
  const { a, b } = hashesOf(folded, 0, folded.length);
  const isUpper = written.charAt(0) !== written.charAt(0).toLowerCase();
  const isShouted = end - start > 1 && written === written.toUpperCase() && isUpper;
  words.push(start, end, a, b, HAS_LETTER | (isUpper ? CAPITAL : 0) | (isShouted ? SHOUTED : 0));
  return end;
}
