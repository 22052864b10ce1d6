import { describe, expect, it } from 'vitest';
import { simulateLog } from '../../../load-tests/typing/texts/simulated-log.ts';
import { TextCounter } from '../../../load-tests/typing/texts/text-set.ts';

describe('counting texts', () => {
  it('sums weights by normalised form and ranks them, heaviest first', () => {
    const counter = new TextCounter();
    counter.add('New  York', 2);
    counter.add('new york', 3);
    counter.add('rome', 4);
    expect(counter.total).toBe(9);
    expect(counter.texts()).toEqual([
      { normalised: 'new york', surface: 'new york', score: 5 },
      { normalised: 'rome', surface: 'rome', score: 4 },
    ]);
    expect(counter.texts(5)).toHaveLength(1);
  });

  it('leaves out what has no form, is too long, or has no weight', () => {
    const counter = new TextCounter();
    counter.add('   ', 1);
    counter.add('a'.repeat(129), 1);
    counter.add('nothing', 0);
    counter.add('a'.repeat(128), 1);
    expect(counter.texts()).toHaveLength(1);
  });
});

describe('the simulated log', () => {
  it('holds what was wanted twice or more, the same for the same seed', () => {
    const { texts } = simulateLog({ users: 200, seed: 1 });
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.every(({ score }) => score >= 2)).toBe(true);
    expect(simulateLog({ users: 200, seed: 1 }).texts).toEqual(texts);
    expect(simulateLog({ users: 200, seed: 2 }).texts).not.toEqual(texts);
  });
});
