import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LastWatched } from '../../../indexer/events/last-watched.ts';

const MINUTE_MS = 60_000;

describe('the video watched last', () => {
  it('is remembered for those who watched last, as a plain list remembers them', () => {
    const step = fc.record({
      who: fc.integer({ min: 0, max: 7 }).map((number) => `u${number}`),
      isForgotten: fc.boolean(),
      video: fc.constantFrom('a', 'b', 'c'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const watched = new LastWatched(3);
        let list: { readonly who: string; readonly video: string }[] = [];
        for (const { who, isForgotten, video } of steps) {
          const others = list.filter((each) => each.who !== who);
          if (isForgotten) {
            expect(watched.forget(who)).toBe(others.length < list.length);
            list = others;
          } else {
            watched.note(who, video, 0);
            list = [...others, { who, video }].slice(-3);
          }
          for (let user = 0; user < 8; user++) {
            const known = list.find((each) => each.who === `u${user}`);
            expect(watched.before(`u${user}`, MINUTE_MS)).toBe(known?.video ?? null);
          }
        }
      }),
    );
  });

  it('counts for ten minutes, and never backwards', () => {
    const watched = new LastWatched();
    watched.note('u', 'v', 5 * MINUTE_MS);
    expect(watched.before('u', 15 * MINUTE_MS)).toBe('v');
    expect(watched.before('u', 15 * MINUTE_MS + 1)).toBeNull();
    expect(watched.before('u', 4 * MINUTE_MS)).toBeNull();
  });
});
