import { DAY_MS } from './parameters.ts';

/** Writes times in ISO 8601; the date is kept from one call to the next, since rows come by time. */
export class TimeStamp {
  private dayStartMs = Number.NaN;
  private date = '';

  write(atMs: number): string {
    const inDay = atMs - this.dayStartMs;
    if (!(inDay >= 0 && inDay < DAY_MS)) {
      this.dayStartMs = Math.floor(atMs / DAY_MS) * DAY_MS;
      this.date = new Date(this.dayStartMs).toISOString().slice(0, 11);
    }
    const ms = atMs - this.dayStartMs;
    const seconds = Math.floor(ms / 1000);
    return `${this.date}${TWO[Math.floor(seconds / 3600)]}:${TWO[Math.floor(seconds / 60) % 60]}:${TWO[seconds % 60]}.${String(ms % 1000).padStart(3, '0')}Z`;
  }
}

const TWO: readonly string[] = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));
