import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeProfile } from '../../../ranking/profiles/profile-description.ts';
import { anyRecord, fold, OWNER, START_MS, search } from './event-records.ts';

test('a profile is told in full, whatever it holds', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 40 }), (log) => {
      const profile = fold(log);
      const told = describeProfile(profile, OWNER, START_MS);
      expect(JSON.parse(JSON.stringify(told))).toEqual(told);
      expect(told.searches.map(({ query }) => query)).toEqual(
        profile.history.map(({ surface }) => surface),
      );
      expect(told.terms.map(({ of }) => of).sort()).toEqual([...profile.terms.keys()].sort());
      expect(told.removed).toHaveLength(profile.removed.length);
    }),
    { numRuns: 40 },
  );
});

test('weights are told as searches of just now', () => {
  const told = describeProfile(
    fold([search('tokyo', START_MS)]),
    OWNER,
    START_MS + 60 * 86_400_000,
  );
  expect(told.terms).toEqual([{ of: 'tokyo', weight: 0.5 }]);
  expect(told.partsOfTheDay[0]?.of).toBe('00-03');
});
