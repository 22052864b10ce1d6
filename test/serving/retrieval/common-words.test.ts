import { describe, expect, it } from 'vitest';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { buildSegment, seededRandom } from '../../indexer/segment/built-segments.ts';
import { EXACT_ONLY } from '../../support/exact-only.ts';
import { manifestFor } from './manifest-fixture.ts';
import { naiveAnswer, naiveOrder } from './naive-suggest.ts';

const COMMON = ['how', 'to', 'the', 'in', 'new', '京', 'the京'];

/** Texts in which a few words are in thousands, some of them twice, in every order. */
function crowdedTexts(size: number) {
  const random = seededRandom(21);
  const texts = new Set<string>();
  while (texts.size < size) {
    const words = Array.from(
      { length: 2 + Math.floor(random() * 3) },
      () => COMMON[Math.floor(random() ** 1.5 * COMMON.length)]!,
    );
    words.splice(Math.floor(random() * 4), 0, `x${Math.floor(random() * size)}`);
    texts.add(words.join(' '));
  }
  return [...texts].map((text) => ({
    normalised: text,
    surface: text,
    score: Math.floor(random() * size),
  }));
}

describe('suggestions for words that thousands of completions hold', () => {
  it('equal the naive oracle for two and three of them, in any order, repeated and cut short', () => {
    const entries = crowdedTexts(14_000);
    const segment = buildSegment(entries);
    segment.verify();
    const engine = new Engine(segment, manifestFor(segment), EXACT_ONLY);
    const ordered = naiveOrder(entries);
    const pairs = COMMON.flatMap((a) => COMMON.map((b) => `${a} ${b}`));
    const queries = pairs.flatMap((pair) => [
      `${pair} `,
      `${pair} x1`,
      `x13 ${pair}`,
      `${pair} to `,
    ]);
    for (const typed of [...pairs, ...queries, 'how to the in new ', 'to to to ', 'in in t']) {
      for (const limit of [3, 20]) {
        const given = engine
          .suggest(typed, { limit })
          .suggestions.map(({ text, source }) => ({ text, source }));
        expect(given).toEqual(naiveAnswer(ordered, typed, limit));
      }
    }
  });
});
