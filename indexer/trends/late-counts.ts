import type { LateCounts } from '../segment/trend-section.ts';

/** Days before as-of that are looked at, the last of which are the week. */
export const DAYS_READ = 35;
const WEEK_DAYS = 7;
/** What lies before the week weighs half after so many days. */
const HALF_LIFE_DAYS = 14;
/** Searches before the week from which their spread over the days can be told. */
const LEAST_FOR_SPREAD = 8;
/** A completion is recent when its share in a window is so many times what it was before. */
const LEAST_RISE = 1.5;

/** Users by day before as-of (0 the last 24 hours) and in the last hour, of a completion or of everything. */
export class DayCounts {
  readonly days = new Float64Array(DAYS_READ);
  lastHour = 0;

  add(day: number, users: number, hourUsers: number): void {
    if (day < 0 || day >= DAYS_READ) return;
    this.days[day]! += users;
    this.lastHour += hourUsers;
  }

  get sum(): number {
    return this.days.reduce((sum, users) => sum + users, 0);
  }

  late(): LateCounts {
    const { days } = this;
    let week = 0;
    let before = 0;
    for (let day = 0; day < DAYS_READ; day++) {
      if (day < WEEK_DAYS) week += days[day]!;
      else before += days[day]! * 2 ** (-(day - WEEK_DAYS + 0.5) / HALF_LIFE_DAYS);
    }
    return { windows: [this.lastHour, days[0]!, week], before };
  }

  /**
   * Variance of the daily counts before the week over that of a Poisson process with the same share of all searches (Pearson's statistic by its degrees of
   * freedom), at least 1; null where it cannot be told.
   */
  spreadWithin(all: DayCounts): number | null {
    let own = 0;
    let total = 0;
    let squares = 0;
    let days = 0;
    for (let day = WEEK_DAYS; day < DAYS_READ; day++) {
      if (all.days[day]! === 0) continue;
      days++;
      own += this.days[day]!;
      total += all.days[day]!;
      squares += this.days[day]! ** 2 / all.days[day]!;
    }
    if (own < LEAST_FOR_SPREAD || days < WEEK_DAYS) return null;
    return Math.max(1, ((squares * total) / own - own) / (days - 1));
  }
}

/** Whether so many users searched it in a window, and so much more than before, that it may be rising. */
export function mayRise(own: LateCounts, all: LateCounts, minUsers: number): boolean {
  const ownAll = own.windows[2] + own.before;
  const allAll = all.windows[2] + all.before;
  return own.windows.some((count, window) => {
    const total = all.windows[window]!;
    return count >= minUsers && count * (allAll - total) > LEAST_RISE * (ownAll - count) * total;
  });
}
