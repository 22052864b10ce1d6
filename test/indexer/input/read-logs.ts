import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { parseColumnMapping } from '../../../indexer/input/column-mapping.ts';
import { type QueryLogLayout, readQueryLog } from '../../../indexer/input/query-log.ts';
import type { QueryRow } from '../../../indexer/input/query-row.ts';
import { RowTally } from '../../../indexer/input/row-tally.ts';

const NOW_MS = Date.parse('2026-06-01T00:00:00Z');

/** Where the files of a test file's logs lie; there from `beforeAll` on. */
export let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foretype-input-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Options {
  readonly columns?: string;
  readonly header?: boolean;
  readonly format?: string;
  readonly share?: number;
}

/** The layout that options of the command make. */
export function layoutOf({ columns, header = true, format }: Options): QueryLogLayout {
  return {
    columns: parseColumnMapping(columns === undefined ? [] : [columns], '--columns'),
    hasHeader: header,
    times: { format },
  };
}

/** The rows of query logs, and how they were counted. */
export async function readFiles(files: readonly string[], options: Options = {}) {
  const tally = new RowTally(options.share);
  const rows: QueryRow[] = [];
  for await (const batch of readQueryLog(files, layoutOf(options), NOW_MS, tally))
    rows.push(...batch);
  return { rows, tally, queries: rows.map((row) => row.query) };
}

/** The same of a log with this name and content; examples without its folder. */
export async function readContent(
  name: string,
  content: string | Uint8Array,
  options: Options = {},
) {
  const file = join(folder, name);
  await writeFile(file, content);
  const read = await readFiles([file], options);
  return { ...read, examples: read.tally.examples.map((text) => text.replace(`${folder}/`, '')) };
}
