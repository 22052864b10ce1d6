import type { Rewriting } from './rewriting.ts';

/** Letters, digits, the start of the word, which a pattern writes as ^, and everything else. */
const SYMBOLS = 38;
const START = 36;
const ELSE = 37;

/** A pattern that was found is its node, shifted, and its length. */
const SHIFT = 4;
const LENGTH = 15;
const LETTER_E = 0x65;
const LETTER_I = 0x69;

/** Latin letters of a term of another script, each with the offset in the term behind the letter that it stands for. */
export interface Romanised {
  readonly latin: string;
  readonly ends: readonly number[];
}

/** What a typed word may be in the common form of a script. */
export interface TypedForms {
  /** As a whole word, or as the beginning of one. */
  readonly whole: readonly string[];
  /** As the beginning of a longer word only. */
  readonly begun: readonly string[];
}

export interface SpellingRules {
  /** From a piece of a word to what it is in the common form; `^` at the beginning stands for the start of the word. The longest piece counts. */
  readonly patterns: Readonly<Record<string, string>>;
  /** Whether a letter twice in a row is one in the common form. */
  readonly single: boolean;
  /** Whether ie in the common form is e. */
  readonly softens: boolean;
  /** By the last letter of a typed word: letters that may follow and change what is before them. */
  readonly continuations: Readonly<Record<string, readonly string[]>>;
}

/**
 * The common form in which the many romanised spellings of one script meet: the same rules rewrite what was typed and the plain
 * romanisation of a term. Letters without a rule stay. Linear: one walk down a trie a piece.
 */
export class LatinSpelling {
  readonly #next: Int16Array;
  readonly #outputs: (string | undefined)[];
  /** The node behind the start of the word; 0 when no pattern begins there. */
  readonly #start: number;
  readonly #single: boolean;
  readonly #softens: boolean;
  readonly #continuations: (readonly string[] | undefined)[] = [];

  constructor(rules: SpellingRules) {
    const entries = Object.entries(rules.patterns);
    const most = entries.reduce((sum, [pattern]) => sum + pattern.length, 1);
    this.#next = new Int16Array(most * SYMBOLS);
    this.#outputs = [undefined];
    for (const [pattern, output] of entries) this.#insert(pattern, output);
    this.#start = this.#next[START]!;
    this.#single = rules.single;
    this.#softens = rules.softens;
    for (const [letter, all] of Object.entries(rules.continuations)) {
      this.#continuations[symbolOf(letter, 0)] = all;
    }
  }

  #insert(pattern: string, output: string): void {
    let node = 0;
    for (let at = 0; at < pattern.length; at++) {
      const slot = node * SYMBOLS + symbolOf(pattern, pattern[at] === '^' ? -1 : at);
      if (this.#next[slot] === 0) {
        this.#next[slot] = this.#outputs.length;
        this.#outputs.push(undefined);
      }
      node = this.#next[slot]!;
    }
    this.#outputs[node] = output;
  }

  /** The common form of a Latin word. */
  keyOf(latin: string): string {
    return this.#rewrite(latin, null, null);
  }

  /** The common form of a romanised term, with where it comes from. */
  rewritingOf(romanised: Romanised): Rewriting {
    const ends: number[] = [];
    const key = this.#rewrite(romanised.latin, romanised.ends, ends);
    return { key, ends };
  }

  /** Common forms of a typed word with letters to come that change what is before them (k, which becomes kh). */
  continuedKeysOf(word: string): string[] {
    const all = this.#continuations[symbolOf(word, word.length - 1)];
    if (all === undefined) return [];
    return all.map((letters) => this.#rewrite(word + letters, null, null));
  }

  /** Letters that stay as they are, most of most words, are added in runs. */
  #rewrite(latin: string, sources: readonly number[] | null, ends: number[] | null): string {
    let key = '';
    let last = 0;
    // Letters from here to `at` stay as they are, and are not in `key` yet.
    let run = 0;
    for (let at = 0; at < latin.length; ) {
      const found = this.#longest(latin, at);
      const end = found === 0 ? at + 1 : at + (found & LENGTH);
      const output = found === 0 ? latin.charAt(at) : this.#outputs[found >> SHIFT]!;
      const first = output.charCodeAt(0);
      const joins = this.#single || this.#softens ? this.#joins(last, first) : false;
      if (found === 0 && !joins) {
        ends?.push(sources?.[at] ?? 0);
      } else {
        key += latin.slice(run, at);
        run = end;
        if (output !== '') key = this.#append(key, output, joins, ends, sources?.[end - 1] ?? 0);
      }
      if (output !== '') last = output.charCodeAt(output.length - 1);
      at = end;
    }
    return key + latin.slice(run);
  }

  /** The longest pattern that stands at an offset, as its node and its length in letters; 0 for none. At the start of the word its own come first. */
  #longest(latin: string, at: number): number {
    const next = this.#next;
    const outputs = this.#outputs;
    for (let root = at === 0 ? this.#start : 0; ; root = 0) {
      let found = 0;
      let node = root;
      for (let to = at; to < latin.length; to++) {
        node = next[node * SYMBOLS + symbolOf(latin, to)]!;
        if (node === 0) break;
        if (outputs[node] !== undefined) found = (node << SHIFT) | (to + 1 - at);
      }
      if (found !== 0 || root === 0) return found;
    }
  }

  /** Whether a letter doesn't simply follow the one before: a repeated one, e after i. */
  #joins(last: number, letter: number): boolean {
    return letter === last
      ? this.#single
      : this.#softens && letter === LETTER_E && last === LETTER_I;
  }

  /** `key` with `output` behind it, whose first letter is joined to the end of `key` if `joins`; no rule's output repeats a letter. */
  #append(key: string, output: string, joins: boolean, ends: number[] | null, end: number): string {
    let kept = key;
    let added = output;
    if (joins && kept.endsWith('i') && output.startsWith('e')) {
      kept = kept.slice(0, -1);
      ends?.pop();
      if (kept.endsWith('e') && this.#single) added = output.slice(1);
    } else if (joins) {
      added = output.slice(1);
    }
    for (let unit = 0; unit < added.length; unit++) ends?.push(end);
    return kept + added;
  }
}

/**
 * The common forms of a typed word by one or more spellings, each form once; a begun form that a whole one or another begun one is the beginning of is
 * left out, since whatever begins with it begins with that too.
 */
export function typedForms(word: string, spellings: readonly LatinSpelling[]): TypedForms {
  const whole: string[] = [];
  const begun: string[] = [];
  for (const spelling of spellings) {
    const key = spelling.keyOf(word);
    if (key !== '' && !whole.includes(key)) whole.push(key);
  }
  for (const spelling of spellings) {
    for (const key of spelling.continuedKeysOf(word)) {
      if (key !== '' && !hasBeginning(whole, key) && !hasBeginning(begun, key)) begun.push(key);
    }
  }
  return { whole, begun };
}

function hasBeginning(keys: readonly string[], key: string): boolean {
  for (const known of keys) if (key.startsWith(known)) return true;
  return false;
}

/** The symbol at an offset; -1 is the start of the word. Characters without a symbol get one that begins no pattern. */
function symbolOf(text: string, at: number): number {
  if (at < 0) return START;
  const code = text.charCodeAt(at);
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  return ELSE;
}
