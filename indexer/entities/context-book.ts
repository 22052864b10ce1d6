import type { TextScan } from '../../dictionaries/mentions/text-scan.ts';
import { HANDLE, HAS_LETTER, HASHTAG } from '../../dictionaries/mentions/word-flags.ts';
import type { ContextWord } from '../segment/linker-section-builder.ts';

/** Distinct words by one surface that are counted. */
const MOST_WORDS = 4000;
/** A word by a surface needs this many sightings, from texts of its own. */
const LEAST_SIGHTINGS = 3;
const MOST_KEPT = 48;
const LEAST_WEIGHT = 0.5;
/** Words of one text are no independent evidence: each counts half. */
const SHARE = 0.5;
const MOST_WEIGHT = 2;

interface Company {
  /** By a word's first hash: texts in which the surface is a name, and in which it is a word. */
  readonly words: Map<number, [number, number]>;
  named: number;
  common: number;
}

/** What stands by the surfaces that are names in one text and words in another, told apart by their capitals. */
export class ContextBook {
  readonly #companies = new Map<number, Company>();

  /** Makes a surface one whose company is counted. */
  watch(surface: number): void {
    this.#companies.set(surface, { words: new Map(), named: 0, common: 0 });
  }

  watches(surface: number): boolean {
    return this.#companies.has(surface);
  }

  /** Takes the words of a text, and those of its video, beside a surface at the words [first, last). */
  add(
    surface: number,
    isNamed: boolean,
    scan: TextScan,
    span: { readonly first: number; readonly last: number },
    video: readonly number[],
  ): void {
    const company = this.#companies.get(surface);
    if (company === undefined) return;
    if (isNamed) company.named++;
    else company.common++;
    const seen = new Set<number>(video);
    for (let at = 0; at < scan.count; at++) {
      if (at >= span.first && at < span.last) continue;
      if ((scan.flags[at]! & (HASHTAG | HANDLE)) === HANDLE) continue;
      if ((scan.flags[at]! & HAS_LETTER) !== 0) seen.add(scan.hashA[at]!);
    }
    for (const word of seen) {
      const counts = company.words.get(word);
      if (counts !== undefined) counts[isNamed ? 0 : 1]++;
      else if (company.words.size < MOST_WORDS) company.words.set(word, isNamed ? [1, 0] : [0, 1]);
    }
  }

  /** The telling words of a surface: logarithms of how much likelier they stand by the name than by the word, smoothed. */
  contextOf(surface: number): readonly ContextWord[] {
    const company = this.#companies.get(surface);
    if (company === undefined || company.named === 0 || company.common === 0) return [];
    const { named, common } = company;
    const told: (ContextWord & { readonly worth: number })[] = [];
    const hashes = new Set<number>();
    for (const [a, [byName, byWord]] of company.words) {
      const sightings = byName + byWord;
      if (sightings < LEAST_SIGHTINGS || hashes.has(a >>> 8)) continue;
      const odds = Math.log((byName + 0.5) / (named + 1)) - Math.log((byWord + 0.5) / (common + 1));
      const weight = Math.max(-MOST_WEIGHT, Math.min(MOST_WEIGHT, odds * SHARE));
      if (Math.abs(weight) < LEAST_WEIGHT) continue;
      hashes.add(a >>> 8);
      told.push({ a, weight, worth: Math.abs(odds) * Math.sqrt(sightings) });
    }
    return told
      .sort((x, y) => y.worth - x.worth || x.a - y.a)
      .slice(0, MOST_KEPT)
      .map(({ a, weight }) => ({ a, weight }));
  }
}
