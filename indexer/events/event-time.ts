const ISO_EXTENDED =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d\d(?::?\d\d)?)?)?$/;
const ISO_BASIC =
  /^(\d{4})(\d\d)(\d\d)[Tt](\d\d)(\d\d)(?:(\d\d)(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d\d(?::?\d\d)?)?$/;
const EPOCH_MS = /^-?\d{1,16}(?:\.\d+)?$/;
/** The first and the last moment that a `Date` can tell. */
const LARGEST_MS = 8.64e15;

/**
 * The moment that a value of JSON tells, in whole milliseconds since the epoch: ISO 8601 (UTC when it names no zone), or epoch
 * milliseconds as a number or its digits. `null` for anything else, dates that the calendar does not have among them.
 */
export function readEventTime(value: unknown): number | null {
  const ms = typeof value === 'string' ? readText(value) : value;
  if (typeof ms !== 'number' || !(Math.abs(ms) <= LARGEST_MS)) return null;
  return Math.floor(ms);
}

function readText(text: string): number {
  const match = ISO_EXTENDED.exec(text) ?? ISO_BASIC.exec(text);
  if (match === null) return EPOCH_MS.test(text) ? Number(text) : Number.NaN;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const dateMs = readDate(Number(year), Number(month), Number(day));
  // A leap second is the first moment of the next minute.
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return Number.NaN;
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const timeMs = seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  return dateMs + timeMs - readOffset(zone);
}

/** Midnight of a date in UTC; NaN for a date that there is not. */
function readDate(year: number, month: number, day: number): number {
  const date = new Date(0);
  // Not `Date.UTC`, which takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? date.getTime()
    : Number.NaN;
}

function readOffset(zone = 'Z'): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
