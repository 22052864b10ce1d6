import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_PROFILE_BYTES, Profile } from '../../../ranking/profiles/profile.ts';
import { decodeProfile, encodeProfile } from '../../../ranking/profiles/profile-codec.ts';
import { ProfileError } from '../../../ranking/profiles/profile-error.ts';
import { HEADER_BYTES, profileBytes } from '../../../ranking/profiles/profile-size.ts';
import { updateProfile } from '../../../ranking/profiles/update-profile.ts';
import { anyLog, anyRecord, fold, START_MS, search } from './event-records.ts';

describe('the bytes of a profile', () => {
  test('give back what was encoded, whatever happened', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const profile = fold(log);
        const bytes = encodeProfile(profile);
        const decoded = decodeProfile(bytes);
        expect(decoded).toEqual(profile);
        expect([...decoded.terms.entries()]).toEqual([...profile.terms.entries()]);
        expect([...decoded.topics.entries()]).toEqual([...profile.topics.entries()]);
        expect(Buffer.compare(encodeProfile(decoded), bytes)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test('are never more than 4,096, and as many as were counted', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const profile = new Profile();
        for (const record of log) {
          updateProfile(profile, record);
          expect(profileBytes(profile)).toBeLessThanOrEqual(MOST_PROFILE_BYTES);
          expect(profileBytes(profile)).toBe(encodeProfile(profile).length);
        }
        const decoded = decodeProfile(encodeProfile(profile));
        expect(profileBytes(decoded)).toBe(profileBytes(profile));
      }),
      { numRuns: 60 },
    );
  });

  test('carry a fold on: storing in between changes nothing', () => {
    fc.assert(
      fc.property(anyLog, fc.array(anyRecord, { maxLength: 10 }), (before, after) => {
        const kept = fold(before);
        const stored = decodeProfile(encodeProfile(kept));
        for (const record of after) {
          updateProfile(kept, record);
          updateProfile(stored, record);
          expect(Buffer.compare(encodeProfile(stored), encodeProfile(kept))).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('of nobody are a header', () => {
    expect(encodeProfile(new Profile()).length).toBe(HEADER_BYTES);
    expect(decodeProfile(encodeProfile(new Profile()))).toEqual(new Profile());
  });

  test('are refused when any bit differs or any byte is missing', () => {
    const bytes = encodeProfile(
      fold([search('Red Ferrari', START_MS), search('tokyo tower', START_MS + 60_000)]),
    );
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const damaged = Buffer.from(bytes);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => decodeProfile(damaged), `bit ${bit}`).toThrow(ProfileError);
    }
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeProfile(bytes.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'damaged' }),
      );
    }
    expect(() => decodeProfile(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(ProfileError);
  });
});
