import { type Random, randomBelow, seededRandom, weightedDraw } from '../seeded-random.ts';
import { byRank, type ScoredText } from './scored-text.ts';

/** Which simulated set: how many texts, from which seed. */
export interface SimulatedTexts {
  readonly count: number;
  readonly seed: number;
}

const ONSETS = 'b br c ch d dr f fl g gr h j k l m n p pl pr r s sh st t th tr v w z'.split(' ');
const VOWELS = 'a e i o u ai ea ee io ou'.split(' ');
const CODAS = ['', '', '', 'n', 'r', 's', 't', 'l', 'm', 'ck', 'nd', 'ng'];
const VOCABULARY_A_TEXT = 0.12;
/** Share of texts with 1, 2, 3, 4 and 5 terms: the shape of web queries. */
const TERM_COUNT_SHARES = [0.12, 0.34, 0.29, 0.16, 0.09];

/**
 * A seeded set of distinct query-like texts, sorted by rank: pronounceable terms drawn by Zipf's law, counts by a power
 * law. About 17 characters a text; the vocabulary grows with the set, as it does in real logs.
 */
export function simulateTexts({ count, seed }: SimulatedTexts): ScoredText[] {
  const random = seededRandom(seed);
  const vocabulary = simulateVocabulary(
    Math.max(500, Math.round(count * VOCABULARY_A_TEXT)),
    random,
  );
  const drawTerm = weightedDraw(vocabulary.map((_, rank) => 1 / (rank + 3)));
  const drawTermCount = weightedDraw(TERM_COUNT_SHARES);
  const seen = new Set<string>();
  const texts: ScoredText[] = [];
  while (texts.length < count) {
    const terms: string[] = [];
    for (let left = drawTermCount(random) + 1; left > 0; left--) {
      terms.push(vocabulary[drawTerm(random)] ?? '');
    }
    const text = terms.join(' ');
    if (seen.has(text)) continue;
    seen.add(text);
    const score = Math.ceil(3 * (1 - random()) ** -0.9);
    texts.push({ normalised: text, surface: text, score });
  }
  return texts.sort(byRank);
}

function simulateVocabulary(size: number, random: Random): readonly string[] {
  const terms = new Set<string>();
  const pick = (parts: readonly string[]) => parts[randomBelow(random, parts.length)] ?? '';
  while (terms.size < size) {
    let term = '';
    for (let syllables = 1 + randomBelow(random, 3); syllables > 0; syllables--) {
      term += pick(ONSETS) + pick(VOWELS);
    }
    terms.add(term + pick(CODAS));
  }
  return [...terms];
}
