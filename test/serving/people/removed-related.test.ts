import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildServer } from '../../../serving/http/server.ts';
import type { AskerRemovals } from '../../../serving/personal/asker-removals.ts';
import { IndexDirectory } from '../../../serving/snapshot/index-directory.ts';
import { SnapshotHolder } from '../../../serving/snapshot/snapshot-holder.ts';
import { RelatedSearches } from '../../../serving/surfaces/related/related-searches.ts';
import { type IndexedLog, indexSearches, sessionsOf } from '../../support/related-fixture.ts';
import { type BuiltService, startBuilt } from '../surfaces/built-service.ts';

const SEARCHES = [
  ...sessionsOf(8, ['marble run', 'steel bearing', 'glass bead', 'wooden track']),
  ...sessionsOf(6, ['marble run', 'domino set', 'kinetic sand']),
];

describe('what somebody removed', () => {
  let built: BuiltService;
  let sent = 0;
  beforeAll(async () => {
    built = await startBuilt(async (folder) => {
      const file = path.join(folder, 'log.tsv');
      const lines = SEARCHES.map(({ user, session, query }, minute) =>
        [new Date(Date.UTC(2026, 0, 5) + minute * 60_000).toISOString(), user, session, query].join(
          '\t',
        ),
      );
      await writeFile(file, ['at\tuser\tsession\tquery', ...lines, ''].join('\n'));
      return ['--queries', file];
    });
    await send({ type: 'video', video: 'v1', title: 'Marble run with a steel bearing' });
  });
  afterAll(() => built.stop());

  async function send(...events: readonly object[]): Promise<void> {
    const payload = events.map((event) => ({ eventId: `e${++sent}`, at: Date.now(), ...event }));
    const answer = await built.service.server.inject({
      ...{ method: 'POST', url: '/v1/events', payload },
    });
    expect(answer.json()).toMatchObject({ accepted: events.length });
  }

  async function texts(query: string): Promise<readonly string[]> {
    const { server } = built.service;
    const { suggestions, degraded } = (await server.inject(`/v1/related?${query}`)).json();
    expect(degraded).toEqual([]);
    return suggestions.map(({ text }: { text: string }) => text);
  }

  it('is not among related searches for them, on no account for others, until they search it anew', async () => {
    const before = await texts('q=marble+run');
    expect(before).toContain('steel bearing');
    expect(await texts('q=marble+run&user=ann')).toEqual(before);
    await send({ type: 'remove', query: ' Steel  BEARING', user: 'ann', session: 's' });
    const after = before.filter((text) => text !== 'steel bearing');
    expect(await texts('q=marble+run&user=ann')).toEqual(expect.arrayContaining(after));
    expect(await texts('q=marble+run&user=ann')).not.toContain('steel bearing');
    for (const who of ['', '&user=bob', '&session=s', '&user=ann&session=s&personalise=false']) {
      expect(await texts(`q=marble+run${who}`)).toEqual(before);
    }
    // Its place is another's.
    const first = before.indexOf('steel bearing') + 1;
    expect(await texts(`q=marble+run&user=ann&limit=${first}`)).toHaveLength(first);
    await send({ type: 'search', query: 'steel bearing', user: 'ann' });
    expect(await texts('q=marble+run&user=ann')).toEqual(before);
  });

  it('is not in the bar under a video for them', async () => {
    const before = await texts('video=v1');
    expect(before).toContain('steel bearing');
    const { suggestions } = (await built.service.server.inject('/v1/related?video=v1')).json();
    const [{ id, text }] = suggestions;
    await send({ type: 'remove', id, user: 'cleo' });
    expect(await texts('video=v1&user=cleo')).toEqual(before.filter((each) => each !== text));
    expect(await texts('video=v1&user=bob')).toEqual(before);
    expect(await texts('video=v1&user=cleo&personalise=false')).toEqual(before);
  });

  it('is not suggested to them for signs alone either, of which nothing is ranked', async () => {
    const typed = async (query: string): Promise<readonly string[]> => {
      const { suggestions } = (await built.service.server.inject(`/v1/suggest?${query}`)).json();
      return suggestions.map(({ text }: { text: string }) => text);
    };
    const before = await typed('q=!');
    expect(before).toContain('marble run');
    await send({ type: 'remove', query: 'marble run', user: 'eve' });
    for (const q of ['!', '-%20', '']) {
      const shown = await typed(`q=${q}&user=eve`);
      expect(shown.length).toBeGreaterThan(0);
      expect(shown).not.toContain('marble run');
    }
    for (const who of ['', '&user=bob', '&user=eve&personalise=false']) {
      expect(await typed(`q=!${who}`)).toEqual(before);
    }
  });

  it('is kept from a session that names no user, too', async () => {
    const before = await texts('q=marble+run');
    await send({ type: 'remove', query: 'glass bead', session: 'nameless' });
    const shown = await texts('q=marble+run&session=nameless');
    expect(before).toContain('glass bead');
    expect(shown).not.toContain('glass bead');
    expect(shown).toContain('wooden track');
    expect(await texts('video=v1&session=nameless')).not.toContain('glass bead');
    const ignored = await texts('q=marble+run&session=nameless&personalise=false');
    expect(ignored).toEqual(before);
  });
});

describe('related searches', () => {
  let log: IndexedLog;
  beforeAll(async () => {
    log = await indexSearches(SEARCHES);
  });
  afterAll(() => log.remove());

  it('say so where it is not known what somebody removed, and remember no such answer', async () => {
    const holder = new SnapshotHolder(new IndexDirectory(log.folder));
    await holder.load();
    const removals = new Map<string, AskerRemovals | Promise<AskerRemovals>>([
      ['late', Promise.resolve({ texts: null, isDegraded: true })],
      ['slow', Promise.resolve({ texts: { size: 1, has: () => true }, isDegraded: false })],
      ['nothing', { texts: null, isDegraded: false }],
    ]);
    const server = buildServer({
      ...{ holder, version: '0' },
      removalsOf: ({ user }) => removals.get(user ?? '') ?? null,
    });
    const ask = async (who: string) =>
      (await server.inject(`/v1/related?q=marble+run${who}`)).json();
    const late = await ask('&user=late');
    const shared = await ask('');
    expect(late.degraded).toEqual(['profile']);
    expect(shared.degraded).toEqual([]);
    expect(late.suggestions).toEqual(shared.suggestions);
    expect((await ask('&user=nothing')).suggestions).toEqual(shared.suggestions);
    expect((await ask('&user=slow')).suggestions).toEqual([]);
    await server.close();
  });

  it('are those that remain, in their order, where what is removed was proposed', async () => {
    const holder = new SnapshotHolder(new IndexDirectory(log.folder));
    await holder.load();
    const { related } = holder.current ?? {};
    expect(related).toBeInstanceOf(RelatedSearches);
    const found = (query: string, removed: readonly string[]) =>
      related
        ?.related(query, { limit: 20, removed: new Set(removed) })
        .suggestions.map(({ text }) => text) ?? [];
    const texts = [...new Set(SEARCHES.map(({ query }) => query))];
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.subarray(texts), (query, removed) => {
        const left = found(query, []).filter((text) => !removed.includes(text));
        const shown = found(query, removed);
        expect(shown.filter((text) => removed.includes(text))).toEqual([]);
        expect(shown).toEqual(expect.arrayContaining(left));
      }),
    );
  });
});
