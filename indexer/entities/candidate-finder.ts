import type { TextScan } from '../../dictionaries/mentions/text-scan.ts';
import {
  AFTER_BREAK,
  CAPITAL,
  HANDLE,
  HAS_LETTER,
  HASHTAG,
  JOINED,
  SENTENCE_START,
  UNSPACED_WORD,
} from '../../dictionaries/mentions/word-flags.ts';
import { readCase, type TextCase } from '../../dictionaries/mentions/writing.ts';
import { normalise } from '../../dictionaries/normalise.ts';
import { queryTerms } from '../../dictionaries/terms.ts';
import { detectLanguage, isFunctionWord } from '../phrases/function-words.ts';
import type { EnglishTagger } from './english-tagger.ts';

/** What makes a phrase a candidate; the numbers are bits in the database. */
export const SIGNS = { capitals: 1, hashtag: 2, nounPhrase: 4, bound: 8, word: 16 } as const;

/** A phrase of a text that may name something. */
export interface Candidate {
  /** Normalised. */
  readonly phrase: string;
  readonly sign: number;
}

const LONGEST_RUN = 5;
const LONGEST_PHRASE = 48;
/** Words of a noun phrase and of a phrase of any language that is looked at. */
const MOST_BOUND = 3;

/**
 * Finds what may be a name in texts: hashtags, runs of words with capitals, noun phrases where a tagger knows the language, neighbouring content words in
 * other languages, words of scripts without spaces.
 */
export class CandidateFinder {
  readonly #tagger: EnglishTagger;
  readonly #case: TextCase = { capitals: 0, smalls: 0, tells: true };

  constructor(tagger: EnglishTagger) {
    this.#tagger = tagger;
  }

  /** The candidates of a text that `scan` has just scanned; each may come several times. `expected` is the language of its market. */
  find(text: string, scan: TextScan, expected: string | undefined): readonly Candidate[] {
    const found: Candidate[] = [];
    const add = (start: number, end: number, sign: number): void => {
      const phrase = normalise(text.slice(start, end));
      if (phrase !== '' && phrase.length <= LONGEST_PHRASE) found.push({ phrase, sign });
    };
    for (let at = 0; at < scan.count; at++) {
      if ((scan.flags[at]! & (HASHTAG | HAS_LETTER)) === (HASHTAG | HAS_LETTER)) {
        add(scan.starts[at]! + 1, scan.ends[at]!, SIGNS.hashtag);
      }
    }
    readCase(scan, this.#case);
    if (this.#case.tells) this.#findCapitals(scan, add);
    const language = detectLanguage(text, expected);
    if (language === 'en') this.#findNounPhrases(text, scan, add);
    else this.#findBound(text, scan, language, add);
    return found;
  }

  #findCapitals(scan: TextScan, add: AddSpan): void {
    const { count, flags, starts, ends } = scan;
    for (let first = 0; first < count; ) {
      let last = first;
      while (
        last < count &&
        isCapitalWord(flags[last]!) &&
        (last === first || !isBroken(flags[last]!))
      )
        last++;
      if (last === first) {
        first++;
        continue;
      }
      const isStart = (flags[first]! & SENTENCE_START) !== 0;
      // A capital that begins a sentence may belong to the name or not.
      if (last - first <= LONGEST_RUN && (!isStart || last - first > 1)) {
        add(starts[first]!, ends[last - 1]!, SIGNS.capitals);
      }
      if (isStart && last - first > 1 && last - first <= LONGEST_RUN + 1) {
        add(starts[first + 1]!, ends[last - 1]!, SIGNS.capitals);
      }
      first = last;
    }
  }

  #findNounPhrases(text: string, scan: TextScan, add: AddSpan): void {
    const { count, flags, starts, ends } = scan;
    const words: string[] = [];
    for (let at = 0; at < count; at++) words.push(text.slice(starts[at]!, ends[at]!));
    const tags = this.#tagger.tag(words);
    for (let last = 0; last < count; last++) {
      if (!tags[last]?.startsWith('NN') || !isPlainWord(flags[last]!)) continue;
      for (let first = last; first >= 0 && last - first < MOST_BOUND; first--) {
        const tag = tags[first] ?? '';
        const isOf = tag.startsWith('NN') || tag.startsWith('JJ');
        if (!isOf || !isPlainWord(flags[first]!)) break;
        if (first < last) add(starts[first]!, ends[last]!, SIGNS.nounPhrase);
        if (isBroken(flags[first]!)) break;
      }
    }
  }

  #findBound(text: string, scan: TextScan, language: string | undefined, add: AddSpan): void {
    const languages = language === undefined ? [] : [language];
    const { count, flags, starts, ends } = scan;
    for (let first = 0; first < count; first++) {
      if ((flags[first]! & UNSPACED_WORD) !== 0) {
        first = this.#findUnspaced(text, scan, first, languages, add) - 1;
        continue;
      }
      if (!isPlainWord(flags[first]!)) continue;
      const opening = normalise(text.slice(starts[first]!, ends[first]!));
      if (opening.length < 2 || isFunctionWord(opening, languages)) continue;
      for (let last = first + 1; last < Math.min(count, first + MOST_BOUND); last++) {
        if (!isPlainWord(flags[last]!) || isBroken(flags[last]!)) break;
        const closing = normalise(text.slice(starts[last]!, ends[last]!));
        if (closing.length < 2 || isFunctionWord(closing, languages)) continue;
        add(starts[first]!, ends[last]!, SIGNS.bound);
      }
    }
  }

  /** Words of a run of a script without spaces, and neighbouring ones, as Intl.Segmenter cuts them; returns the word behind the run. */
  #findUnspaced(
    text: string,
    scan: TextScan,
    first: number,
    languages: readonly string[],
    add: AddSpan,
  ): number {
    const { count, flags, starts, ends } = scan;
    let last = first + 1;
    const goesOn = UNSPACED_WORD | JOINED;
    while (last < count && (flags[last]! & goesOn) === goesOn) last++;
    const run = text.slice(starts[first]!, ends[last - 1]!);
    const terms = queryTerms(normalise(run));
    terms.forEach((term, i) => {
      if (term.text.length < 2 || isFunctionWord(term.text, languages)) return;
      if (/^\p{Script=Hiragana}{1,2}$/u.test(term.text)) return;
      // Offsets are those of the normalised run, whose characters are those of the run but for rare forms.
      add(starts[first]! + term.start, starts[first]! + term.end, SIGNS.word);
      const next = terms[i + 1];
      if (next !== undefined && next.start === term.end && !isFunctionWord(next.text, languages)) {
        add(starts[first]! + term.start, starts[first]! + next.end, SIGNS.bound);
      }
    });
    return last;
  }
}

type AddSpan = (start: number, end: number, sign: number) => void;

function isCapitalWord(flags: number): boolean {
  return (flags & CAPITAL) !== 0 && isPlainWord(flags);
}

function isPlainWord(flags: number): boolean {
  return (flags & HAS_LETTER) !== 0 && (flags & (HASHTAG | HANDLE | UNSPACED_WORD)) === 0;
}

function isBroken(flags: number): boolean {
  return (flags & AFTER_BREAK) !== 0;
}
