import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSnapshot } from '../../../index.ts';
import { run } from '../../../indexer/commands/index.ts';
import { makeFolder } from '../../support/index-fixture.ts';

const silent = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: {},
  isTerminal: false,
};

/** What an index of one kind of input knows in a text and scores at least so much; nothing that it does not know. */
async function linksOf(
  kind: string,
  rows: readonly object[],
  text: string,
  leastScore = 0.5,
): Promise<string[]> {
  const { folder, remove } = await makeFolder();
  const file = path.join(folder, `${kind}.ndjson`);
  await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await run([`--${kind}`, file, '--out', path.join(folder, 'index')], silent);
  const snapshot = await openSnapshot(path.join(folder, 'index'), {
    entities: { leastScore, leastUnknownScore: 1 },
  });
  const [linked] = snapshot.entities([{ id: 'a', text }], { limitPerText: 20 });
  snapshot.close();
  await remove();
  return linked?.entities.map(({ query }) => query) ?? [];
}

const people = Array.from({ length: 20 }, (_, person) => `u${person}`);

describe('without comments', () => {
  it('what enough users search is linked', async () => {
    const rows = ['ferrari', 'rio de janeiro'].flatMap((query) =>
      people.map((user) => ({ user, query })),
    );
    const few = people.slice(0, 4).map((user) => ({ user, query: 'zanvelto' }));
    const text = 'so a ferrari in Rio de Janeiro and zanvelto';
    expect(await linksOf('queries', [...rows, ...few], text)).toEqual([
      'ferrari',
      'rio de janeiro',
    ]);
  }, 30_000);

  it('what enough videos name is known', async () => {
    const titles = [
      'a long day with Miles Draper at home',
      'why we like Miles Draper and his songs',
      'Miles Draper sings for you',
      'this is how Miles Draper cooks',
      'my talk to Miles Draper about cars',
    ];
    const rows = titles.map((title, i) => ({ video: `v${i}`, creator: `c${i}`, title }));
    expect(await linksOf('videos', rows, 'yesterday I saw Miles Draper there', 0.02)).toEqual([
      'miles draper',
    ]);
    expect(await linksOf('videos', rows.slice(0, 2), 'I saw Miles Draper there', 0)).toEqual([]);
  }, 30_000);
});
