import type { MarketRules, SynonymRule } from './lexicon-rules.ts';
import { SynonymTrie, termEnds } from './synonym-trie.ts';

/** What a synonym costs: those who type one word of a pair want a completion with the other one time in four. */
export const SYNONYM_BITS = 2;
/** Bits on top for each letter that is missing from a beginning, and the most of them. */
const BITS_A_MISSING_LETTER = 1;
const MOST_BITS_MISSING = 4;
/** Below so many letters a beginning says too little. A Han character or Hangul syllable says as much as two. */
const LEAST_LETTERS = 3;
/** Replacements given for one typed text: a bound on the work that follows from it. */
export const MOST_REPLACEMENTS = 64;
const SPACE = 0x20;

/** Something else that may stand for a part of a typed text. */
export interface Replacement {
  /** UTF-16 offsets in the normalised typed text, half-open, at ends of sequence terms. */
  readonly start: number;
  readonly end: number;
  /** What to look for instead, normalised. */
  readonly text: string;
  readonly bits: number;
  /** Whether the typed part, which ends the text, is only the beginning of the term of the rule. */
  readonly unfinished: boolean;
}

const SYLLABLE_OR_WORD = /[\p{Script=Han}\p{Script=Hangul}]/u;

const NOTHING: readonly Replacement[] = [];

/** The synonyms and stop words that hold in one market; immutable. */
export class Lexicon {
  static readonly EMPTY = new Lexicon(new Map(), new Set());

  readonly #synonyms: SynonymTrie;
  readonly #stopWords: ReadonlySet<string>;

  private constructor(
    synonyms: ReadonlyMap<string, readonly string[]>,
    stopWords: ReadonlySet<string>,
  ) {
    this.#synonyms = new SynonymTrie(synonyms);
    this.#stopWords = stopWords;
  }

  /** The lexicon in which all of the rules hold. Two-way rules are not chained: a = b and b = c do not make a = c. */
  static of(rules: readonly MarketRules[]): Lexicon {
    const synonyms = new Map<string, Set<string>>();
    for (const { synonyms: each } of rules) for (const rule of each) addRule(rule, synonyms);
    return new Lexicon(
      new Map([...synonyms].map(([typed, found]) => [typed, [...found]])),
      new Set(rules.flatMap(({ stopWords }) => stopWords)),
    );
  }

  /** Whether a normalised word is one that says little in this market. */
  isStopWord(word: string): boolean {
    return this.#stopWords.has(word);
  }

  get hasStopWords(): boolean {
    return this.#stopWords.size > 0;
  }

  get hasSynonyms(): boolean {
    return this.#synonyms.size > 0;
  }

  /**
   * What may stand for parts of a normalised typed text: wherever the terms of a rule's typed side stand in it, whole words in spaced
   * scripts, any run of characters in the others. A text that does not end in a space may also end in a beginning, of three
   * letters or more, of such a side's last word. By start, at one start whole sides first, the shorter before the longer; at most
   * `MOST_REPLACEMENTS`.
   *
   * Time by the number of typed terms times those of the longest side that begins like them; nothing for a lexicon without synonyms.
   */
  replacementsIn(typed: string): readonly Replacement[] {
    const trie = this.#synonyms;
    if (trie.size === 0 || typed === '') return NOTHING;
    const isFinished = typed.endsWith(' ');
    const ends = termEnds(typed);
    const replacements: Replacement[] = [];
    for (let first = 0; first < ends.length; first++) {
      const before = first === 0 ? 0 : ends[first - 1]!;
      const start = first > 0 && typed.charCodeAt(before) === SPACE ? before + 1 : before;
      const isBegun = trie.walk(typed, start, ends, first, ({ text, found }) => {
        const end = start + text.length;
        for (const other of found) {
          replacements.push({ start, end, text: other, bits: SYNONYM_BITS, unfinished: false });
        }
      });
      if (isBegun && !isFinished) this.#addBegun(typed, start, replacements);
      if (replacements.length >= MOST_REPLACEMENTS) return replacements.slice(0, MOST_REPLACEMENTS);
    }
    return replacements;
  }

  /** Adds what replaces sides of which the typed text from `start` is a beginning, within their last word; the nearest to done first. */
  #addBegun(typed: string, start: number, replacements: Replacement[]): void {
    const part = typed.slice(start);
    if (!hasLetters(part.slice(part.lastIndexOf(' ') + 1), LEAST_LETTERS)) return;
    const end = typed.length;
    const bitsByText = new Map<string, number>();
    for (const { text, found } of this.#synonyms.begunWith(part)) {
      const missing = text.length - part.length;
      const bits = SYNONYM_BITS + Math.min(MOST_BITS_MISSING, missing * BITS_A_MISSING_LETTER);
      for (const other of found) {
        // What begins with the typed part is found by it anyway.
        if (other.startsWith(part)) continue;
        bitsByText.set(other, Math.min(bits, bitsByText.get(other) ?? bits));
      }
    }
    for (const whole of replacements) {
      if (whole.start === start && whole.end === end) bitsByText.delete(whole.text);
    }
    for (const [text, bits] of [...bitsByText].sort(([, a], [, b]) => a - b)) {
      replacements.push({ start, end, text, bits, unfinished: true });
    }
  }
}

function addRule(rule: SynonymRule, synonyms: Map<string, Set<string>>): void {
  const typed = rule.kind === 'two-way' ? rule.terms : rule.typed;
  const found = rule.kind === 'two-way' ? rule.terms : rule.found;
  for (const one of typed) {
    const others = synonyms.get(one) ?? new Set();
    synonyms.set(one, others);
    for (const other of found) if (other !== one) others.add(other);
  }
}

/** Whether a word has so many letters, those that stand for a syllable or a whole word counted twice. */
function hasLetters(word: string, least: number): boolean {
  let letters = 0;
  for (const character of word) {
    letters += character > '\u10ff' && SYLLABLE_OR_WORD.test(character) ? 2 : 1;
    if (letters >= least) return true;
  }
  return false;
}
