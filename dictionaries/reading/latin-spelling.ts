import type { Rewriting } from './rewriting.ts';

/** Letters, digits, the start of the word, which a pattern writes as ^, and everything else. */
const SYMBOLS = 38;
const START = 36;
const ELSE = 37;

/** Latin letters of a term of another script, each with the offset in the term behind the letter that it stands for. */
export interface Romanised {
  readonly latin: string;
  readonly ends: readonly number[];
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
  readonly #single: boolean;
  readonly #softens: boolean;
  readonly #continuations: (readonly string[] | undefined)[] = [];

  constructor(rules: SpellingRules) {
    const entries = Object.entries(rules.patterns);
    const most = entries.reduce((sum, [pattern]) => sum + pattern.length, 1);
    this.#next = new Int16Array(most * SYMBOLS);
    this.#outputs = [undefined];
    for (const [pattern, output] of entries) this.#insert(pattern, output);
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

  /**
   * The beginnings of common forms that a typed word may be the beginning of: its own form, and those with a letter to
   * come that changes it (k, which becomes kh). None is the beginning of another.
   */
  typedKeysOf(word: string): string[] {
    const keys = [this.#rewrite(word, null, null)];
    const all = this.#continuations[symbolOf(word, word.length - 1)];
    if (all === undefined) return keys;
    for (const letters of all) addBeginning(keys, this.#rewrite(word + letters, null, null));
    return keys;
  }

  #rewrite(latin: string, sources: readonly number[] | null, ends: number[] | null): string {
    const next = this.#next;
    const outputs = this.#outputs;
    let key = '';
    let last = '';
    for (let at = -1; at < latin.length; ) {
      let node = 0;
      let end = at + 1;
      let output: string | undefined = at < 0 ? '' : undefined;
      for (let to = at; to < latin.length; to++) {
        node = next[node * SYMBOLS + symbolOf(latin, to)]!;
        if (node === 0) break;
        if (outputs[node] !== undefined) {
          output = outputs[node];
          end = to + 1;
        }
      }
      output ??= latin.charAt(at);
      at = end;
      if (output === '') continue;
      for (let unit = 0; unit < output.length; unit++) {
        const letter = output.charAt(unit);
        if (letter === last && this.#single) continue;
        if (letter === 'e' && last === 'i' && this.#softens) {
          key = key.slice(0, -1);
          ends?.pop();
          if (key.endsWith('e')) {
            last = 'e';
            continue;
          }
        }
        key += letter;
        last = letter;
        if (ends !== null && sources !== null) ends.push(sources[end - 1] ?? 0);
      }
    }
    return key;
  }
}

/** Adds a key to keys of which none is the beginning of another. */
export function addBeginning(keys: string[], key: string): void {
  for (let at = keys.length - 1; at >= 0; at--) {
    if (key.startsWith(keys[at]!)) return;
    if (keys[at]!.startsWith(key)) keys.splice(at, 1);
  }
  keys.push(key);
}

/** The symbol at an offset; -1 is the start of the word. Characters without a symbol get one that begins no pattern. */
function symbolOf(text: string, at: number): number {
  if (at < 0) return START;
  const code = text.charCodeAt(at);
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  return ELSE;
}
