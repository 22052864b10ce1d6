import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildIndex } from '../../../indexer/build-index.ts';
import { DEFAULT_RULES } from '../../../indexer/index-options.ts';
import { parseColumnMapping } from '../../../indexer/input/column-mapping.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { openSnapshotFiles } from '../../../indexer/segment/snapshot-directory.ts';
import { makeFolder } from '../../support/index-fixture.ts';

let place: Awaited<ReturnType<typeof makeFolder>>;
beforeAll(async () => {
  place = await makeFolder();
});
afterAll(() => place.remove());

/** The segment of an index of these queries, each searched once, built for a market. */
async function segmentOf(
  name: string,
  queries: readonly string[],
  market: string | undefined,
  column = '',
): Promise<Segment> {
  const log = join(place.folder, `${name}.tsv`);
  const header = column === '' ? 'query\tcount' : 'query\tcount\tmarket';
  const lines = queries.map((query) => `${query}\t1${column === '' ? '' : `\t${column}`}`);
  await writeFile(log, `${[header, ...lines].join('\n')}\n`);
  const indexDir = join(place.folder, name);
  await buildIndex(
    {
      queries: [log],
      layout: {
        columns: parseColumnMapping([], '--columns'),
        hasHeader: true,
        times: { format: undefined, asOfUs: undefined },
      },
      asOf: undefined,
      market,
      rules: { ...DEFAULT_RULES, minUsers: 1 },
      maxMalformedShare: undefined,
      memoryBytes: 1e9,
      indexDir,
    },
    { onStep: () => {}, onRows: () => {}, nowMs: () => Date.parse('2026-06-01T00:00:00Z') },
  );
  const { segment } = await openSnapshotFiles(indexDir);
  return segment;
}

describe('an index of Han text', () => {
  it.each([
    ['the market that the index is built for', 'ja-JP', ''],
    ['the only market of its rows', undefined, 'ja-JP'],
  ])('is read as Japanese by %s', async (name, market, column) => {
    const segment = await segmentOf(name.slice(4, 10).trim(), ['東京駅'], market, column);
    segment.verify();
    const { textKeys } = segment;
    expect(textKeys?.has('pinyin')).toBe(false);
    const { low } = textKeys?.prefixRange('romaji', '') ?? { low: -1 };
    // The reader was there: no character stands for itself.
    expect(textKeys?.keyAt(low)).toMatch(/^[a-z]+$/);
  });

  it('is read as Chinese where no market tells', async () => {
    const segment = await segmentOf('chinese', ['東京駅'], undefined);
    const { textKeys } = segment;
    expect(textKeys?.has('romaji')).toBe(false);
    expect(textKeys?.prefixRange('pinyin', 'dongjing')).toEqual({ low: 0, high: 1 });
  });
});
