import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSnapshot } from '../../../index.ts';
import { run } from '../../../indexer/commands/index.ts';
import { runCommand } from '../../indexer/commands/command-run.ts';
import { PeopleServer } from './people-fixture.ts';

let server: PeopleServer;
beforeEach(async () => {
  server = await PeopleServer.start();
});
afterEach(() => server.dispose());

describe('a build after an erasure', () => {
  let builds = 0;
  async function build() {
    const out = path.join(server.folder, `built-${builds++}`);
    const ran = await runCommand(run, ['--events', server.dataDir, '--out', out]);
    expect(ran.code).toBe(0);
    return openSnapshot(out);
  }

  it('is made without what the user added: searches, videos, and the fifth of five', async () => {
    const searched = (query: string, users: readonly string[]) =>
      server.send(...users.map((user) => ({ type: 'search', query, user, session: `of ${user}` })));
    const others = ['bob', 'cat', 'dan', 'eve'];
    await searched('glass marimba', [...others, 'ann']);
    await searched('steel tongue drum', [...others, 'fay', 'ann']);
    await searched('bamboo flute', [...others, 'fay']);
    await server.send({ type: 'video', video: 'v', title: 'Anns lesson', user: 'ann' });
    const texts = async () => {
      const snapshot = await build();
      const all = ['glass', 'steel', 'bamboo'].map((typed) => snapshot.suggest(typed).suggestions);
      return all.map((suggestions) => suggestions.map(({ text }) => text));
    };
    expect(await texts()).toEqual([['glass marimba'], ['steel tongue drum'], ['bamboo flute']]);
    expect((await server.erase('ann')).status).toBe('erased');
    // One of five is gone; five of six are left, and five of five that she was none of.
    expect(await texts()).toEqual([[], ['steel tongue drum'], ['bamboo flute']]);
    const snapshot = await build();
    expect(snapshot.related({ video: 'v' }).suggestions).toEqual([]);

    await searched('glass marimba', ['ann']);
    expect(await texts()).toEqual([['glass marimba'], ['steel tongue drum'], ['bamboo flute']]);
  });
});
