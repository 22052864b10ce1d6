import { hashWord } from '../../dictionaries/mentions/word-hash.ts';
import { packWord, type WordClass } from '../../dictionaries/mentions/word-value.ts';
import { normalise } from '../../dictionaries/normalise.ts';
import type { KnownWord } from '../segment/linker-section-builder.ts';
import { type EnglishTagger, loadEnglishTagger } from './english-tagger.ts';
import { type Gazetteer, loadGazetteer } from './gazetteer.ts';
import type { WordCounts } from './word-counts.ts';

/** What is known of English words and of the names of the world. */
export interface English {
  readonly tagger: EnglishTagger;
  readonly gazetteer: Gazetteer;
  classOf(word: string): WordClass;
  /** From 0 to 7 for a word that a dictionary has in small letters; undefined for others. */
  commonUse(word: string): number | undefined;
  forEachWord(visit: (word: string) => void): void;
}

/** Loads the tagger, WordNet and the places: a second and a half. */
export async function loadEnglish(): Promise<English> {
  const [tagger, gazetteer] = await Promise.all([loadEnglishTagger(), loadGazetteer()]);
  const classes = new Map<string, WordClass>();
  const names = new Map<string, WordClass>();
  tagger.forEachWord((written, wordClass) => {
    const word = normalise(written);
    if (word === '' || word.includes(' ')) return;
    // A word in small letters is what it is; only in capitals it is a name.
    const isSmall = written === written.toLowerCase() && wordClass !== 'name';
    (isSmall ? classes : names).set(word, isSmall ? wordClass : 'name');
  });
  return {
    tagger,
    gazetteer,
    classOf: (word) => classes.get(word) ?? names.get(word) ?? 'unknown',
    commonUse: (word) => gazetteer.useOf(word) ?? (classes.has(word) ? 0 : undefined),
    forEachWord: (visit) => {
      const seen = new Set<string>([...classes.keys(), ...names.keys()]);
      gazetteer.forEachCommonWord((word) => seen.add(word));
      gazetteer.forEachPartOfName((word) => seen.add(word));
      for (const word of seen) visit(word);
    },
  };
}

/** Words of the mined text need this many sightings inside sentences before their capitals tell. */
const LEAST_SIGHTINGS = 3;

/** What the segment keeps of words: those of the dictionary, and those of the mined text that came from enough people. */
export function gatherWords(
  english: English,
  counts: WordCounts,
  minMentions: number,
): readonly KnownWord[] {
  const words: KnownWord[] = [];
  const known = new Set<number>();
  const keyOf = (a: number, b: number): number => (a >>> 0) * 2 ** 20 + (b & 0xfffff);
  english.forEachWord((word) => {
    const { a, b } = hashWord(word);
    const count = counts.find(a, b);
    const use = english.commonUse(word);
    words.push({
      a,
      b,
      value: packWord({
        wordClass: english.classOf(word),
        capital: count === null ? null : capitalOdds(count),
        isCommon: use !== undefined,
        use: use ?? 0,
        isName: english.gazetteer.isPartOfName(word),
      }),
    });
    known.add(keyOf(a, b));
  });
  for (const count of counts) {
    const { a, b } = count;
    if (count.people < minMentions || known.has(keyOf(a, b))) continue;
    const capital = capitalOdds(count);
    const value = packWord({
      wordClass: 'unknown',
      capital,
      isCommon: false,
      use: 0,
      isName: false,
    });
    words.push({ a, b, value });
  }
  return words;
}

function capitalOdds({ lower, capital }: { readonly lower: number; readonly capital: number }) {
  return lower + capital < LEAST_SIGHTINGS ? null : Math.log((capital + 0.5) / (lower + 0.5));
}
