import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSnapshot, SegmentError } from '../../index.ts';
import { Profile } from '../../ranking/profiles/profile.ts';
import { encodeProfile } from '../../ranking/profiles/profile-codec.ts';
import { updateProfile } from '../../ranking/profiles/update-profile.ts';
import { IndexDirectory } from '../../serving/snapshot/index-directory.ts';
import { SnapshotHolder } from '../../serving/snapshot/snapshot-holder.ts';
import { makeFolder, publishCompletions, publishTexts } from '../support/index-fixture.ts';
import { makeTestServer } from '../support/test-server.ts';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
});
afterEach(() => remove());

describe('openSnapshot', () => {
  it('suggests what a server over the same index answers', async () => {
    const markets = (market: string) => [{ market, score: 2 }];
    const name = await publishCompletions(folder, [
      { surface: 'New York', normalised: 'new york', score: 2, markets: markets('en-US') },
      { surface: 'newcastle', normalised: 'newcastle', score: 2, markets: markets('en-GB') },
    ]);
    const snapshot = await openSnapshot(folder);
    expect(snapshot.name).toBe(name);
    expect(snapshot.manifest.completions).toBe(2);
    const holder = new SnapshotHolder(new IndexDirectory(folder));
    await holder.load();
    const { server } = await makeTestServer({ holder });
    for (const [typed, options, query] of [
      ['new', {}, 'q=new'],
      ['', {}, ''],
      ['  New y', { limit: 1 }, 'q=++New+y&limit=1'],
      ['new', { market: 'en-us' }, 'q=new&market=en-us'],
      ['new', { market: 'en-GB-oxendict' }, 'q=new&market=en-GB-oxendict'],
    ] as const) {
      const { market, suggestions } = (await server.inject(`/v1/suggest?${query}`)).json();
      expect(snapshot.suggest(typed, options)).toMatchObject({ market, suggestions });
    }
    await server.close();
  });

  it('ranks for who asks: by their history, their stored profile or their session; for nobody as for all', async () => {
    await publishTexts(folder, ['new york', 'news', 'newcastle', 'old town']);
    const snapshot = await openSnapshot(folder);
    const texts = (options: Parameters<typeof snapshot.suggest>[1]) =>
      snapshot.suggest('new', options).suggestions.map(({ text }) => text);
    const nowMs = Date.UTC(2026, 4, 31);
    const history = [
      { query: 'New Zorkmid', at: nowMs - 3_600_000 },
      { query: 'newcastle', at: new Date(nowMs - 60_000) },
      { query: 'old town', at: nowMs - 30_000 },
    ];
    // Which comes first is the model's: what nobody else searches is come back to more surely, what was searched a moment ago less.
    expect(texts({ history, nowMs }).slice(0, 2).sort()).toEqual(['New Zorkmid', 'newcastle']);
    expect(texts({ nowMs })[0]).toBe('new york');
    const profile = history.reduce(
      (folded, { query, at }, i) =>
        updateProfile(folded, {
          event: { type: 'search', eventId: `${i}`, atMs: Number(at), query },
          ...{ arrivedMs: Number(at), user: 'u', session: null, market: 'und' },
        }),
      new Profile(),
    );
    expect(texts({ profile: encodeProfile(profile), nowMs })).toContain('New Zorkmid');
    expect(texts({ session: ['old town'], nowMs })).toHaveLength(3);
    expect(texts({ history: [], session: [], nowMs })).toEqual(texts({}));
    expect(() => texts({ history: [{ query: 'x', at: Number.NaN }] })).toThrow(RangeError);
  });

  it('opens a snapshot by name, though another is current', async () => {
    const first = await publishTexts(folder, ['one']);
    await publishTexts(folder, ['two']);
    const snapshot = await openSnapshot(folder, { name: first });
    expect(snapshot.suggest('').suggestions.map(({ text }) => text)).toEqual(['one']);
  });

  it('needs its files no more once it is open', async () => {
    await publishTexts(folder, ['one']);
    const snapshot = await openSnapshot(folder);
    await rm(path.join(folder, 'snapshots'), { recursive: true });
    expect(snapshot.suggest('o').suggestions).toHaveLength(1);
  });

  it('rejects for a folder without a snapshot', async () => {
    await expect(openSnapshot(folder)).rejects.toBeInstanceOf(SegmentError);
  });

  it('throws a RangeError for what a server would refuse', async () => {
    await publishTexts(folder, ['one']);
    const snapshot = await openSnapshot(folder);
    for (const limit of [0, 21, 1.5, Number.NaN]) {
      expect(() => snapshot.suggest('o', { limit })).toThrow(RangeError);
    }
    expect(() => snapshot.suggest('o', { market: 'en_US' })).toThrow(RangeError);
    expect(() => snapshot.suggest('o'.repeat(129))).toThrow(RangeError);
  });

  it('throws after it was closed', async () => {
    await publishTexts(folder, ['one']);
    const snapshot = await openSnapshot(folder);
    snapshot.close();
    expect(() => snapshot.suggest('o')).toThrow('closed');
  });
});
