import { normalise } from '../../dictionaries/normalise.ts';
import type { TrendingQuery } from '../../serving/surfaces/live/trending-store.ts';
import type { LogRow } from '../simulate/day-log.ts';

const DAY_MS = 86_400_000;

/** A text that trended without a planted burst, and what was behind it in the day before it was first seen. */
export interface FalseTrend {
  readonly market: string;
  readonly query: string;
  /** Full hours at which it was listed. */
  hours: number;
  readonly firstMs: number;
  readonly window: string;
  readonly bits: number;
  readonly ratio: number;
  /** Distinct users of that day, and its rows by kind and intent: `search/head`, `trace/none`, … */
  readonly users: number;
  readonly rows: Readonly<Record<string, number>>;
}

/** Explains what trends without having been planted, from the truth about each row, which the store never sees. */
export class FalseTrends {
  readonly #known = new Map<string, FalseTrend>();
  #rows: readonly LogRow[] = [];
  #entries = 0;

  /** Entries that were noted. */
  get entries(): number {
    return this.#entries;
  }

  /** Takes the rows of the day that begins, by time; those of the day before are kept. */
  beginDay(rows: readonly LogRow[]): void {
    const first = rows[0]?.atMs ?? 0;
    this.#rows = [...this.#rows.filter(({ atMs }) => atMs >= first - 2 * DAY_MS), ...rows];
  }

  note(market: string, entry: TrendingQuery, nowMs: number): void {
    this.#entries++;
    const key = `${market} ${entry.query}`;
    const known = this.#known.get(key);
    if (known !== undefined) known.hours++;
    else this.#known.set(key, this.#explain(market, entry, nowMs));
  }

  /** All of them, longest seen first. */
  list(): readonly FalseTrend[] {
    return [...this.#known.values()].sort((a, b) => b.hours - a.hours || a.firstMs - b.firstMs);
  }

  #explain(market: string, entry: TrendingQuery, nowMs: number): FalseTrend {
    const users = new Set<string>();
    const rows: Record<string, number> = {};
    for (const row of this.#rows) {
      if (row.atMs > nowMs || row.atMs <= nowMs - DAY_MS) continue;
      if (market !== 'und' && row.market !== market) continue;
      if (normalise(row.query) !== entry.query) continue;
      users.add(row.user);
      const kind = `${row.kind}/${row.intent}`;
      rows[kind] = (rows[kind] ?? 0) + 1;
    }
    const { query, window, bits, ratio } = entry;
    return {
      market,
      query,
      hours: 1,
      firstMs: nowMs,
      window,
      bits,
      ratio,
      users: users.size,
      rows,
    };
  }
}
