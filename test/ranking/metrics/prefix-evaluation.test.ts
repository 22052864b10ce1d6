import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAfter, evaluatePrefixes } from '../../../ranking/metrics/prefix-evaluation.ts';

describe('cutAfter', () => {
  it('takes whole code points', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 9 }), (text, length) => {
        expect(cutAfter(text, length)).toBe([...text].slice(0, length).join(''));
      }),
    );
    expect(cutAfter('🍞 bread', 1)).toBe('🍞');
    expect(cutAfter('ab', null)).toBe('ab');
  });
});

describe('evaluatePrefixes', () => {
  const completions = ['banana bread', 'banana cake', 'basil'];
  const suggest = (typed: string): string[] =>
    completions.filter((completion) => completion.startsWith(typed));

  it('weights each length by count and types short queries whole', () => {
    const figures = evaluatePrefixes(
      [
        { normalised: 'basil', market: null, count: 3 },
        { normalised: 'banana bread', market: null, count: 1 },
        { normalised: 'unknown', market: null, count: 4 },
      ],
      suggest,
    );
    expect(figures.distinctQueries).toBe(3);
    expect(figures.searches).toBe(8);
    expect(figures.lengths.map(({ typed }) => typed)).toEqual([1, 2, 3, 5, 8, null]);
    expect(figures.lengths[0]!.meanReciprocalRank).toBeCloseTo((3 / 3 + 1) / 8, 12);
    expect(figures.lengths[2]!.meanReciprocalRank).toBeCloseTo((3 + 1) / 8, 12);
    expect(figures.lengths[4]!.success).toBe(0.5);
  });

  it("asks for ten suggestions in the query's own market", () => {
    const asked: unknown[] = [];
    evaluatePrefixes(
      [
        { normalised: 'a', market: 'en-US', count: 1 },
        { normalised: 'b', market: null, count: 1 },
      ],
      (typed, options) => {
        asked.push([typed, options]);
        return [];
      },
    );
    expect(asked.slice(0, 2)).toEqual([
      ['a', { market: 'en-US', limit: 10 }],
      ['b', { limit: 10 }],
    ]);
  });
});
