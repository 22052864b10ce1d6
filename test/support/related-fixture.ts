import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../indexer/commands/index.ts';
import type { Manifest } from '../../indexer/segment/manifest.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { openSnapshotFiles } from '../../indexer/segment/snapshot-directory.ts';
import { makeFolder } from './index-fixture.ts';

/** A search of a log. */
export interface LoggedSearch {
  readonly user: string;
  readonly query: string;
  readonly session?: string;
  readonly market?: string;
  readonly clicked?: string;
  /** Minutes since the log began; a minute after the search before when absent. */
  readonly minute?: number;
}

/** A session of each of so many users, all alike: what they searched one after the other. */
export function sessionsOf(
  users: number,
  queries: readonly string[],
  options: {
    readonly prefix?: string;
    readonly market?: string;
    readonly clicked?: readonly (string | undefined)[];
  } = {},
): LoggedSearch[] {
  const { prefix = `u-${queries.join('-')}`, market, clicked } = options;
  return Array.from({ length: users }, (_, number) => `${prefix}-${number}`).flatMap((user) =>
    queries.map((query, place) => ({
      user,
      session: `${user}-s`,
      query,
      ...(market === undefined ? {} : { market }),
      ...(clicked?.[place] === undefined ? {} : { clicked: clicked[place] }),
    })),
  );
}

export interface IndexedLog {
  readonly segment: Segment;
  readonly manifest: Manifest;
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** Indexes searches with `foretype index`, as it would be from a file. */
export async function indexSearches(
  searches: readonly LoggedSearch[],
  options: readonly string[] = [],
): Promise<IndexedLog> {
  const { folder, remove } = await makeFolder();
  const file = path.join(folder, 'log.tsv');
  const start = Date.UTC(2026, 0, 5);
  const lines = searches.map(
    ({ user, session = '', query, market = '', clicked = '', minute }, at) =>
      [
        new Date(start + (minute ?? at) * 60_000).toISOString(),
        user,
        session,
        query,
        market,
        clicked,
      ].join('\t'),
  );
  await writeFile(file, ['at\tuser\tsession\tquery\tmarket\tclicked', ...lines, ''].join('\n'));
  const silent = { write: () => true };
  const io = { stdout: silent, stderr: silent, env: {}, isTerminal: false };
  const out = path.join(folder, 'index');
  const code = await run(['--queries', file, '--out', out, ...options], io);
  if (code !== 0) throw new Error(`expected the index to be built, got exit code ${code}`);
  const { segment, manifest } = await openSnapshotFiles(out, undefined, { checksums: true });
  return { segment, manifest, folder: out, remove };
}
