import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSnapshot } from '../../../index.ts';
import { run } from '../../../indexer/commands/index.ts';
import { createWorld } from '../../../load-tests/simulate/world.ts';
import { writeWorld } from '../../../load-tests/simulate/write-world.ts';
import { readPosts, readWorldComments } from '../../../load-tests/surfaces/entities-items.ts';
import { capitalsFinder, scoreSpans } from '../../../load-tests/surfaces/entities-scores.ts';

const silent = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: {},
  isTerminal: false,
};

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'foretype-spans-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('spans of labelled texts', () => {
  it('are read from tokens and tags', () => {
    const posts = readPosts(
      'In\tO\nNew\tB-location\nYork\tI-location\nBerlin\tB-location\n\t\nhi\tO\n',
    );
    expect(posts.map(({ text, gold }) => [text, [...gold]])).toEqual([
      ['In New York Berlin', ['3-11', '12-18']],
      ['hi', []],
    ]);
  });

  it('count with both ends right only', () => {
    const items = [{ text: 'I saw Miles Draper. There', gold: new Set(['6-18']), isFitted: false }];
    expect(scoreSpans(items, capitalsFinder())).toMatchObject({
      precision: 1 / 3,
      recall: 1,
      spans: 3,
    });
    expect(scoreSpans(items, () => ['6-11'])).toMatchObject({ f1: 0, spans: 1 });
  });
});

describe('a simulated world', () => {
  it(
    'has most of what its comments name linked, and little else, though the miner never sees the truth',
    () =>
      inFolder(async (folder) => {
        const world = path.join(folder, 'world');
        await writeWorld(createWorld({ seed: 5, users: 500, days: 30, taste: 'medium' }), world);
        const file = (name: string) => path.join(world, name);
        const index = path.join(folder, 'index');
        const inputs = ['--queries', file('queries.tsv'), '--videos', file('videos.ndjson')];
        await run([...inputs, '--comments', file('comments.ndjson'), '--out', index], silent);
        const snapshot = await openSnapshot(index);
        const { precision, f1 } = scoreSpans(readWorldComments(world), (text) =>
          snapshot
            .entities([{ id: '', text }], { limitPerText: 20 })
            .flatMap(({ entities }) => entities.map(({ start, end }) => `${start}-${end}`)),
        );
        // A quarter of the users and half of the days of the worlds that figures are reported on.
        expect(precision).toBeGreaterThan(0.95);
        expect(f1).toBeGreaterThan(0.75);
      }),
    120_000,
  );
});
