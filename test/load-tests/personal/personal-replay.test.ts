import { describe, expect, it } from 'vitest';
import type { LoggedSearch, PersonalLog } from '../../../load-tests/personal/personal-log.ts';
import { replayLog } from '../../../load-tests/personal/personal-replay.ts';

const HELD_OUT_FROM = 1_000;

function search(atMs: number, query: string, more: Partial<LoggedSearch> = {}): LoggedSearch {
  const nothing = { session: 's', market: 'en-US', video: null, clicked: null };
  return { ...nothing, user: 'ann', role: 'committed', atMs, query, ...more };
}

function replay(searches: readonly LoggedSearch[], laterVideos: PersonalLog['laterVideos'] = []) {
  const told: string[] = [];
  const log = { name: 'log', searches, heldOutFromMs: HELD_OUT_FROM, laterVideos };
  replayLog(log as unknown as PersonalLog, {
    onEvent: ({ event }) => {
      told.push(event.type === 'search' ? `event ${event.query}` : `event ${event.type}`);
    },
    onTyping: ({ query }, atMs) => {
      told.push(`typing ${query} ${atMs}`);
    },
    onCommitted: ({ query }) => {
      told.push(`committed ${query}`);
    },
  });
  return told;
}

describe('replayLog', () => {
  it('judges held-out committed searches only, each before its own event', () => {
    const told = replay([
      search(500, 'old'),
      search(1_000, 'new'),
      search(1_500, 'new', { role: 'other' }),
    ]);
    expect(told).toEqual([
      'event old',
      'committed old',
      'typing new 1000',
      'event new',
      'committed new',
      'event new',
    ]);
  });

  it('tells nothing of the prefixes that were logged during typing before the search is judged', () => {
    const told = replay([
      search(1_001, 'lo', { role: 'unfinished' }),
      search(1_002, 'other', { user: 'bob' }),
      search(1_003, 'lond', { role: 'unfinished' }),
      search(1_004, 'london'),
    ]);
    expect(told).toEqual([
      'typing other 1002',
      'event other',
      'committed other',
      'typing london 1001',
      'event lo',
      'event lond',
      'event london',
      'committed london',
    ]);
  });

  it('tells of a video once it is out', () => {
    const texts = { title: 't', description: 'd', tags: [], transcript: '', creator: 'c' };
    const video = { ...texts, video: 'v', atMs: 1_200, market: 'en-US' };
    const told = replay([search(1_100, 'a'), search(1_300, 'b')], [video]);
    expect(told).toEqual([
      'typing a 1100',
      'event a',
      'committed a',
      'event video',
      'typing b 1300',
      'event b',
      'committed b',
    ]);
  });
});
