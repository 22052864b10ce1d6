import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileTimePattern, isRealDate, utcDateMs } from '../../../indexer/input/strptime.ts';

function read(pattern: string, text: string): string {
  const atUs = compileTimePattern(pattern).read(text);
  return Number.isNaN(atUs) ? 'malformed' : new Date(atUs / 1000).toISOString();
}

const instant = fc.date({
  min: new Date('1700-01-01T00:00:00Z'),
  max: new Date('2250-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

describe('strptime', () => {
  test('reads back any instant that was written with all its numbers', () => {
    fc.assert(
      fc.property(instant, (date) => {
        const iso = date.toISOString();
        expect(read('%Y-%m-%dT%H:%M:%S.%fZ', iso)).toBe(iso);
        expect(read('%Y%m%d%H%M%S%f', iso.replace(/[^0-9]/g, ''))).toBe(iso);
        expect(read('%s', String(Math.floor(date.getTime() / 1000)))).toBe(
          new Date(Math.floor(date.getTime() / 1000) * 1000).toISOString(),
        );
      }),
    );
  });

  test.each([
    ['%y%m%d%H%M%S', '970916153045', '1997-09-16T15:30:45.000Z'],
    ['%y-%m-%d', '68-01-02', '2068-01-02T00:00:00.000Z'],
    ['%y-%m-%d', '69-01-02', '1969-01-02T00:00:00.000Z'],
    ['%d/%b/%Y:%T %z', '02/Jan/2020:03:04:05 +0530', '2020-01-01T21:34:05.000Z'],
    ['%A, %B %e %Y %I:%M %p', 'Thursday, February  6 2020 12:05 AM', '2020-02-06T00:05:00.000Z'],
    ['%a %b %d %Y %I%p', 'thu MAY 7 2020 3pm', '2020-05-07T15:00:00.000Z'],
    ['%Y-%j', '2020-366', '2020-12-31T00:00:00.000Z'],
    ['%Y-%j', '2019-366', 'malformed'],
    ['%F %R', '2020-02-29 23:59', '2020-02-29T23:59:00.000Z'],
    ['%F', '2019-02-29', 'malformed'],
    ['%F', '2020-04-31', 'malformed'],
    ['%D', '1/2/03', '2003-01-02T00:00:00.000Z'],
    ['%Y%%%m%%%d', '2020%01%02', '2020-01-02T00:00:00.000Z'],
    ['%F', '2020-01-02 x', 'malformed'],
    ['%F', '2020-01', 'malformed'],
    ['%F %H', '2020-01-02 24', 'malformed'],
    ['%F%n%T', '2020-01-02 \t 23:59:60', '2020-01-03T00:00:00.000Z'],
    ['%F %T%z', '2020-01-02 00:00:00Z', '2020-01-02T00:00:00.000Z'],
    ['%F %T%z', '2020-01-02 00:00:00-01:30', '2020-01-02T01:30:00.000Z'],
  ])('%s reads %s as %s', (pattern, text, expected) => {
    expect(read(pattern, text)).toBe(expected);
  });

  test('tells what a pattern has', () => {
    expect(compileTimePattern('%H:%M:%S')).toMatchObject({ hasDate: false, hasTimeOfDay: true });
    expect(compileTimePattern('%F')).toMatchObject({ hasDate: true, hasTimeOfDay: false });
    expect(compileTimePattern('%s')).toMatchObject({ hasDate: true, hasTimeOfDay: true });
    expect(compileTimePattern('%H:%M').read('01:02')).toBe(3_720_000_000);
  });

  test.each([
    ['%Q', /unknown directive "%Q"/],
    ['%', /unknown directive "%"/],
    ['%m-%d', /only a part of a date/],
    ['%H %Y', /only a part of a date/],
    ['hello', /neither a date nor a time/],
  ])('refuses the pattern %s', (pattern, message) => {
    expect(() => compileTimePattern(pattern)).toThrow(message);
    expect(() => compileTimePattern(pattern)).toThrow(
      expect.objectContaining({ name: 'UsageError' }),
    );
  });

  test('counts days like Date does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9999 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
        (year, month, day) => {
          const date = new Date(0);
          date.setUTCFullYear(year, month - 1, day);
          expect(isRealDate(year, month, day)).toBe(date.getUTCDate() === day);
          if (isRealDate(year, month, day))
            expect(utcDateMs(year, month, day)).toBe(date.getTime());
        },
      ),
    );
  });
});
