import { parseColumnMapping } from './input/column-mapping.ts';
import { checkQueryLog, type QueryLogLayout, readQueryLog } from './input/query-log.ts';
import { RowTally } from './input/row-tally.ts';

/** A row of a log that an index is measured against. */
export interface HeldOutRow {
  /** Milliseconds since the epoch; null when the row does not say. */
  readonly at: number | null;
  readonly user: string | null;
  readonly query: string;
  /** Canonical BCP 47 tag; null for `und`. */
  readonly market: string | null;
  /** Searches that the row stands for. */
  readonly count: number;
}

/** How its files are to be read: the options of `foretype index` by the same names. */
export interface HeldOutLayout {
  readonly columns: readonly string[];
  readonly noHeader: boolean;
  readonly timeFormat: string | null;
}

/**
 * The rows of a query log as `foretype index` reads them, neither cleaned nor counted, in the log's order and in bounded memory.
 * Rows without a query are left out; too many malformed rows throw, as they do there. Times without a date belong to the
 * first day of the epoch: only their order can matter here.
 */
export async function* readHeldOutLog(
  files: readonly string[],
  options: HeldOutLayout,
  nowMs: number,
): AsyncGenerator<HeldOutRow> {
  const layout: QueryLogLayout = {
    columns: parseColumnMapping(options.columns, '--columns'),
    hasHeader: !options.noHeader,
    times: { format: options.timeFormat ?? undefined, asOfUs: 0 },
  };
  await checkQueryLog(files, layout);
  for await (const rows of readQueryLog(files, layout, nowMs, new RowTally(undefined))) {
    for (const row of rows) {
      yield {
        at: row.atUs === undefined ? null : Math.floor(row.atUs / 1000),
        user: row.user ?? null,
        query: row.query,
        market: row.market ?? null,
        count: row.count ?? row.users ?? 1,
      };
    }
  }
}
