import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isBlocked } from '../../dictionaries/safety/blocklist.ts';
import { findPersonalData } from '../../dictionaries/safety/personal-data.ts';
import { TrendingStore } from '../../serving/surfaces/live/trending-store.ts';
import { replaySnapshot } from './trending-replay.ts';

const DAY_MS = 86_400_000;
const MERGED = 'und';
/** Points of the log's relative popularity that stand for one user. */
const POINTS_A_USER = 5;
const WARM_UP_DAYS = 7;

/** What a month of a public log by day and country comes to; numbers alone. */
export interface BingOutcome {
  readonly events: number;
  readonly countries: number;
  /** Days after the warm-up, and of them those with a trend over all. */
  readonly days: number;
  readonly daysWithTrends: number;
  readonly meanTrends: number;
  /** Countries that had a trend of their own at the end of some day. */
  readonly countriesWithTrends: number;
  /** Different queries among the lists over all. */
  readonly distinctEntries: number;
  readonly unsafeEntries: number;
}

/**
 * Replays the public log of January 2020 through a store, as a smoke test: its counts are relative popularities, each five points of which are taken for a user. Null
 * where the file is not there.
 */
export function replayBing(): BingOutcome | null {
  const folder = process.env.FORETYPE_REAL_DATA ?? '../shared/data';
  const file = path.join(folder, 'queries', 'bing-2020-01-by-country.tsv');
  if (!existsSync(file)) return null;
  const rows = readFileSync(file, 'utf8').split('\n').slice(1).filter(Boolean);
  const days = new Map<string, string[]>();
  for (const row of rows) {
    const date = row.split('\t', 1)[0]!;
    const ofDay = days.get(date);
    if (ofDay === undefined) days.set(date, [row]);
    else ofDay.push(row);
  }
  const store = new TrendingStore();
  store.useSnapshot(replaySnapshot(5));
  const countries = new Set<string>();
  const withTrends = new Set<string>();
  const entries = new Set<string>();
  let events = 0;
  let judged = 0;
  let daysWithTrends = 0;
  let listed = 0;
  let unsafeEntries = 0;
  for (const [date, ofDay] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const dayMs = Date.parse(date);
    for (const row of ofDay) {
      const [, query = '', , country = '', points = '0'] = row.split('\t');
      countries.add(country);
      const users = Math.max(1, Math.round(Number(points) / POINTS_A_USER));
      for (let user = 0; user < users; user++) {
        store.apply({
          event: {
            type: 'search',
            eventId: String(events),
            query,
            atMs: dayMs + ((events * 7_919) % 1_440) * 60_000,
          },
          arrivedMs: dayMs,
          user: `user-${events++}`,
          session: null,
          market: country,
        });
      }
    }
    const nowMs = dayMs + DAY_MS - 1;
    if (nowMs - Date.parse([...days.keys()].sort()[0]!) < WARM_UP_DAYS * DAY_MS) continue;
    judged++;
    const { queries } = store.trendingIn(MERGED, nowMs);
    if (queries.length > 0) daysWithTrends++;
    listed += queries.length;
    for (const { query } of queries) {
      entries.add(query);
      if (isBlocked(query) || findPersonalData(query) !== null) unsafeEntries++;
    }
    for (const country of countries) {
      if (store.trendingIn(country, nowMs).queries.length > 0) withTrends.add(country);
    }
  }
  return {
    events,
    countries: countries.size,
    days: judged,
    daysWithTrends,
    meanTrends: judged === 0 ? 0 : listed / judged,
    countriesWithTrends: withTrends.size,
    distinctEntries: entries.size,
    unsafeEntries,
  };
}
