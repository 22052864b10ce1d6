import type { RowReading } from './row-log.ts';
import { FARTHEST_US, TimeReader, type TimeReading } from './time-reader.ts';

/** How much later than the wall clock a row may be: clocks differ. API.md, "Time". */
const CLOCK_SKEW_US = 5 * 60 * 1e6;
const LONGEST_QUOTE = 80;

/** What a cell holds, as it stands; undefined for a blank one. */
export function present(cell: string | undefined): string | undefined {
  return cell === undefined || isBlank(cell) ? undefined : cell;
}

/** What a cell holds, without the white space around it; undefined for nothing. */
export function trimmed(cell: string | undefined): string | undefined {
  const text = cell?.trim();
  return text === '' ? undefined : text;
}

/** Whether a text is empty, or white space alone that begins with an ASCII one: no other is met in logs, and most texts are told by one look. */
export function isBlank(text: string): boolean {
  return text.length === 0 || (text.charCodeAt(0) <= 32 && text.trim().length === 0);
}

/** A row that cannot be read, and why. */
export function malformed(reason: string): RowReading<never> {
  return { kind: 'malformed', reason };
}

/** A cell as messages show it: JSON, cut when it is long. */
export function quote(cell: string | undefined): string {
  const text = cell ?? '';
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}

/** Reads the cell `at` of rows, by the rules of API.md, "Time". Holds what the row that was read last says. */
export class RowTimes {
  readonly #times: TimeReader;
  readonly #latestUs: number;
  /** Microseconds since the epoch; undefined when the row does not say. */
  atUs: number | undefined;

  /** `nowMs` is the wall clock: a row later than it by over five minutes is malformed. */
  constructor(times: TimeReading, nowMs: number) {
    this.#times = new TimeReader(times);
    this.#latestUs = nowMs * 1000 + CLOCK_SKEW_US;
  }

  /** False when the time is a date alone. */
  get isExact(): boolean {
    return this.#times.isExact;
  }

  /** True when the time had no date of its own. */
  get isTimeOfDay(): boolean {
    return this.atUs !== undefined && this.#times.isTimeOfDay;
  }

  /** Reads a row's time; answers what is wrong with it, null when nothing is. */
  read(cell: string | undefined): string | null {
    const text = present(cell);
    this.atUs = text === undefined ? undefined : this.#times.read(text.trim());
    if (this.atUs === undefined) return null;
    if (!(Math.abs(this.atUs) <= FARTHEST_US)) {
      return `at: expected ${this.#times.expected}, got ${quote(text)}`;
    }
    if (this.atUs > this.#latestUs) {
      return `at: later than the wall clock by over five minutes: ${quote(text)}`;
    }
    return null;
  }
}
