import { usageError } from '../build-error.ts';
import { compileTimePattern, isRealDate, type TimePattern, utcDateMs } from './strptime.ts';

const DAY_US = 86_400_000_000;
/** The farthest from the epoch that a `Date` can be (ECMA-262, 21.4.1.1), in microseconds. */
export const FARTHEST_US = 8.64e18;

const ISO_TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d|60)(?:[.,](\d{1,9}))?)?\s?([Zz]|[+-]\d\d(?::?[0-5]\d)?)?)?$/;
const ISO_BASIC = /^(\d{4})(\d\d)(\d\d)[Tt](\d\d)(\d\d)(\d\d)?([Zz]|[+-]\d{4})?$/;
const TIME_OF_DAY = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d|60)(?:[.,](\d{1,9}))?)?$/;
const EPOCH_MS = /^-?\d{1,16}(?:\.\d+)?$/;

/** What a time is read by, beyond its text. */
export interface TimeReading {
  /** strptime pattern that every time follows; without one, ISO 8601 or epoch milliseconds. */
  readonly format?: string | undefined;
  /** Microseconds since the epoch; a time without a date takes its date (UTC). */
  readonly asOfUs?: number | undefined;
}

/**
 * Reads the times of rows into microseconds since the epoch. Without a zone a time is UTC. A number is always epoch
 * milliseconds (seconds need the format `%s`). `isExact` and `isTimeOfDay` describe the time read last.
 */
export class TimeReader {
  readonly #pattern: TimePattern | undefined;
  readonly #dateUs: number | undefined;
  /** False when it was a date alone, which tells nothing about seconds. */
  isExact = true;
  /** True when it was a time without a date. */
  isTimeOfDay = false;
  /** What a malformed time is told to have been expected to be. */
  readonly expected: string;
  #lastDate = '';
  #lastDateUs = Number.NaN;

  constructor(reading: TimeReading) {
    this.#pattern = reading.format === undefined ? undefined : compileTimePattern(reading.format);
    this.#dateUs =
      reading.asOfUs === undefined ? undefined : Math.floor(reading.asOfUs / DAY_US) * DAY_US;
    if (this.#pattern?.hasDate === false) this.#needDate();
    this.expected =
      reading.format === undefined
        ? 'ISO 8601 or epoch milliseconds'
        : `a time of the form ${JSON.stringify(reading.format)}`;
  }

  /** NaN for text that is no time. */
  read(text: string): number {
    this.isTimeOfDay = false;
    if (this.#pattern === undefined) return this.#readIso(text);
    const atUs = this.#pattern.read(text);
    this.isExact = this.#pattern.hasTimeOfDay;
    if (this.#pattern.hasDate) return atUs;
    this.isTimeOfDay = true;
    return atUs + this.#needDate();
  }

  #readIso(text: string): number {
    const common = this.#readCommonIso(text);
    if (!Number.isNaN(common)) return common;
    const match = ISO_TIME.exec(text) ?? ISO_BASIC.exec(text);
    if (match !== null) return this.#fromIso(match);
    if (EPOCH_MS.test(text)) {
      this.isExact = true;
      return Math.round(Number(text) * 1000);
    }
    const time = TIME_OF_DAY.exec(text);
    if (time === null) return Number.NaN;
    this.isExact = true;
    this.isTimeOfDay = true;
    return this.#needDate() + timeOfDayUs(time[1], time[2], time[3], time[4]);
  }

  /** `YYYY-MM-DDTHH:MM:SS[.fff][Z]`, which nearly every log has; NaN sends anything else the long way. */
  #readCommonIso(text: string): number {
    const { length } = text;
    const separator = text.charCodeAt(10);
    if (length < 19 || length > 24 || (separator !== 0x54 && separator !== 0x20)) return Number.NaN;
    if (text.charCodeAt(13) !== 0x3a || text.charCodeAt(16) !== 0x3a) return Number.NaN;
    let end = length;
    if (text.charCodeAt(end - 1) === 0x5a) end -= 1;
    let milliseconds = 0;
    if (end === 23 && text.charCodeAt(19) === 0x2e) {
      milliseconds = twoDigits(text, 20) * 10 + twoDigits(text, 22, 1);
    } else if (end !== 19) return Number.NaN;
    const date = text.slice(0, 10);
    if (date !== this.#lastDate) {
      const match = ISO_TIME.exec(date);
      if (match === null) return Number.NaN;
      this.#lastDateUs = this.#fromIso(match);
      this.#lastDate = date;
    }
    const hour = twoDigits(text, 11);
    const minute = twoDigits(text, 14);
    const second = twoDigits(text, 17);
    if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN;
    this.isExact = true;
    const seconds = (hour * 60 + minute) * 60 + second;
    return this.#lastDateUs + (seconds * 1000 + milliseconds) * 1000;
  }

  #fromIso(match: RegExpExecArray): number {
    const year = Number(match[1]);
    const month = Number(match[2]);
    const day = Number(match[3]);
    if (!isRealDate(year, month, day)) return Number.NaN;
    this.isExact = match[4] !== undefined;
    const isBasic = match.length === 8;
    const zone = isBasic ? match[7] : match[8];
    const fraction = isBasic ? undefined : match[7];
    if (isBasic && (Number(match[4]) > 23 || Number(match[5]) > 59 || Number(match[6] ?? 0) > 60)) {
      return Number.NaN;
    }
    const timeUs = timeOfDayUs(match[4], match[5], match[6], fraction);
    return utcDateMs(year, month, day) * 1000 + timeUs - offsetUs(zone);
  }

  #needDate(): number {
    if (this.#dateUs === undefined) {
      throw usageError('the time has no date: give the day that such times belong to with --as-of');
    }
    return this.#dateUs;
  }
}

/** The number that `count` digits, one or two, write at a place; NaN for anything else. */
function twoDigits(text: string, at: number, count: 1 | 2 = 2): number {
  const first = text.charCodeAt(at) - 48;
  const second = count === 1 ? 0 : text.charCodeAt(at + 1) - 48;
  if (!(first >= 0 && first <= 9 && second >= 0 && second <= 9)) return Number.NaN;
  return count === 1 ? first : first * 10 + second;
}

function timeOfDayUs(hour = '0', minute = '0', second = '0', fraction = ''): number {
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  return seconds * 1e6 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}

function offsetUs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', ''));
  return (zone.startsWith('-') ? -minutes : minutes) * 60e6;
}

/** What `--as-of` says. */
export interface AsOf {
  readonly atUs: number;
  /** The last moment that belongs to it: the end of the day when only a date was given. */
  readonly lastUs: number;
}

/** Reads `--as-of`: ISO 8601 or epoch milliseconds. A date alone takes in the rows of its whole day. */
export function parseAsOf(text: string): AsOf {
  const reader = new TimeReader({ asOfUs: 0 });
  const atUs = reader.read(text);
  if (Number.isNaN(atUs) || reader.isTimeOfDay || Math.abs(atUs) > FARTHEST_US) {
    throw usageError(
      `--as-of: expected ISO 8601 or epoch milliseconds, got ${JSON.stringify(text)}`,
    );
  }
  return { atUs, lastUs: reader.isExact ? atUs : atUs + DAY_US - 1 };
}

/** Whether a row is later than `--as-of`, and so left out; none is where that was not given. */
export function isLater(
  row: { readonly atUs: number | undefined; readonly isTimeOfDay: boolean },
  asOf: AsOf | undefined,
): boolean {
  // A time without a date took its date from as-of and belongs to that day, whatever the hour.
  return asOf !== undefined && !row.isTimeOfDay && (row.atUs ?? 0) > asOf.lastUs;
}
