import { normalise } from '../../dictionaries/normalise.ts';
import type { TrendingQuery } from '../../serving/surfaces/live/trending-store.ts';
import type { LogRow } from '../simulate/day-log.ts';
import type { World } from '../simulate/world.ts';

const DAY_MS = 86_400_000;
/** A video is new for so long after it was published. */
const NEW_VIDEO_MS = 7 * DAY_MS;

/** A text that trended without a planted burst, and what was behind it in the day before it was first seen. */
export interface UnplantedTrend {
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
  /** Whether it rose all the same: a new video leads on to it, and more than half of its searches that day were made with it. */
  readonly isOfNewVideo: boolean;
}

/**
 * Explains what trends without having been planted, from the truth about each row, which the store never sees: by chance, or because a video
 * that was published lately leads on to it, which is a rise that the world makes by itself.
 */
export class UnplantedTrends {
  readonly #known = new Map<string, UnplantedTrend>();
  /** When videos were published, by the normalised searches that lead on from them. */
  readonly #published = new Map<string, number[]>();
  #rows: readonly LogRow[] = [];

  constructor({ catalogue, phrasebook }: Pick<World, 'catalogue' | 'phrasebook'>) {
    for (const { next, publishedMs } of catalogue.videos) {
      for (const { key, variant } of next) {
        const text = normalise(phrasebook.write(key, variant));
        const known = this.#published.get(text);
        if (known === undefined) this.#published.set(text, [publishedMs]);
        else known.push(publishedMs);
      }
    }
  }

  /** Takes the rows of the day that begins, by time; those of the day before are kept. */
  beginDay(rows: readonly LogRow[]): void {
    const first = rows[0]?.atMs ?? 0;
    this.#rows = [...this.#rows.filter(({ atMs }) => atMs >= first - 2 * DAY_MS), ...rows];
  }

  note(market: string, entry: TrendingQuery, nowMs: number): void {
    const key = `${market} ${entry.query}`;
    const known = this.#known.get(key);
    if (known !== undefined) known.hours++;
    else this.#known.set(key, this.#explain(market, entry, nowMs));
  }

  /** All of them, longest seen first. */
  list(): readonly UnplantedTrend[] {
    return [...this.#known.values()].sort((a, b) => b.hours - a.hours || a.firstMs - b.firstMs);
  }

  #explain(market: string, entry: TrendingQuery, nowMs: number): UnplantedTrend {
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
    const isOfNewVideo = this.#isOfNewVideo(query, rows, nowMs);
    return {
      ...{ market, query, hours: 1, firstMs: nowMs, window, bits, ratio },
      ...{ users: users.size, rows, isOfNewVideo },
    };
  }

  #isOfNewVideo(query: string, rows: Readonly<Record<string, number>>, nowMs: number): boolean {
    const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
    if (2 * (rows['search/video'] ?? 0) <= all) return false;
    const published = this.#published.get(query) ?? [];
    return published.some((atMs) => atMs <= nowMs && nowMs - atMs <= NEW_VIDEO_MS);
  }
}
