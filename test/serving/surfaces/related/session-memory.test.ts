import { describe, expect, it } from 'vitest';
import type { Event } from '../../../../indexer/events/event.ts';
import { finish } from '../../../../serving/sliced-work.ts';
import { SessionMemory } from '../../../../serving/surfaces/related/session-memory.ts';

const memory = () => new SessionMemory((session) => `hash of ${session}`);

function apply(to: SessionMemory, session: string | null, event: Event): void {
  const named = session === null ? null : `hash of ${session}`;
  to.apply({ event, arrivedMs: event.atMs, user: null, session: named, market: 'und' });
}

const search = (query: string, atMs = 1_000): Event => ({
  type: 'search',
  eventId: `${query}-${atMs}`,
  atMs,
  query,
});

describe('the memory of sessions', () => {
  it('has what a session searched and watched, newest first, each once', () => {
    const sessions = memory();
    for (const query of ['Red  Kite', 'blue heron', 'red kite'])
      apply(sessions, 's', search(query));
    apply(sessions, 's', { type: 'watch', eventId: 'w', atMs: 1_001, video: 'v1', seconds: 3 });
    expect(sessions.sessionOf('s')).toMatchObject({
      queries: ['red kite', 'blue heron'],
      videos: ['v1'],
    });
  });

  it('knows nothing of other sessions and of events without one', () => {
    const sessions = memory();
    apply(sessions, 's', search('red kite'));
    apply(sessions, null, search('blue heron'));
    expect(sessions.sessionOf('other')).toBeNull();
    expect(sessions.sessionOf('s')?.queries).toEqual(['red kite']);
  });

  it('begins anew after a day without events', () => {
    const sessions = memory();
    apply(sessions, 's', search('red kite', 1_000));
    apply(sessions, 's', search('blue heron', 1_000 + 25 * 3_600_000));
    expect(sessions.sessionOf('s')?.queries).toEqual(['blue heron']);
  });

  it('keeps a bounded number of queries', () => {
    const sessions = memory();
    for (let i = 0; i < 200; i++) apply(sessions, 's', search(`query ${i}`));
    expect(sessions.sessionOf('s')?.queries).toHaveLength(64);
    expect(sessions.sessionOf('s')?.queries[0]).toBe('query 199');
  });

  it('keeps a bounded number of sessions, those that were heard of last', () => {
    const sessions = memory();
    for (let i = 0; i < 120_000; i++) apply(sessions, `s${i}`, search('red kite'));
    const isKnown = (i: number) => sessions.sessionOf(`s${i}`) !== null;
    const known = Array.from({ length: 120_000 }, (_, i) => i).filter(isKnown);
    expect(known.length).toBeLessThanOrEqual(100_000);
    expect(known.length).toBeGreaterThanOrEqual(50_000);
    expect(known).toEqual(Array.from(known, (_, i) => 120_000 - known.length + i));
  });

  it('forgets and exports the sessions of users, and those that are named themselves', () => {
    const sessions = memory();
    const apply = (session: string, user: string | null) =>
      sessions.apply({
        ...{ event: search(`query of ${session}`), arrivedMs: 1_000, market: 'und' },
        ...{ user, session: `hash of ${session}` },
      });
    for (const [session, user] of [
      ['a1', 'ann'],
      ['a2', 'ann'],
      ['b1', 'bob'],
      ['n1', null],
      ['n2', null],
    ] as const) {
      apply(session, user);
    }
    expect(sessions.exportUser('ann')).toMatchObject([
      { queries: ['query of a1'] },
      { queries: ['query of a2'] },
    ]);
    expect(sessions.exportUser('hash of n1')).toMatchObject([{ queries: ['query of n1'] }]);
    expect(finish(sessions.forgetUsers(new Set(['ann', 'hash of n1'])))).toBe(3);
    expect(sessions.exportUser('ann')).toBeNull();
    const left = ['a1', 'a2', 'b1', 'n1', 'n2'].filter((each) => sessions.sessionOf(each) !== null);
    expect(left).toEqual(['b1', 'n2']);
  });
});
