import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Rows of a world's logs, their columns in the order of WORLD.md. */
export interface SmallWorld {
  /** ISO 8601. */
  readonly end: string;
  readonly searches: readonly (readonly string[])[];
  readonly watches: readonly (readonly string[])[];
}

/** Writes the files of a simulated world that the demo reads; without videos and comments. */
export async function writeWorld(
  folder: string,
  { end, searches, watches }: SmallWorld,
): Promise<void> {
  const truth = path.join(folder, 'truth');
  await mkdir(truth, { recursive: true });
  const table = (columns: string, rows: readonly (readonly string[])[]) =>
    [columns.split(' '), ...rows].map((row) => `${row.join('\t')}\n`).join('');
  await Promise.all([
    writeFile(path.join(truth, 'split.json'), JSON.stringify({ end })),
    writeFile(
      path.join(folder, 'queries.tsv'),
      table('at user session query market video clicked', searches),
    ),
    writeFile(
      path.join(truth, 'watches.tsv'),
      table('at user session market video seconds', watches),
    ),
    writeFile(path.join(folder, 'videos.ndjson'), ''),
    writeFile(path.join(folder, 'comments.ndjson'), ''),
  ]);
}
