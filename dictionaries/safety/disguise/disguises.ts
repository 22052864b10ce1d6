import { particleStart } from '../../mentions/korean-particles.ts';
import type { BlocklistEntries } from '../blocklist-entries.ts';
import { dropLooseMarks } from './lookalike.ts';
import { MaskedIndex } from './masked.ts';
import { holdsJoined, separatedRows } from './separated.ts';
import { SpellingIndex } from './spelling.ts';

/** Fewest letters of a phrase that is found with its spaces left out. */
const FEWEST_WITHOUT_SPACES = 7;
const FEWEST_OF_A_PAIR = 3;
export const SHORTEST_PAIR = 7;

/** Hangul entries that are forms of everyday verbs ("without seeing", "let's not sleep", "in order to") as soon as something stands behind them. */
const VERB_FORMS: ReadonlySet<string> = new Set(['보지', '자지', '고자']);
const HANGUL = /^\p{Script=Hangul}+$/u;
const LATIN_WORD = /^[a-z]+$/;

/** Blocked words and phrases as they are hidden from a plain look-up. Prepared once; look-ups by word, but for masked ones. */
export class Disguises {
  readonly #spellings = new SpellingIndex();
  readonly #masked = new MaskedIndex();
  /** Entries of spaced scripts without their spaces. */
  readonly #joined = new Set<string>();
  /** Entries of one word of Latin letters, which may be put one to another. */
  readonly #words = new Set<string>();
  /** Whether one of those begins or ends with three letters, by their numbers in the alphabet. */
  readonly #beginnings = new Uint8Array(32768);
  readonly #endings = new Uint8Array(32768);
  /** Phrases of at least seven letters without their spaces. */
  readonly phrasesWithoutSpaces: readonly string[];

  constructor({ spaced }: BlocklistEntries) {
    const phrases: string[] = [];
    for (const words of spaced) {
      this.#spellings.add(words);
      this.#masked.add(words);
      const joined = words.join('');
      if (words.length > 1 && joined.length < FEWEST_WITHOUT_SPACES) continue;
      this.#joined.add(joined);
      if (words.length > 1) {
        this.#spellings.add([joined]);
        phrases.push(joined);
      } else if (joined.length >= FEWEST_OF_A_PAIR && LATIN_WORD.test(joined)) {
        this.#words.add(joined);
        this.#beginnings[threeLetters(joined, 0)] = 1;
        this.#endings[threeLetters(joined, joined.length - 3)] = 1;
      }
    }
    this.phrasesWithoutSpaces = phrases;
  }

  /** Whether an entry stands in the words of a normalised text with letters replaced, accented, stretched or spaced apart. */
  areIn(normalised: string, holdsRun: (text: string) => boolean): boolean {
    const words = dropLooseMarks(normalised).split(' ');
    if (this.#spellings.isIn(words)) return true;
    return separatedRows(words).some(({ joined, isUnspaced }) =>
      isUnspaced
        ? holdsRun(joined)
        : (!VERB_FORMS.has(joined) && holdsJoined(joined, this.#joined)) ||
          this.#spellings.isIn([joined]),
    );
  }

  /** Whether an entry stands in a raw text with some of its letters masked. */
  areMaskedIn(raw: string): boolean {
    return this.#masked.isIn(raw);
  }

  /** Whether the word of Latin letters from `from` to `to` is two entries without the space between them. */
  isPair(text: string, from: number, to: number): boolean {
    if (this.#beginnings[threeLetters(text, from)] === 0) return false;
    if (this.#endings[threeLetters(text, to - 3)] === 0) return false;
    for (let at = from + FEWEST_OF_A_PAIR; at + FEWEST_OF_A_PAIR <= to; at++) {
      if (this.#beginnings[threeLetters(text, at)] === 0) continue;
      if (this.#words.has(text.slice(from, at)) && this.#words.has(text.slice(at, to))) return true;
    }
    return false;
  }

  /** Whether a Korean word is an entry of two syllables or more and a particle. */
  isWithParticle(word: string): boolean {
    if (!HANGUL.test(word)) return false;
    const end = particleStart(word, 0, word.length);
    const noun = word.slice(0, end);
    return end >= 2 && !VERB_FORMS.has(noun) && this.#joined.has(noun);
  }
}

/** The three letters at `at` as a number below 32768. */
function threeLetters(text: string, at: number): number {
  return (
    ((text.charCodeAt(at) & 31) << 10) |
    ((text.charCodeAt(at + 1) & 31) << 5) |
    (text.charCodeAt(at + 2) & 31)
  );
}
