import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '../../../indexer/events/event.ts';
import { findExactForm } from '../../../indexer/segment/exact-form.ts';
import { Profile } from '../../../ranking/profiles/profile.ts';
import { updateProfile } from '../../../ranking/profiles/update-profile.ts';
import type { LiveCandidates } from '../../../serving/personal/generation.ts';
import { PersonalRanking, readingOf } from '../../../serving/personal/personal-ranking.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import type { Suppression } from '../../../serving/suppression.ts';
import { type IndexedLog, indexSearches, sessionsOf } from '../../support/related-fixture.ts';

const NOW_MS = Date.UTC(2026, 0, 7, 12);

/** What a rule holds back, and what leads to it: typed, done before, and the way that it comes in by. */
const PATHS = [
  ['a prefix of what is searched', 'knight armour', 'kni', [], 'prefix'],
  ['words elsewhere in it', 'knight armour', 'armour', [], 'infix'],
  ['a slip of the hand', 'knight armour', 'knihgt', [], 'typo'],
  ['what the user alone searched', 'knitted zorkmids', 'kni', ['knitted zorkmids'], 'history'],
  ['what the user searched as others did', 'knight armour', 'kni', ['knight armour'], 'history'],
  ['words of what the user searched', 'knitted zorkmids', 'zork', ['knitted zorkmids'], 'history'],
  ['what the session leads to', 'knight armour', 'kni', ['lego castle'], 'session'],
  ['what the last search should have been', 'lego armour', 'lego', ['lego armuor'], 'session'],
  ['what viewers of the video search', 'knight armour', 'kni', [], 'video'],
  ['what is searched since the snapshot', 'knife fair', 'kni', [], 'fresh'],
] as const;

describe('a text that a rule holds back', () => {
  let log: IndexedLog;
  beforeAll(async () => {
    log = await indexSearches([
      ...sessionsOf(9, ['lego castle', 'knight armour']),
      ...sessionsOf(12, ['winter coat']),
    ]);
  });
  afterAll(() => log.remove());

  function ask(typed: string, done: readonly string[], isSuppressed?: Suppression) {
    const { segment, manifest } = log;
    const profile = ['winter coat', ...done].reduce((known, query, i) => {
      const atMs = NOW_MS - (done.length - i) * 10_000;
      const event: Event = { type: 'search', eventId: `e${i}`, atMs, query };
      const whose = { user: 'u', session: null, market: 'und' };
      return updateProfile(known, { event, arrivedMs: atMs, ...whose });
    }, new Profile());
    const live: LiveCandidates = {
      videos: {
        propose: () => [{ id: Number(findExactForm(segment, 'knight armour')), bits: 1 }],
      },
      fresh: {
        find: (text) =>
          'knife fair'.startsWith(text)
            ? [
                {
                  ...{ normalised: 'knife fair', surface: 'Knife Fair', kind: 'query' },
                  ...{ source: 'fresh', logScore: 2, match: { kind: 'prefix', ranges: [] } },
                },
              ]
            : [],
      },
    };
    const answer = new PersonalRanking({ live, isSuppressed }).answer(
      { segment, manifest, engine: new Engine(segment, manifest) },
      {
        ...{ typed, limit: 10, market: 'und', ownerHash: 'u', nowMs: NOW_MS, session: null },
        ...{ video: 'v', reading: readingOf(profile) },
      },
      true,
    );
    const found = new Map<string, readonly string[]>();
    answer?.suggestions.forEach(({ text }, i) => {
      found.set(text.toLowerCase(), answer.explanation?.suggestions[i]?.sources ?? []);
    });
    return found;
  }

  it.each(PATHS)('is not shown by %s', (_, text, typed, done, source) => {
    const shown = ask(typed, done);
    expect(shown.get(text)).toContain(source);
    const asked: string[] = [];
    const held = ask(typed, done, (normalised, market) => {
      asked.push(`${market} ${normalised}`);
      return normalised === text;
    });
    expect(asked).toContain(`und ${text}`);
    expect(held.has(text)).toBe(false);
    expect([...held.keys()]).toEqual([...shown.keys()].filter((each) => each !== text));
  });
});
