import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weightAt } from '../../../ranking/profiles/decayed-weight.ts';
import { decodeProfile, encodeProfile } from '../../../ranking/profiles/profile-codec.ts';
import { HISTORY_HALF_LIFE_MS } from '../../../ranking/profiles/profile-query.ts';
import { isPutRight } from '../../../ranking/profiles/slip.ts';
import { fold, queriesOf, START_MS, search } from './event-records.ts';

function rights(earlier: string, later: string, passedMs = 10_000): boolean {
  return isPutRight(
    { normalised: earlier, atMs: START_MS },
    { normalised: later, atMs: START_MS + passedMs },
  );
}

/** Optimal string alignment by its textbook recursion, for short texts. */
function editsBetween(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const same = a.at(-1) === b.at(-1) ? 0 : 1;
  const least = Math.min(
    editsBetween(a.slice(0, -1), b) + 1,
    editsBetween(a, b.slice(0, -1)) + 1,
    editsBetween(a.slice(0, -1), b.slice(0, -1)) + same,
  );
  const isSwapped = a.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return isSwapped ? Math.min(least, editsBetween(a.slice(0, -2), b.slice(0, -2)) + 1) : least;
}

describe('a slip that is put right', () => {
  test('is a letter wrong, missing, too much or swapped', () => {
    for (const slip of ['pizza reciqe', 'pizza recpe', 'pizza reecipe', 'pizza rceipe']) {
      expect(rights(slip, 'pizza recipe'), slip).toBe(true);
    }
    expect(rights('newy ork', 'new york')).toBe(true);
  });

  test('is none where another text is meant: a number, an ending, a first letter, a short word', () => {
    expect(rights('iphone 14 case', 'iphone 15 case')).toBe(false);
    expect(rights('cat food', 'cat foods')).toBe(false);
    expect(rights('cat foods', 'cat food')).toBe(false);
    expect(rights('bear den', 'pear den')).toBe(false);
    expect(rights('cat', 'cut')).toBe(false);
    expect(rights('red car', 'red car')).toBe(false);
    expect(rights('red car', 'blue sky')).toBe(false);
  });

  test('is put right within a minute', () => {
    expect(rights('pizza reciqe', 'pizza recipe', 60_000)).toBe(true);
    expect(rights('pizza reciqe', 'pizza recipe', 60_001)).toBe(false);
    expect(rights('pizza reciqe', 'pizza recipe', -1)).toBe(false);
  });

  test('is one edit away, of the same beginning', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' '), minLength: 0, maxLength: 6 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const isOne =
          editsBetween(a, b) === 1 &&
          a.length >= 4 &&
          b.length >= 4 &&
          a[0] === b[0] &&
          !a.startsWith(b) &&
          !b.startsWith(a);
        expect(rights(a, b)).toBe(isOne);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a profile', () => {
  test('lets a slip fade that was put right, and learns nothing from it', () => {
    const slip = [search('red ferari', START_MS), search('red ferrari', START_MS + 9_000)];
    const profile = fold(slip);
    const alone = fold([search('red ferrari', START_MS + 9_000)]);
    expect(queriesOf(profile)).toEqual(['red ferrari', 'red ferari']);
    const [right, wrong] = profile.history.map(({ weight }) =>
      weightAt(weight, START_MS, HISTORY_HALF_LIFE_MS),
    );
    expect(right).toBeCloseTo(1, 2);
    expect(wrong).toBeCloseTo(1 / 16, 2);
    expect([...profile.terms.entries()]).toEqual([...alone.terms.entries()]);
    expect(profile.dayParts.totalAt(START_MS)).toBeCloseTo(1, 2);
    expect(decodeProfile(encodeProfile(profile))).toEqual(profile);
  });

  test('keeps what was searched before as it was, when it is put right', () => {
    const often = [search('red ferari', START_MS), search('red ferari', START_MS + 3_600_000)];
    const before = fold(often).history[0]?.weight;
    const profile = fold([...often, search('red ferrari', START_MS + 3_605_000)]);
    expect(profile.history[1]?.weight).toBe(before);
  });
});
