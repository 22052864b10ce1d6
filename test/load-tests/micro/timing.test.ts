import { describe, expect, it } from 'vitest';
import { type Figure, verdictOf } from '../../../load-tests/micro/figure.ts';
import { quantile, ratioOf, spreadOf } from '../../../load-tests/micro/statistics.ts';
import { meanOverGroups, timeInterleaved } from '../../../load-tests/micro/timing.ts';

describe('statistics', () => {
  it('take the nearest rank', () => {
    expect(quantile([5, 1, 4, 2, 3], 0.5)).toBe(3);
    expect(
      quantile(
        Array.from({ length: 200 }, (_, at) => at + 1),
        0.99,
      ),
    ).toBe(198);
    expect(quantile([7], 0.99)).toBe(7);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('compare round by round', () => {
    expect(ratioOf([2, 6, 8], [1, 2, 2])).toEqual({ least: 2, median: 3, most: 4 });
    expect(() => ratioOf([1], [1, 2])).toThrow(/rounds/);
  });
});

describe('timing', () => {
  it('asks every contender every query, as often in each round', () => {
    const asked = new Map<string, Map<string, number>>();
    const contender = (name: string) => ({
      name,
      answer: (typed: string) => {
        const counts = asked.get(name) ?? new Map<string, number>();
        asked.set(name, counts.set(typed, (counts.get(typed) ?? 0) + 1));
        return [typed];
      },
      groups: [{ name: '1', queries: ['a', 'b', 'c'] }],
    });
    const timed = timeInterleaved([contender('left'), contender('right')], {
      rounds: 4,
      groupBudgetMs: 10_000,
    });
    expect(timed.map(({ name }) => name)).toEqual(['left', 'right']);
    for (const { groups } of timed) {
      expect(groups[0]?.roundMeansUs).toHaveLength(4);
      expect(groups[0]?.queriesARound).toBe(3);
      expect(groups[0]?.singleCalls).toBe(3);
    }
    // Twice to warm up, and three passes each in four rounds and for the percentiles.
    expect([...(asked.get('left')?.values() ?? [])]).toEqual([17, 17, 17]);
    expect(asked.get('right')).toEqual(asked.get('left'));
  });

  it('averages rounds over the groups named, and says which are missing', () => {
    const group = (name: string, roundMeansUs: number[]) => ({
      group: name,
      roundMeansUs,
      queriesARound: 1,
      p50Us: 0,
      p99Us: 0,
      maxUs: 0,
      singleCalls: 1,
    });
    const timing = {
      name: 'x',
      groups: [group('1', [1, 2]), group('2', [3, 6]), group('z', [9, 9])],
    };
    expect(meanOverGroups(timing, ['1', '2'])).toEqual([2, 4]);
    expect(() => meanOverGroups(timing, ['1', '8'])).toThrow(/expected groups 1, 8/);
  });
});

describe('a figure', () => {
  const figure = (
    kind: Figure['bar']['kind'],
    median: number,
    notJudged: string | null = null,
  ) => ({
    name: 'x',
    measured: spreadOf([median]),
    unit: '',
    bar: { kind, value: 10 },
    isRatio: true,
    notJudged,
  });

  it('meets its bar from the right side', () => {
    expect(verdictOf(figure('at most', 10))).toBe('met');
    expect(verdictOf(figure('at most', 10.1))).toBe('missed');
    expect(verdictOf(figure('at least', 10))).toBe('met');
    expect(verdictOf(figure('at least', 9.9))).toBe('missed');
    expect(verdictOf(figure('at most', Number.NaN))).toBe('missed');
    expect(verdictOf(figure('at most', 1, 'another set'))).toBe('not judged');
  });
});
