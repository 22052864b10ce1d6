import { APOSTROPHE, BARE, classOf, DROP, MARK, SPACE, SYMBOL, WORD } from '../character-class.ts';
import { normalise } from '../normalise.ts';
import { scriptFlags, UNSPACED } from '../script.ts';
import { particleStart } from './korean-particles.ts';
import { COMPLEX, foldedUnit, foldOf, isCapital, isDigit, isOfUnspaced } from './letter-folds.ts';
import { FIRST_A, FIRST_B, finishHash, stepA, stepB } from './word-hash.ts';

/** What is known of a word, as bits of `TextScan.flags`. */
export const CAPITAL = 1;
/** Two letters or more, all capitals. */
export const SHOUTED = 2;
/** A capital behind a small letter: iPhone, McDonald. */
export const INNER_CAPITAL = 4;
export const HAS_DIGIT = 8;
export const HAS_LETTER = 16;
/** One character of a script without spaces. */
export const UNSPACED_WORD = 32;
/** What begins a sentence, or may: its capital says nothing. */
export const SENTENCE_START = 64;
export const HASHTAG = 128;
/** The name of an account, or what stands at an address. */
export const HANDLE = 256;
/** More than white space or a hyphen stands before it: no name goes on across. */
export const AFTER_BREAK = 512;
/** Nothing stands before it: it follows the word before directly. */
export const JOINED = 1024;
/** It ends in 's, or in a Korean particle: see `stemEnds`. */
export const HAS_STEM = 2048;
/** A quotation mark stands before it. */
export const QUOTED = 4096;
/** Hiragana, Katakana or another script is told by its first unit; this one is Katakana. */
export const KATAKANA = 8192;

/** Words of one text that are looked at. */
export const MOST_WORDS = 10_002;

const LETTER_KIND = 1;
const CAPITAL_KIND = 2;
const DIGIT_KIND = 3;
const APOSTROPHE_KIND = 4;
const AMPERSAND_KIND = 5;
const PLUS_KIND = 6;
const PERCENT_KIND = 7;
/** White space and marks across which a name may go on. */
const SOFT_KIND = 8;
const BREAK_KIND = 9;
const STOP_KIND = 10;
const HASH_KIND = 11;
const AT_KIND = 12;
const QUOTE_KIND = 13;
const POINT_KIND = 14;

const KINDS = asciiKinds();

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

/**
 * The words of a text where they stand, each with the hashes of its normalised form: one pass, into arrays that are used again. A word of a
 * script without spaces is one character, as in `sequenceTerms`; a hashtag is one word; links are none. `scan(normalise(t))` has the words of `scan(t)`, but
 * for combining marks that compose across them. About 10 ns a character; letters with accents of their own cost a call of `normalise`.
 */
export class TextScan {
  count = 0;
  /** UTF-16 offsets, half-open; a hashtag's begins at its sign. */
  readonly starts = new Int32Array(MOST_WORDS);
  readonly ends = new Int32Array(MOST_WORDS);
  readonly hashA = new Int32Array(MOST_WORDS);
  readonly hashB = new Int32Array(MOST_WORDS);
  readonly flags = new Uint16Array(MOST_WORDS);
  /** Of a word with HAS_STEM: where it ends without its ending, and the hashes of that. */
  readonly stemEnds = new Int32Array(MOST_WORDS);
  readonly stemA = new Int32Array(MOST_WORDS);
  readonly stemB = new Int32Array(MOST_WORDS);
  #text = '';
  /** Flags that the next word gets for what stands before it. */
  #before = 0;

  scan(text: string): void {
    this.#text = text;
    this.count = 0;
    this.#before = AFTER_BREAK | SENTENCE_START;
    const length = text.length;
    let at = 0;
    while (at < length && this.count < MOST_WORDS - 2) {
      const code = text.charCodeAt(at);
      if (code < 0x80) {
        const kind = KINDS[code]!;
        if (kind <= DIGIT_KIND) at = this.#word(at);
        else if (kind === HASH_KIND) at = this.#hashtag(at);
        else if (kind === AT_KIND) at = this.#handle(at);
        else {
          this.#gap(kind, at);
          at += 1;
        }
      } else {
        at = this.#beyondAscii(at);
      }
    }
  }

  #gap(kind: number, at: number): void {
    switch (kind) {
      case SOFT_KIND:
      case APOSTROPHE_KIND:
      case AMPERSAND_KIND:
        this.#before &= ~JOINED;
        return;
      case POINT_KIND: {
        // Within u.s. or example.com a point parts nothing; behind one capital it is an initial's.
        const next = this.#text.charCodeAt(at + 1);
        const isInner = next < 0x80 && KINDS[next]! <= DIGIT_KIND;
        this.#before &= ~JOINED;
        if (!isInner && !this.#endsInInitial(at)) this.#before |= AFTER_BREAK | SENTENCE_START;
        return;
      }
      case STOP_KIND:
        this.#before = (this.#before & ~JOINED) | AFTER_BREAK | SENTENCE_START;
        return;
      case QUOTE_KIND:
        this.#before = (this.#before & ~JOINED) | AFTER_BREAK | QUOTED;
        return;
      default:
        this.#before = (this.#before & ~JOINED) | AFTER_BREAK;
    }
  }

  #endsInInitial(at: number): boolean {
    const last = this.count - 1;
    return last >= 0 && this.ends[last] === at && at - this.starts[last]! === 1;
  }

  #beyondAscii(at: number): number {
    const text = this.#text;
    let code = text.charCodeAt(at);
    const isPair = code >= 0xd800 && code < 0xdc00 && at + 1 < text.length;
    if (isPair) code = text.codePointAt(at) ?? code;
    const kind = classOf(code);
    const width = isPair ? 2 : 1;
    if (kind >= WORD) return this.#word(at);
    if (kind === DROP || kind === MARK) return at + width;
    if (kind === SPACE) this.#punctuation(code);
    else if (kind === SYMBOL)
      this.#before = (this.#before & ~JOINED) | AFTER_BREAK | SENTENCE_START;
    else this.#before &= ~JOINED;
    return at + width;
  }

  #punctuation(code: number): void {
    this.#before &= ~JOINED;
    // White space and hyphens.
    if (code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x2011)) return;
    this.#before |= AFTER_BREAK;
    const isStop =
      code === 0x2026 ||
      code === 0x3002 ||
      (code >= 0xff01 && code <= 0xff1f) ||
      code === 0xbf ||
      code === 0xa1;
    if (isStop || code === 0x85 || code === 0x2028) this.#before |= SENTENCE_START;
    else if (code >= 0x2018 && code <= 0x201f) this.#before |= QUOTED;
  }

  /** Reads the word that begins at `start`; returns where it ends. A measured loop: every letter of every comment passes through it. */
  #word(start: number): number {
    const text = this.#text;
    const length = text.length;
    const first = text.charCodeAt(start);
    if (
      (first === 0x68 || first === 0x77 || first === 0x48 || first === 0x57) &&
      isLink(text, start)
    ) {
      this.#before |= AFTER_BREAK;
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
          (kind === AMPERSAND_KIND && last <= DIGIT_KIND && isAsciiWord(text, at + 1)) ||
          ((kind === PLUS_KIND || (kind === HASH_KIND && !isAsciiWord(text, at + 1))) &&
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
        return this.#complexWord(start);
      }
      if (kind === DROP) continue;
      if (kind < WORD) break;
      const entry = foldOf(code);
      if (isOfUnspaced(entry)) {
        if (at > start) break;
        return this.#unspaced(at, entry, code);
      }
      const folded = foldedUnit(entry);
      if (folded === COMPLEX) return this.#complexWord(start);
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
    const index = this.count;
    if (apostrophe > start && apostrophe < end && behind === 1 && isS) {
      flags |= HAS_STEM;
      this.#setStem(index, apostrophe, stemA, stemB);
      if (capitals === letters - 1 && capitals > 1) flags |= SHOUTED;
    } else if (isHangul) {
      const stem = particleStart(text, start, end);
      if (stem > 0) {
        flags |= HAS_STEM;
        const hashes = hashesOf(text, start, start + stem);
        this.#setStem(index, start + stem, hashes.a, hashes.b);
      }
    }
    this.#push(start, end, a, b, flags);
    return Math.max(at, start + 1);
  }

  #setStem(index: number, end: number, a: number, b: number): void {
    this.stemEnds[index] = end;
    this.stemA[index] = finishHash(a);
    this.stemB[index] = finishHash(b);
  }

  #push(start: number, end: number, a: number, b: number, flags: number): void {
    const index = this.count++;
    this.starts[index] = start;
    this.ends[index] = end;
    this.hashA[index] = finishHash(a);
    this.hashB[index] = finishHash(b);
    this.flags[index] = flags | this.#before;
    this.#before = JOINED;
  }

  /** One character of a script without spaces, with the marks that it carries. */
  #unspaced(start: number, entry: number, code: number): number {
    const text = this.#text;
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
    this.#push(start, end, a, b, UNSPACED_WORD | HAS_LETTER | (isKatakana ? KATAKANA : 0));
    return end;
  }

  /** A word with marks, rare letters or letters that fold to several: normalised as a whole. */
  #complexWord(start: number): number {
    const text = this.#text;
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
    this.#push(start, end, a, b, HAS_LETTER | (isUpper ? CAPITAL : 0) | (isShouted ? SHOUTED : 0));
    return end;
  }

  #hashtag(start: number): number {
    const text = this.#text;
    let end = start + 1;
    while (end < text.length && (text.charCodeAt(end) === 0x5f || isOfWord(text, end))) {
      end += isWordPair(text, end) ? 2 : 1;
    }
    while (end > start + 1 && text.charCodeAt(end - 1) === 0x5f) end--;
    if (end === start + 1) {
      this.#before = (this.#before & ~JOINED) | AFTER_BREAK;
      return end;
    }
    const name = normalise(text.slice(start + 1, end).replaceAll('_', ' ')).replaceAll(' ', '');
    const hasLetter = /\p{L}/u.test(name);
    const { a, b } = hashesOf(name, 0, name.length);
    this.#before |= AFTER_BREAK;
    this.#push(start, end, a, b, HASHTAG | (hasLetter ? HAS_LETTER : 0));
    this.#before = AFTER_BREAK;
    return end;
  }

  /** What stands before the sign without white space is the name of an e-mail address. */
  #markAddress(sign: number): void {
    let next = sign;
    for (let at = this.count - 1; at >= 0; at--) {
      for (let gap = this.ends[at]!; gap < next; gap++) {
        if (this.#text.charCodeAt(gap) <= 0x20) return;
      }
      this.flags[at] = this.flags[at]! | HANDLE;
      next = this.starts[at]!;
    }
  }

  #handle(start: number): number {
    const text = this.#text;
    let end = start + 1;
    while (end < text.length) {
      const code = text.charCodeAt(end);
      const isInner = code === 0x5f || code === 0x2d || (code === 0x2e && isOfWord(text, end + 1));
      if (!isInner && !isOfWord(text, end)) break;
      end++;
    }
    this.#markAddress(start);
    if (end > start + 1) {
      this.#before |= AFTER_BREAK;
      this.#push(start, end, FIRST_A, FIRST_B, HANDLE);
    }
    this.#before = AFTER_BREAK | SENTENCE_START;
    return end;
  }
}

/** The hashes of a normalised word before they are finished. */
function hashesOf(text: string, start: number, end: number): { a: number; b: number } {
  let a = FIRST_A;
  let b = FIRST_B;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    a = stepA(a, unit);
    b = stepB(b, unit);
  }
  return { a, b };
}

/** The finished hashes of a single normalised word, as a word or a hashtag of a scan has them. */
export function hashWord(word: string): { readonly a: number; readonly b: number } {
  const { a, b } = hashesOf(word, 0, word.length);
  return { a: finishHash(a), b: finishHash(b) };
}

function isAsciiWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 0x80 ? KINDS[code]! <= DIGIT_KIND : code >= 0x80 && classOf(code) >= WORD;
}

function isOfWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x80) {
    const kind = KINDS[code]!;
    return kind <= DIGIT_KIND;
  }
  if (code >= 0xd800 && code < 0xe000) return isWordPair(text, at);
  const kind = classOf(code);
  return kind >= WORD || kind === MARK;
}

function isUnspacedAt(text: string, at: number): boolean {
  return (scriptFlags(text.codePointAt(at) ?? 0) & UNSPACED) !== 0;
}

function isWordPair(text: string, at: number): boolean {
  const code = text.codePointAt(at) ?? 0;
  return code > 0xffff && classOf(code) >= WORD;
}

function isLink(text: string, at: number): boolean {
  const head = text.slice(at, at + 8).toLowerCase();
  return head.startsWith('http://') || head.startsWith('https://') || head.startsWith('www.');
}

function endOfLink(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) > 0x20) end++;
  return end;
}
