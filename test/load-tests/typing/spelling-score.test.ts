import { describe, expect, it } from 'vitest';
import { parseBirkbeck } from '../../../load-tests/typing/birkbeck.ts';
import { scoreMisspellings } from '../../../load-tests/typing/spelling-score.ts';

describe('scoring misspellings', () => {
  it('counts by distance: among the ten, first of them, and with a space after', () => {
    const misspellings = parseBirkbeck([
      '$separate',
      'seperate',
      'separete',
      'seprat',
      '$Lindsay',
      'lindsay',
      '$antidisestablish',
      'tish',
    ]);
    const answers: Record<string, readonly string[]> = {
      seperate: ['separate', 'separated'],
      'seperate ': ['separate'],
      separete: ['separable', 'separate'],
      'seprat ': ['separate'],
      lindsay: ['lindsay'],
    };
    const scores = scoreMisspellings(misspellings, (typed) => answers[typed] ?? []);
    expect(
      scores.map((score) => [
        score.distance,
        score.misspellings,
        score.hits,
        score.firstHits,
        score.spacedHits,
      ]),
    ).toEqual([
      ['0', 0, 0, 0, 0],
      ['1', 3, 3, 2, 1],
      ['2', 1, 0, 0, 1],
      ['3', 0, 0, 0, 0],
      ['4 and more', 1, 0, 0, 0],
    ]);
  });
});
