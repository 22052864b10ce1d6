import { canonicalMarket } from '../../dictionaries/market-tag.ts';
import { isBlank, malformed, present, quote, RowTimes } from './row-cells.ts';
import type { RowCells, RowReader, RowReading } from './row-log.ts';
import type { TimeReading } from './time-reader.ts';

/** One row of a query log, checked. */
export interface QueryRow {
  /** Microseconds since the epoch; undefined when the row does not say. */
  readonly atUs: number | undefined;
  /** False when the time is a date alone. */
  readonly isExact: boolean;
  /** True when the time had no date of its own. */
  readonly isTimeOfDay: boolean;
  readonly user: string | undefined;
  readonly session: string | undefined;
  /** As it was written; not empty. */
  readonly query: string;
  /** Canonical BCP 47 tag; undefined for `und`. */
  readonly market: string | undefined;
  /** Searches that the row stands for, when it says. */
  readonly count: number | undefined;
  /** Distinct users that it stands for, when it says. */
  readonly users: number | undefined;
  /** What was opened from the results, when the row says: an id or a URL. */
  readonly clicked?: string | undefined;
  /** Video on screen, when the row says. */
  readonly video?: string | undefined;
}

/** What the index reads of a query log, in the order of a row's cells. */
export const QUERY_CELLS = [
  'at',
  'user',
  'session',
  'query',
  'market',
  'count',
  'users',
  'clicked',
  'video',
] as const;

const LONGEST_QUERY_CODE_POINTS = 1024;
const POSITIVE_NUMBER = /^\+?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Beyond any count that means something, and far enough from infinity for sums. */
const LARGEST_COUNT = 1e100;
const EMPTY: RowReading<QueryRow> = { kind: 'empty' };

/** Turns cells into rows by the rules of API.md, "Inputs" and "What a row counts for". */
export class QueryRowReader implements RowReader<QueryRow> {
  readonly #times: RowTimes;

  /** `nowMs` is the wall clock: a row later than it by over five minutes is malformed. */
  constructor(times: TimeReading, nowMs: number) {
    this.#times = new RowTimes(times, nowMs);
  }

  read(cells: RowCells): RowReading<QueryRow> {
    const query = cells[3];
    if (query === undefined || isBlank(query)) return EMPTY;
    if (query.length > LONGEST_QUERY_CODE_POINTS && isOverlong(query)) {
      return malformed(`the query is longer than ${LONGEST_QUERY_CODE_POINTS} code points`);
    }
    const fault = this.#times.read(cells[0]);
    if (fault !== null) return malformed(fault);
    const countText = present(cells[5]);
    const count = countText === undefined ? undefined : readPositive(countText);
    if (count !== undefined && !(count <= LARGEST_COUNT)) {
      return malformed(
        `count: expected a positive number up to ${LARGEST_COUNT}, got ${quote(countText)}`,
      );
    }
    const usersText = present(cells[6]);
    const users = usersText === undefined ? undefined : readPositive(usersText);
    if (users !== undefined && !Number.isSafeInteger(users)) {
      return malformed(`users: expected a positive whole number, got ${quote(usersText)}`);
    }
    const tag = present(cells[4]);
    const market = tag === undefined ? null : canonicalMarket(tag.trim());
    if (tag !== undefined && market === null) {
      return malformed(`market: expected a BCP 47 tag, got ${quote(tag)}`);
    }
    const row: QueryRow = {
      atUs: this.#times.atUs,
      isExact: this.#times.isExact,
      isTimeOfDay: this.#times.isTimeOfDay,
      user: present(cells[1]),
      session: present(cells[2]),
      query,
      market: market === null || market === 'und' ? undefined : market,
      count,
      users,
      clicked: present(cells[7]),
      video: present(cells[8]),
    };
    return { kind: 'row', row };
  }
}

function isOverlong(query: string): boolean {
  if (query.length > 2 * LONGEST_QUERY_CODE_POINTS) return true;
  return countCodePoints(query) > LONGEST_QUERY_CODE_POINTS;
}

/** Code points of a text; an unpaired surrogate is one. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** NaN for anything but a plain, positive, finite number. */
function readPositive(text: string): number {
  const trimmed = text.trim();
  const value = POSITIVE_NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN;
  return value > 0 && Number.isFinite(value) ? value : Number.NaN;
}
