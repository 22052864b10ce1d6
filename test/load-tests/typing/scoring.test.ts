import { describe, expect, it } from 'vitest';
import { pairedRatio, scoreCell, wilsonShare } from '../../../load-tests/typing/scoring.ts';
import type { Trial } from '../../../load-tests/typing/trials.ts';

const trial = (wanted: string, typed: string, clean: string, kinds: Trial['kinds']): Trial => ({
  wanted,
  typed,
  clean,
  kinds,
});

/** Answers from a table, and nothing for what is not in it. */
const answersOf = (table: Readonly<Record<string, readonly string[]>>) => (typed: string) =>
  table[typed] ?? [];

describe('scoring a cell', () => {
  const cell = {
    length: 5,
    errors: 1,
    trials: [
      trial('hello', 'helo', 'hell', ['omission']),
      trial('world', 'wrold', 'world', ['transposition']),
      trial('lemon', 'lemmo', 'lemon', ['doubling']),
      trial('apple', 'spple', 'apple', ['neighbour']),
    ],
  };
  const corrected = answersOf({
    helo: ['help', 'hello'],
    hell: ['hello'],
    wrold: ['wrong'],
    world: ['world'],
    lemmo: ['lemon'],
    apple: ['apple pie'],
  });
  const exact = answersOf({ hell: ['hello'], world: ['world'], apple: ['apple'] });

  it('counts the wanted text among the answers, typed with errors, clean, and exact', () => {
    const score = scoreCell(cell, corrected, exact);
    expect(score).toMatchObject({ trials: 4, hits: 2, cleanHits: 2, exactHits: 3 });
    expect(score.ofClean.value).toBe(1);
  });

  it('says what corrections lose of clean typing, and what they gain', () => {
    expect(scoreCell(cell, corrected, exact)).toMatchObject({ lost: 1, gained: 0 });
    expect(scoreCell(cell, exact, corrected)).toMatchObject({ lost: 0, gained: 1 });
  });

  it('breaks single errors down by kind', () => {
    const { byKind } = scoreCell(cell, corrected, exact);
    expect(byKind).toEqual([
      { kind: 'neighbour', trials: 1, hits: 0, cleanHits: 0 },
      { kind: 'omission', trials: 1, hits: 1, cleanHits: 1 },
      { kind: 'doubling', trials: 1, hits: 1, cleanHits: 0 },
      { kind: 'transposition', trials: 1, hits: 0, cleanHits: 1 },
    ]);
  });

  it('takes a text without errors as its own clean one', () => {
    const clean = { length: 5, errors: 0, trials: [trial('world', 'world', 'world', [])] };
    expect(scoreCell(clean, corrected, exact)).toMatchObject({ hits: 1, cleanHits: 1 });
  });
});

describe('the paired ratio', () => {
  it('is sure of itself when every trial has both outcomes alike, however many miss', () => {
    const ratio = pairedRatio({ trials: 500, both: 200, hits: 200, cleanHits: 200 });
    expect(ratio).toEqual({ value: 1, low: 1, high: 1 });
  });

  it('has an interval about as wide as that of a share when all are hit clean', () => {
    const trials = 1000;
    const ratio = pairedRatio({ trials, both: 700, hits: 700, cleanHits: trials });
    const share = wilsonShare(700, trials);
    expect(ratio.value).toBe(0.7);
    expect(ratio.low).toBeCloseTo(share.low, 2);
    expect(ratio.high).toBeCloseTo(share.high, 2);
    expect(ratio.low).toBeLessThan(0.69);
    expect(ratio.high).toBeGreaterThan(0.71);
  });

  it('narrows with the number of trials', () => {
    const width = (times: number) => {
      const { low, high } = pairedRatio({
        trials: 100 * times,
        both: 40 * times,
        hits: 50 * times,
        cleanHits: 80 * times,
      });
      return high - low;
    };
    expect(width(100)).toBeLessThan(width(1) / 5);
  });
});

describe("Wilson's interval", () => {
  it('is that of the textbook, and stays within 0 and 1', () => {
    const { low, high } = wilsonShare(15, 50);
    expect([low, high].map((bound) => bound.toFixed(3))).toEqual(['0.191', '0.438']);
    expect(wilsonShare(0, 10).low).toBeCloseTo(0, 12);
    expect(wilsonShare(10, 10).high).toBeCloseTo(1, 12);
  });
});
