import { describe, expect, it } from 'vitest';
import { OverloadWatch, type TurnDelays } from '../../../serving/http/overload-watch.ts';

/** A window in which the event loop's turns were late by so much in the mean, as a histogram with 20 ms of resolution shows it. */
function windowOf(lateMs: number): TurnDelays & { resets: number } {
  return {
    mean: (lateMs + 20) * 1e6,
    resets: 0,
    reset() {
      this.resets++;
    },
  };
}

describe('OverloadWatch', () => {
  const outcomes = (...lateMs: number[]) => {
    const watch = new OverloadWatch();
    return lateMs.map((late) => {
      watch.judge(windowOf(late));
      return watch.isOverloaded;
    });
  };

  it('says overloaded after three late windows running, and no longer after one good one', () => {
    expect(outcomes(600, 600, 600, 600, 400, 600)).toEqual([
      false,
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it('takes one long turn for no overload, however long', () => {
    expect(outcomes(60_000, 0, 60_000, 60_000, 0)).toEqual(Array(5).fill(false));
  });

  it('takes busy turns of half a second, and windows without a measurement, for no overload', () => {
    expect(outcomes(500, 500, 500, 500)).toEqual(Array(4).fill(false));
    expect(outcomes(600, 600, Number.NaN, 600)).toEqual(Array(4).fill(false));
  });

  it('tells of each change once, and begins every window anew', () => {
    const changes: [boolean, number][] = [];
    const watch = new OverloadWatch((...change) => changes.push(change));
    for (const late of [700, 700, 700, 700, 0, 0]) {
      const delays = windowOf(late);
      watch.judge(delays);
      expect(delays.resets).toBe(1);
    }
    expect(changes).toEqual([
      [true, 700],
      [false, 0],
    ]);
  });

  it('measures this process until it is stopped', () => {
    const watch = new OverloadWatch();
    watch.start();
    expect(watch.isOverloaded).toBe(false);
    watch.stop();
    watch.stop();
  });
});
