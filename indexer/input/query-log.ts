import { QUERY_CELLS, type QueryRow, QueryRowReader } from './query-row.ts';
import { checkLog, type LogFile, type LogLayout, type RowKind, readLog } from './row-log.ts';
import type { RowTally } from './row-tally.ts';

/** How the files of a query log are to be read. */
export type QueryLogLayout = LogLayout;

const QUERIES: RowKind<QueryRow> = {
  columns: {
    cells: QUERY_CELLS,
    needed: ['query'],
    lists: ['clicked'],
    spare: ['clicked'],
    option: '--columns',
  },
  createReader: (times, nowMs) => new QueryRowReader(times, nowMs),
};

/** Looks at a log: throws when a file cannot be read or when the layout cannot be right, before any work is done. */
export function checkQueryLog(files: readonly LogFile[], layout: QueryLogLayout): Promise<void> {
  return checkLog(files, layout, QUERIES);
}

/** Reads a query log as `readLog` does. */
export function readQueryLog(
  files: readonly LogFile[],
  layout: QueryLogLayout,
  nowMs: number,
  tally: RowTally,
): AsyncGenerator<readonly QueryRow[]> {
  return readLog(files, layout, QUERIES, nowMs, tally);
}
