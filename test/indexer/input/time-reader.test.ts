import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAsOf, TimeReader } from '../../../indexer/input/time-reader.ts';

const AS_OF_US = Date.parse('2008-06-01T12:00:00Z') * 1000;

function read(text: string): string {
  const atUs = new TimeReader({}).read(text);
  return Number.isNaN(atUs) ? 'malformed' : new Date(atUs / 1000).toISOString();
}

describe('times of rows', () => {
  test('any ISO 8601 instant and its epoch milliseconds are read alike', () => {
    const instant = fc.date({
      min: new Date('1700-01-01T00:00:00Z'),
      max: new Date('2250-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, (date) => {
        expect(read(date.toISOString())).toBe(date.toISOString());
        expect(read(String(date.getTime()))).toBe(date.toISOString());
      }),
    );
  });

  test.each([
    ['2020-01-02', '2020-01-02T00:00:00.000Z'],
    ['2020-01-02 03:04', '2020-01-02T03:04:00.000Z'],
    ['2020-01-02T03:04:05', '2020-01-02T03:04:05.000Z'],
    ['2020-01-02 03:04:05.25', '2020-01-02T03:04:05.250Z'],
    ['2020-01-02T03:04:05,5Z', '2020-01-02T03:04:05.500Z'],
    ['2020-01-02T03:04:05+02:00', '2020-01-02T01:04:05.000Z'],
    ['2020-01-02T03:04:05.123-0130', '2020-01-02T04:34:05.123Z'],
    ['2020-01-02 03:04:05 +02', '2020-01-02T01:04:05.000Z'],
    ['20200102T030405Z', '2020-01-02T03:04:05.000Z'],
    ['1577934245000', '2020-01-02T03:04:05.000Z'],
    ['1577934245000.0', '2020-01-02T03:04:05.000Z'],
    ['0', '1970-01-01T00:00:00.000Z'],
    ['-1000', '1969-12-31T23:59:59.000Z'],
    ['2020-02-30', 'malformed'],
    ['2020-02-30T00:00:00Z', 'malformed'],
    ['2020-13-01', 'malformed'],
    ['2020-01-02T24:00:00Z', 'malformed'],
    ['2020-01-02T03:61:00Z', 'malformed'],
    ['2020-01-02T03:04:05.12x', 'malformed'],
    ['2020-01-0203:04:05', 'malformed'],
    ['yesterday', 'malformed'],
    ['1e12', 'malformed'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('a time without a date takes the as-of date, and needs one', () => {
    const reader = new TimeReader({ asOfUs: AS_OF_US });
    expect(reader.read('00:00:07')).toBe(Date.parse('2008-06-01T00:00:07Z') * 1000);
    expect(reader.isTimeOfDay).toBe(true);
    const formatted = new TimeReader({ format: '%H:%M:%S', asOfUs: AS_OF_US });
    expect(formatted.read('23:59:59')).toBe(Date.parse('2008-06-01T23:59:59Z') * 1000);
    expect(() => new TimeReader({}).read('00:00:07')).toThrow(/--as-of/);
    expect(() => new TimeReader({ format: '%H:%M' })).toThrow(/--as-of/);
  });

  test('tells a date from an instant', () => {
    const reader = new TimeReader({});
    reader.read('2020-01-02');
    expect(reader.isExact).toBe(false);
    reader.read('2020-01-02T00:00:00Z');
    expect(reader.isExact).toBe(true);
  });
});

describe('--as-of', () => {
  test('a date takes in its whole day, an instant ends with itself', () => {
    const midnight = Date.parse('2020-01-02T00:00:00Z') * 1000;
    expect(parseAsOf('2020-01-02')).toEqual({
      atUs: midnight,
      lastUs: midnight + 86_400_000_000 - 1,
    });
    expect(parseAsOf('2020-01-02T00:00:00Z')).toEqual({ atUs: midnight, lastUs: midnight });
  });

  test.each(['soon', '12:00:00', '2020-02-30', ''])('refuses %j', (text) => {
    expect(() => parseAsOf(text)).toThrow(/--as-of: expected ISO 8601/);
  });
});
