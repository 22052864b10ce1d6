import { classOf, DROP, MARK, SPACE, SYMBOL, WORD } from '../character-class.ts';
import { normalise } from '../normalise.ts';
import { endOfHandle } from './addresses.ts';
import {
  AMPERSAND_KIND,
  APOSTROPHE_KIND,
  AT_KIND,
  DIGIT_KIND,
  HASH_KIND,
  isOfWord,
  isWordPair,
  KINDS,
  POINT_KIND,
  QUOTE_KIND,
  SOFT_KIND,
  STOP_KIND,
} from './word-characters.ts';
import {
  AFTER_BREAK,
  HANDLE,
  HAS_LETTER,
  HASHTAG,
  JOINED,
  QUOTED,
  SENTENCE_START,
} from './word-flags.ts';
import { FIRST_A, FIRST_B, hashesOf } from './word-hash.ts';
import { MOST_WORDS, WordList } from './word-list.ts';
import { readWord } from './word-reader.ts';

/**
 * The words of a text where they stand, each with the hashes of its normalised form: one pass, into arrays that are used again. A word of a
 * script without spaces is one character, as in `sequenceTerms`; a hashtag is one word; links are none. `scan(normalise(t))` has the words of `scan(t)`, but
 * for combining marks that compose across them. About 10 ns a character; letters with accents of their own cost a call of `normalise`.
 */
export class TextScan extends WordList {
  #text = '';
  /** Where the last sign of an address or account stood; -1 before the first. */
  #lastSign = -1;

  scan(text: string): void {
    this.#text = text;
    this.count = 0;
    this.#lastSign = -1;
    this.before = AFTER_BREAK | SENTENCE_START;
    const length = text.length;
    let at = 0;
    while (at < length && this.count < MOST_WORDS - 2) {
      const code = text.charCodeAt(at);
      if (code < 0x80) {
        const kind = KINDS[code]!;
        if (kind <= DIGIT_KIND) at = readWord(this.#text, at, this);
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
        this.before &= ~JOINED;
        return;
      case POINT_KIND: {
        // Within u.s. or example.com a point parts nothing; behind one capital it is an initial's.
        const next = this.#text.charCodeAt(at + 1);
        const isInner = next < 0x80 && KINDS[next]! <= DIGIT_KIND;
        this.before &= ~JOINED;
        if (!isInner && !this.#endsInInitial(at)) this.before |= AFTER_BREAK | SENTENCE_START;
        return;
      }
      case STOP_KIND:
        this.before = (this.before & ~JOINED) | AFTER_BREAK | SENTENCE_START;
        return;
      case QUOTE_KIND:
        this.before = (this.before & ~JOINED) | AFTER_BREAK | QUOTED;
        return;
      default:
        this.before = (this.before & ~JOINED) | AFTER_BREAK;
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
    if (kind >= WORD) return readWord(this.#text, at, this);
    if (kind === DROP || kind === MARK) return at + width;
    if (kind === SPACE) this.#punctuation(code);
    else if (kind === SYMBOL) this.before = (this.before & ~JOINED) | AFTER_BREAK | SENTENCE_START;
    else this.before &= ~JOINED;
    return at + width;
  }

  #punctuation(code: number): void {
    this.before &= ~JOINED;
    // White space and hyphens.
    if (code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x2011)) return;
    this.before |= AFTER_BREAK;
    const isStop =
      code === 0x2026 ||
      code === 0x3002 ||
      (code >= 0xff01 && code <= 0xff1f) ||
      code === 0xbf ||
      code === 0xa1;
    if (isStop || code === 0x85 || code === 0x2028) this.before |= SENTENCE_START;
    else if (code >= 0x2018 && code <= 0x201f) this.before |= QUOTED;
  }

  #hashtag(start: number): number {
    const text = this.#text;
    let end = start + 1;
    while (end < text.length && (text.charCodeAt(end) === 0x5f || isOfWord(text, end))) {
      end += isWordPair(text, end) ? 2 : 1;
    }
    while (end > start + 1 && text.charCodeAt(end - 1) === 0x5f) end--;
    if (end === start + 1) {
      this.before = (this.before & ~JOINED) | AFTER_BREAK;
      return end;
    }
    const name = normalise(text.slice(start + 1, end).replaceAll('_', ' ')).replaceAll(' ', '');
    const hasLetter = /\p{L}/u.test(name);
    const { a, b } = hashesOf(name, 0, name.length);
    this.before |= AFTER_BREAK;
    this.push(start, end, a, b, HASHTAG | (hasLetter ? HAS_LETTER : 0));
    this.before = AFTER_BREAK;
    return end;
  }

  /**
   * What stands before the sign without white space is the name of an e-mail address. What stands before an earlier sign was looked at then: a text of signs alone
   * costs no more than another.
   */
  #markAddress(sign: number): void {
    const from = this.#lastSign;
    this.#lastSign = sign;
    let next = sign;
    for (let at = this.count - 1; at >= 0 && this.starts[at]! >= from; at--) {
      for (let gap = this.ends[at]!; gap < next; gap++) {
        if (this.#text.charCodeAt(gap) <= 0x20) return;
      }
      this.flags[at] = this.flags[at]! | HANDLE;
      next = this.starts[at]!;
    }
  }

  #handle(start: number): number {
    const end = endOfHandle(this.#text, start);
    this.#markAddress(start);
    if (end > start + 1) {
      this.before |= AFTER_BREAK;
      this.push(start, end, FIRST_A, FIRST_B, HANDLE);
    }
    this.before = AFTER_BREAK | SENTENCE_START;
    return end;
  }
}
