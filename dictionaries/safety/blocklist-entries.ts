import naughtyWords from 'naughty-words';
import { normalise } from '../normalise.ts';
import { isUnspaced } from '../terms.ts';
import { exemptions } from './blocklist-exemptions.ts';
import { selfHarmPhrases } from './self-harm-phrases.ts';
import { unsafePhrases } from './unsafe-phrases.ts';
import { unsafeWords } from './unsafe-words.ts';

/** Entries of one Hangul syllable that mean nothing else when they stand alone. */
const BAD_SYLLABLES: ReadonlySet<string> = new Set(['좆', '좃', '씹']);

export interface BlocklistEntries {
  /** Words and phrases of spaced scripts, by words. */
  readonly spaced: readonly (readonly string[])[];
  /** Entries in scripts without spaces. */
  readonly unspaced: readonly string[];
}

/** What is blocked: the packaged lists of all languages, the unsafe words and phrases and those of self-harm, normalised, without the exemptions. */
export function readEntries(): BlocklistEntries {
  const exempt = new Set(exemptions.map(normalise));
  const spaced: string[][] = [];
  const unspaced: string[] = [];
  const listed = Object.values(naughtyWords).flat();
  const ours = [...unsafeWords, ...unsafePhrases, ...selfHarmPhrases];
  const entries = new Set([...listed, ...ours].map(normalise));
  for (const entry of entries) {
    if (entry === '' || exempt.has(entry)) continue;
    if (isUnspaced(entry.codePointAt(0) ?? 0)) {
      if ([...entry].length < 2 && !/\p{Extended_Pictographic}/u.test(entry)) continue;
      unspaced.push(entry);
    } else {
      const words = entry.split(' ');
      const [first = ''] = words;
      // A single letter or digit is nobody's bad word, and most single syllables of Hangul are something else, too.
      if (words.length > 1 || [...first].length > 1 || BAD_SYLLABLES.has(first)) spaced.push(words);
    }
  }
  return { spaced, unspaced };
}
