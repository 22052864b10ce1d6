import { usageError } from '../build-error.ts';

/** A compiled strptime pattern: what it can tell, and its reader (NaN for text that it does not fit). */
export interface TimePattern {
  readonly hasDate: boolean;
  readonly hasTimeOfDay: boolean;
  /** Microseconds since the epoch, or since midnight when the pattern has no date. */
  read(text: string): number;
}

interface Fields {
  year: number;
  month: number;
  day: number;
  dayOfYear: number;
  hour: number;
  hour12: number;
  isAfternoon: number;
  minute: number;
  second: number;
  microsecond: number;
  offsetMinutes: number;
  epochSeconds: number;
}

/** Reads from `at` on and returns where it stopped, or -1. */
type Step = (text: string, at: number, fields: Fields) => number;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_TAILS = [
  'uary',
  'ruary',
  'ch',
  'il',
  '',
  'e',
  'y',
  'ust',
  'tember',
  'ober',
  'ember',
  'ember',
];
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY_TAILS = ['day', 'sday', 'nesday', 'rsday', 'day', 'urday', 'day'];
const SHORTHANDS: Readonly<Record<string, string>> = {
  T: '%H:%M:%S',
  R: '%H:%M',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
};

/**
 * Compiles a strptime pattern: %Y %y %m %b %B %d %e %j %H %I %p %M %S %f %z %Z %s %a %A %T %R %D %F %n %t %%; white space
 * fits any amount of it, other characters themselves. Numbers may be shorter than their width. Two-digit years pivot as
 * POSIX says: 69 to 99 are 19xx, 00 to 68 are 20xx. Throws wrong usage on other directives and on half a date.
 */
export function compileTimePattern(pattern: string): TimePattern {
  const steps: Step[] = [];
  const used = new Set<string>();
  compile(pattern, steps, used);
  const has = (...names: readonly string[]): boolean => names.some((name) => used.has(name));
  const hasDate =
    has('s') || (has('Y', 'y') && (has('j') || (has('m', 'b', 'B', 'h') && has('d', 'e'))));
  const hasTimeOfDay = has('s', 'H', 'I');
  if (!hasDate && has('Y', 'y', 'm', 'b', 'B', 'h', 'd', 'e', 'j')) {
    throw usageError(
      `--time-format: ${JSON.stringify(pattern)} has only a part of a date; expected year, month and day, or none`,
    );
  }
  if (!hasDate && !hasTimeOfDay) {
    throw usageError(
      `--time-format: ${JSON.stringify(pattern)} has neither a date nor a time of day`,
    );
  }
  return { hasDate, hasTimeOfDay, read: (text) => readTime(text, steps, hasDate) };
}

function compile(pattern: string, steps: Step[], used: Set<string>): void {
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] ?? '';
    if (/\s/.test(character)) steps.push(skipSpace);
    else if (character !== '%') steps.push(literal(character));
    else {
      at += 1;
      const name = pattern[at] ?? '';
      const shorthand = SHORTHANDS[name];
      if (shorthand !== undefined) {
        compile(shorthand, steps, used);
        continue;
      }
      const step = DIRECTIVES[name];
      if (step === undefined) {
        throw usageError(
          `--time-format: unknown directive ${JSON.stringify(`%${name}`)} in ${JSON.stringify(pattern)}`,
        );
      }
      used.add(name);
      steps.push(step);
    }
  }
}

function readTime(text: string, steps: readonly Step[], hasDate: boolean): number {
  const fields: Fields = {
    year: 1970,
    month: 1,
    day: 1,
    dayOfYear: 0,
    hour: 0,
    hour12: -1,
    isAfternoon: 0,
    minute: 0,
    second: 0,
    microsecond: 0,
    offsetMinutes: 0,
    epochSeconds: Number.NaN,
  };
  let at = 0;
  for (const step of steps) {
    at = step(text, at, fields);
    if (at < 0) return Number.NaN;
  }
  if (skipSpace(text, at) !== text.length) return Number.NaN;
  if (!Number.isNaN(fields.epochSeconds)) return fields.epochSeconds * 1e6 + fields.microsecond;
  const hour = fields.hour12 < 0 ? fields.hour : (fields.hour12 % 12) + fields.isAfternoon * 12;
  const timeOfDay = ((hour * 60 + fields.minute - fields.offsetMinutes) * 60 + fields.second) * 1e6;
  const date = hasDate ? dateToUs(fields) : 0;
  return date + timeOfDay + fields.microsecond;
}

function dateToUs(fields: Fields): number {
  const { year, dayOfYear } = fields;
  if (dayOfYear > 0) {
    return dayOfYear > (isLeapYear(year) ? 366 : 365)
      ? Number.NaN
      : utcDateMs(year, 1, dayOfYear) * 1000;
  }
  return isRealDate(year, fields.month, fields.day)
    ? utcDateMs(year, fields.month, fields.day) * 1000
    : Number.NaN;
}

/** Midnight UTC of a date, in milliseconds; unlike Date.UTC, years below 100 are themselves. Days may run over the month. */
export function utcDateMs(year: number, month: number, day: number): number {
  // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": a year that begins in March has its leap day at the end.
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * 146_097 + dayOfEra - 719_468) * 86_400_000;
}

/** Whether the calendar has that day. */
export function isRealDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  if (month === 2) return day <= (isLeapYear(year) ? 29 : 28);
  return day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function skipSpace(text: string, at: number): number {
  let end = at;
  while (end < text.length && /\s/.test(text[end] ?? '')) end += 1;
  return end;
}

function literal(character: string): Step {
  return (text, at) => (text[at] === character ? at + 1 : -1);
}

/** A number of one to `width` digits between two bounds. */
function digits(
  width: number,
  least: number,
  most: number,
  set: (fields: Fields, value: number) => void,
): Step {
  return (text, at, fields) => {
    let end = at;
    let value = 0;
    while (end < at + width) {
      const digit = text.charCodeAt(end) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
      end += 1;
    }
    if (end === at || value < least || value > most) return -1;
    set(fields, value);
    return end;
  };
}

function name(
  heads: readonly string[],
  tails: readonly string[],
  set: (fields: Fields, index: number) => void,
): Step {
  return (text, at, fields) => {
    const index = heads.indexOf(text.slice(at, at + 3).toLowerCase());
    if (index < 0) return -1;
    set(fields, index);
    const tail = tails[index] ?? '';
    const isLong = text.slice(at + 3, at + 3 + tail.length).toLowerCase() === tail;
    return at + 3 + (isLong ? tail.length : 0);
  };
}

const month = name(MONTHS, MONTH_TAILS, (fields, index) => {
  fields.month = index + 1;
});
const weekday = name(DAYS, DAY_TAILS, () => {});
const day = digits(2, 1, 31, (fields, value) => {
  fields.day = value;
});

function readOffset(text: string, at: number, fields: Fields): number {
  const match = /^(?:[Zz]|UTC|GMT|([+-])(\d\d):?(\d\d)?)/.exec(text.slice(at, at + 6));
  if (match === null) return -1;
  const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
  if (minutes > 24 * 60 || Number(match[3] ?? 0) > 59) return -1;
  fields.offsetMinutes = match[1] === '-' ? -minutes : minutes;
  return at + match[0].length;
}

const DIRECTIVES: Readonly<Record<string, Step>> = {
  '%': literal('%'),
  n: skipSpace,
  t: skipSpace,
  Y: digits(4, 0, 9999, (fields, value) => {
    fields.year = value;
  }),
  y: digits(2, 0, 99, (fields, value) => {
    fields.year = value + (value >= 69 ? 1900 : 2000);
  }),
  m: digits(2, 1, 12, (fields, value) => {
    fields.month = value;
  }),
  b: month,
  B: month,
  h: month,
  d: day,
  e: (text, at, fields) => day(text, skipSpace(text, at), fields),
  j: digits(3, 1, 366, (fields, value) => {
    fields.dayOfYear = value;
  }),
  H: digits(2, 0, 23, (fields, value) => {
    fields.hour = value;
  }),
  I: digits(2, 1, 12, (fields, value) => {
    fields.hour12 = value;
  }),
  p: (text, at, fields) => {
    const half = text.slice(at, at + 2).toLowerCase();
    if (half !== 'am' && half !== 'pm') return -1;
    fields.isAfternoon = half === 'pm' ? 1 : 0;
    return at + 2;
  },
  M: digits(2, 0, 59, (fields, value) => {
    fields.minute = value;
  }),
  // 60 is a leap second, taken as the first second of the next minute.
  S: digits(2, 0, 60, (fields, value) => {
    fields.second = value;
  }),
  f: (text, at, fields) => {
    const fraction = /^\d{1,9}/.exec(text.slice(at, at + 9))?.[0];
    if (fraction === undefined) return -1;
    fields.microsecond = Number(fraction.slice(0, 6).padEnd(6, '0'));
    return at + fraction.length;
  },
  z: readOffset,
  Z: readOffset,
  s: (text, at, fields) => {
    const seconds = /^-?\d{1,11}/.exec(text.slice(at, at + 12))?.[0];
    if (seconds === undefined) return -1;
    fields.epochSeconds = Number(seconds);
    return at + seconds.length;
  },
  a: weekday,
  A: weekday,
};
