import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import {
  type LateCounts,
  SPREAD_STEPS,
  type TrendArrays,
  TrendSectionTable,
  WINDOWS,
} from './trend-section-table.ts';

export type { LateCounts } from './trend-section-table.ts';

/**
 * How often completions were searched lately: what was usual before the last week, and the week, day and hour before as-of, by market. What is searched
 * now is compared with it. The section is missing where the log has no times, and in files before it.
 */
const NAME = 'trends';
/** All markets merged. */
const MERGED = 'und';

/** A completion's late counts in one market. */
export interface LateCompletion extends LateCounts {
  /** Number in the order in which completions were added. */
  readonly input: number;
  /** Variance of its daily counts over that of chance; null where too little is known. */
  readonly spread: number | null;
  /** Whether it may be rising at as-of: only then are its day and hour kept. */
  readonly isRecent: boolean;
}

export interface LateMarket {
  /** `und` for all markets merged. */
  readonly market: string;
  /** Of all searches. */
  readonly all: LateCounts;
  readonly completions: readonly LateCompletion[];
}

export interface LateSearches {
  readonly markets: readonly LateMarket[];
  /** Completions with fewer searches over the time that is looked at are left out. */
  readonly leastSearches: number;
}

/** Adds the sections `trends.*`; the same input gives the same bytes. */
export function writeTrends(
  builder: ContainerBuilder,
  { markets, leastSearches }: LateSearches,
  inputToId: Uint32Array,
): void {
  const sorted = [...markets].sort((a, b) => (a.market < b.market ? -1 : 1));
  const rows = sorted.map(({ completions }) =>
    completions
      .map((late) => ({ ...late, id: inputToId[late.input]! }))
      .sort((a, b) => a.id - b.id),
  );
  const recent = rows.map((table) =>
    table.map((late, row) => ({ ...late, row })).filter(({ isRecent }) => isRecent),
  );
  const all = rows.flat();
  const late = recent.flat();
  builder.add(`${NAME}.tags`, Buffer.from(sorted.map(({ market }) => market).join('\u0000')));
  builder.add(
    `${NAME}.totals`,
    Float64Array.from(sorted.flatMap(({ all: { windows, before } }) => [...windows, before])),
  );
  builder.add(`${NAME}.least`, Uint32Array.of(leastSearches));
  builder.add(`${NAME}.starts`, startsOf(rows));
  builder.add(
    `${NAME}.ids`,
    Uint32Array.from(all, ({ id }) => id),
  );
  builder.add(
    `${NAME}.before`,
    Float32Array.from(all, ({ before }) => before),
  );
  builder.add(
    `${NAME}.week`,
    Uint32Array.from(all, ({ windows }) => windows[2]),
  );
  builder.add(
    `${NAME}.spread`,
    Uint8Array.from(all, ({ spread }) => encodeSpread(spread)),
  );
  builder.add(`${NAME}.recentstarts`, startsOf(recent));
  builder.add(
    `${NAME}.recent`,
    Uint32Array.from(late, ({ row }) => row),
  );
  builder.add(
    `${NAME}.hour`,
    Uint32Array.from(late, ({ windows }) => windows[0]),
  );
  builder.add(
    `${NAME}.day`,
    Uint32Array.from(late, ({ windows }) => windows[1]),
  );
}

function startsOf(tables: readonly (readonly unknown[])[]): Uint32Array {
  const starts = new Uint32Array(tables.length + 1);
  tables.forEach((table, i) => {
    starts[i + 1] = starts[i]! + table.length;
  });
  return starts;
}

function encodeSpread(spread: number | null): number {
  if (spread === null) return 0;
  return Math.min(255, 1 + Math.max(0, Math.round((spread - 1) * SPREAD_STEPS)));
}

/** The late counts of a segment, a table a market and one of all merged. */
export class TrendSections {
  private readonly tags: readonly string[];
  private readonly arrays: TrendArrays;

  private constructor(container: Container) {
    this.tags = Buffer.from(container.uint8(`${NAME}.tags`))
      .toString('utf8')
      .split('\u0000');
    this.arrays = {
      totals: container.float64(`${NAME}.totals`),
      least: container.uint32(`${NAME}.least`),
      starts: container.uint32(`${NAME}.starts`),
      ids: container.uint32(`${NAME}.ids`),
      before: container.float32(`${NAME}.before`),
      week: container.uint32(`${NAME}.week`),
      spread: container.uint8(`${NAME}.spread`),
      recentStarts: container.uint32(`${NAME}.recentstarts`),
      recent: container.uint32(`${NAME}.recent`),
      hour: container.uint32(`${NAME}.hour`),
      day: container.uint32(`${NAME}.day`),
    };
    const { arrays } = this;
    const tables = this.tags.length;
    const rows = arrays.ids.length;
    const isWhole =
      arrays.totals.length === tables * (WINDOWS + 1) &&
      arrays.least.length === 1 &&
      [arrays.starts, arrays.recentStarts].every(({ length }) => length === tables + 1) &&
      arrays.starts[tables] === rows &&
      [arrays.before, arrays.week, arrays.spread].every(({ length }) => length === rows) &&
      arrays.recentStarts[tables] === arrays.recent.length &&
      [arrays.hour, arrays.day].every(({ length }) => length === arrays.recent.length);
    if (!isWhole) {
      throw new SegmentError('bad-section', `segment sections '${NAME}.*': their lengths disagree`);
    }
  }

  /** Those of a segment; null where it has none. */
  static open(container: Container): TrendSections | null {
    return container.has(`${NAME}.tags`) ? new TrendSections(container) : null;
  }

  /** The table of a market; of all merged for `und`, and where the segment tells no markets apart. Null for one that it does not have. */
  tableOf(market: string): TrendSectionTable | null {
    const own = this.tags.indexOf(market);
    const table = own < 0 && this.tags.length === 1 ? this.tags.indexOf(MERGED) : own;
    return table < 0 ? null : new TrendSectionTable(this.arrays, table);
  }

  /** @throws SegmentError when an order invariant does not hold. */
  verify(completions: number): void {
    const { starts, ids, recentStarts, recent, before, totals } = this.arrays;
    for (let table = 0; table < this.tags.length; table++) {
      if (table > 0 && !(this.tags[table]! > this.tags[table - 1]!)) {
        throw fault('tags', table, 'expected ascending tags');
      }
      verifyAscending('ids', ids, starts, table, completions);
      const rows = starts[table + 1]! - starts[table]!;
      verifyAscending('recent', recent, recentStarts, table, rows);
    }
    for (const [section, values] of [
      ['before', before],
      ['totals', totals],
    ] as const) {
      values.forEach((value, i) => {
        if (!(value >= 0 && value < Infinity)) {
          throw fault(section, i, `expected a finite count, got ${value}`);
        }
      });
    }
  }
}

function verifyAscending(
  section: string,
  values: Uint32Array,
  starts: Uint32Array,
  table: number,
  limit: number,
): void {
  if (starts[table]! > starts[table + 1]!) {
    throw fault(section, table, 'expected ascending starts');
  }
  for (let i = starts[table]!; i < starts[table + 1]!; i++) {
    if (values[i]! >= limit || (i > starts[table]! && values[i]! <= values[i - 1]!)) {
      throw fault(section, i, `expected ascending numbers below ${limit}, got ${values[i]}`);
    }
  }
}

function fault(section: string, entry: number, what: string): SegmentError {
  return new SegmentError(
    'broken-order',
    `segment section '${NAME}.${section}', entry ${entry}: ${what}`,
  );
}
