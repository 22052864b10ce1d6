import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseBirkbeck } from '../../../load-tests/typing/birkbeck.ts';
import { readDataLines } from '../../../load-tests/typing/texts/published-data.ts';

describe('the misspellings', () => {
  it('are read with the word that they stand under, underscores as spaces', () => {
    expect(parseBirkbeck(['$alot', 'a_lot', '', '$separate', 'seperate', 'sparate'])).toEqual([
      { typed: 'a lot', meant: 'alot', distance: 1 },
      { typed: 'seperate', meant: 'separate', distance: 1 },
      { typed: 'sparate', meant: 'separate', distance: 1 },
    ]);
  });

  it('need a word that they stand under', () => {
    expect(() => parseBirkbeck(['', 'seperate'])).toThrow(/^line 2: expected a correct word/);
  });
});

const CORPUS = path.resolve(
  process.env.FORETYPE_REAL_DATA ?? '../shared/data',
  'misspellings/birkbeck.txt',
);

const isAbsent = !existsSync(CORPUS);
const left = isAbsent ? ' (left out: the real data is not here; set FORETYPE_REAL_DATA)' : '';

describe.skipIf(isAbsent)(`the corpus${left}`, () => {
  it('has a third of its misspellings at distance one and a quarter at two', () => {
    const all = parseBirkbeck(readDataLines('misspellings', 'birkbeck.txt') ?? []);
    const share = (distance: number) =>
      all.filter((each) => each.distance === distance).length / all.length;
    expect(all).toHaveLength(36_133);
    expect(share(1)).toBeCloseTo(0.33, 2);
    expect(share(2)).toBeCloseTo(0.25, 2);
  });
});
