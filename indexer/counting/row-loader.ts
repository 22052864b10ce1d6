import type { DuckDBAppender } from '@duckdb/node-api';
import type { Workspace } from '../clean/workspace.ts';
import type { QueryRow } from '../input/query-row.ts';
import { type AsOf, isLater } from '../input/time-reader.ts';
import { MarketNumbers } from './market-numbers.ts';
import type { CountingInput } from './query-counter.ts';

/** The most rows that `raw_rows.seq` can number. */
const MOST_ROWS = 0xffff_fffe;

/** Puts the rows of a log into the table `raw_rows` and notes what the log says of times, markets and users. */
export class RowLoader implements CountingInput {
  readonly #appender: DuckDBAppender;
  readonly #asOf: AsOf | undefined;
  readonly #markets = new MarketNumbers();
  #newestUs = Number.NEGATIVE_INFINITY;
  /** Rows that were put in. */
  loaded = 0;
  /** Rows later than `--as-of`, which are left out. */
  afterAsOf = 0;
  /** Rows with neither user nor count. */
  anonymous = 0;
  /** Counted rows with neither user nor users, which no threshold holds back. */
  exempt = 0;
  /** Rows without a time. */
  undated = 0;
  /** The most searches that one row stands for. */
  largestCount = 1;

  private constructor(appender: DuckDBAppender, asOf: AsOf | undefined) {
    this.#appender = appender;
    this.#asOf = asOf;
  }

  static async open(workspace: Workspace, asOf: AsOf | undefined): Promise<RowLoader> {
    return new RowLoader(await workspace.appender('raw_rows'), asOf);
  }

  /** Markets by their number in `raw_rows`; `und` is 0. */
  get markets(): readonly string[] {
    return this.#markets.list();
  }

  /** The instant that ages count from: `--as-of`, or the newest row; undefined when no row has a time. */
  get asOfUs(): number | undefined {
    if (this.#asOf !== undefined) return this.#asOf.atUs;
    return Number.isFinite(this.#newestUs) ? this.#newestUs : undefined;
  }

  add(row: QueryRow): void {
    if (isLater(row, this.#asOf)) {
      this.afterAsOf += 1;
      return;
    }
    this.largestCount = Math.max(this.largestCount, row.count ?? row.users ?? 1);
    if (row.atUs === undefined) this.undated += 1;
    else if (row.atUs > this.#newestUs) this.#newestUs = row.atUs;
    if (row.user === undefined && row.users === undefined) {
      if (row.count === undefined) this.anonymous += 1;
      else this.exempt += 1;
    }
    if (this.loaded >= MOST_ROWS) throw new RangeError(`a log of more than ${MOST_ROWS} rows`);
    this.#append(row);
    this.loaded += 1;
  }

  #append(row: QueryRow): void {
    const appender = this.#appender;
    appender.appendUInteger(this.loaded);
    if (row.atUs === undefined) appender.appendNull();
    else appender.appendDouble(row.atUs);
    appender.appendBoolean(row.isExact);
    if (row.user === undefined) appender.appendNull();
    else appender.appendVarchar(row.user);
    if (row.session === undefined || row.user === undefined) appender.appendNull();
    else appender.appendVarchar(row.session);
    appender.appendVarchar(row.query);
    appender.appendInteger(this.#markets.numberOf(row.market));
    if (row.count === undefined) appender.appendNull();
    else appender.appendDouble(row.count);
    if (row.users === undefined) appender.appendNull();
    else appender.appendDouble(row.users);
    if (row.clicked === undefined) appender.appendNull();
    else appender.appendVarchar(row.clicked);
    if (row.video === undefined) appender.appendNull();
    else appender.appendVarchar(row.video);
    appender.endRow();
  }

  close(): void {
    this.#appender.closeSync();
  }
}
