import { describe, expect, it } from 'vitest';
import type { ScoredText } from '../../../load-tests/micro/texts/scored-text.ts';
import { simulateTexts } from '../../../load-tests/micro/texts/simulated-texts.ts';
import {
  prefixGroups,
  severalTermGroups,
  type WorkloadOptions,
} from '../../../load-tests/micro/workload.ts';

const texts = simulateTexts({ count: 3000, seed: 7 });
const options: WorkloadOptions = { seed: 11, queriesAGroup: 400, draw: 'by score' };

describe('simulated texts', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(simulateTexts({ count: 3000, seed: 7 })).toEqual(texts);
    expect(simulateTexts({ count: 3000, seed: 8 })).not.toEqual(texts);
  });

  it('are distinct and come by rank', () => {
    expect(new Set(texts.map((text) => text.normalised)).size).toBe(3000);
    for (let at = 1; at < texts.length; at++) {
      const [before, after] = [texts[at - 1], texts[at]] as [ScoredText, ScoredText];
      expect(before.score).toBeGreaterThanOrEqual(after.score);
      if (before.score === after.score) expect(before.normalised < after.normalised).toBe(true);
    }
  });
});

describe('the workload', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(prefixGroups(texts, options)).toEqual(prefixGroups(texts, options));
    expect(severalTermGroups(texts, options)).toEqual(severalTermGroups(texts, options));
    expect(prefixGroups(texts, { ...options, seed: 12 })).not.toEqual(prefixGroups(texts, options));
  });

  it('holds prefixes of texts, of exactly the lengths asked for', () => {
    const groups = prefixGroups(texts, options);
    expect(groups.map(({ name, queries }) => [name, queries.length])).toEqual(
      [1, 2, 3, 5, 8].map((length) => [`${length}`, 400]),
    );
    for (const { name, queries } of groups) {
      for (const query of queries) {
        expect(Array.from(query)).toHaveLength(Number(name));
        expect(texts.some((text) => text.normalised.startsWith(query))).toBe(true);
      }
    }
  });

  it('draws by score or evenly', () => {
    const skewed = texts.map((text, rank) => ({ ...text, score: rank === 0 ? 1e12 : 1 }));
    const first = texts[0]?.normalised.slice(0, 3);
    const share = (draw: WorkloadOptions['draw']): number => {
      const group = prefixGroups(skewed, { ...options, draw }).find(({ name }) => name === '3');
      return (group?.queries.filter((query) => query === first).length ?? 0) / 400;
    };
    expect(share('by score')).toBe(1);
    expect(share('uniform')).toBeLessThan(0.5);
  });

  it('holds words of one text, the last one cut, in its order or in another', () => {
    const groups = severalTermGroups(texts, options);
    expect(groups.map(({ name }) => name)).toEqual([
      'two in order',
      'two out of order',
      'three in order',
      'three out of order',
    ]);
    for (const { name, queries } of groups) {
      const isInOrder = name.endsWith('in order');
      for (const query of queries) {
        const words = query.split(' ');
        expect(words).toHaveLength(name.startsWith('two') ? 2 : 3);
        const sources = texts.filter((text) => holdsWords(text.normalised.split(' '), words));
        expect(sources.length).toBeGreaterThan(0);
        if (isInOrder) {
          expect(sources.some((text) => standInOrder(text.normalised.split(' '), words))).toBe(
            true,
          );
        }
      }
    }
    const [, twoOut] = groups;
    const turned = twoOut?.queries.filter((query) => {
      const words = query.split(' ');
      return texts.some((text) =>
        standInOrder(text.normalised.split(' '), words.toReversed(), true),
      );
    });
    expect(turned?.length).toBe(400);
  });
});

function holdsWords(textWords: readonly string[], words: readonly string[]): boolean {
  const cut = words.at(-1) ?? '';
  return (
    words.slice(0, -1).every((word) => textWords.includes(word)) &&
    textWords.some((word) => word.startsWith(cut))
  );
}

/** Whether the words, one of them cut (the last, or with `firstIsCut` the first), stand in the text from left to right. */
function standInOrder(
  textWords: readonly string[],
  words: readonly string[],
  firstIsCut = false,
): boolean {
  const cutAt = firstIsCut ? 0 : words.length - 1;
  let from = 0;
  for (const [index, word] of words.entries()) {
    const at = textWords.findIndex(
      (candidate, place) =>
        place >= from && (index === cutAt ? candidate.startsWith(word) : candidate === word),
    );
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}
