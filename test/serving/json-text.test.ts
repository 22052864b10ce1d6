import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesOfJson,
  bytesOfText,
  inOnePiece,
  jsonOf,
  jsonOfMillionths,
  jsonOfNumber,
} from '../../serving/json-text.ts';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\0', '\x7f', 'é', '\n', '\u2028', '\ud800', '😀', 'a'),
  }),
);

describe('jsonOf', () => {
  it('writes what JSON.stringify writes', () => {
    fc.assert(
      fc.property(text, (each) => {
        expect(jsonOf(each)).toBe(JSON.stringify(each));
      }),
    );
  });
});

describe('jsonOfNumber', () => {
  it('writes finite numbers as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(jsonOfNumber(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('writes numbers with few decimals as JSON.stringify does', () => {
    const millionths = fc.integer({ min: -2_000_000, max: 2_000_000 });
    fc.assert(
      fc.property(millionths, fc.constantFrom(1e6, 1e7, 10, 3), (value, divisor) => {
        const number = value / divisor;
        expect(jsonOfNumber(number)).toBe(JSON.stringify(number));
      }),
      { numRuns: 2_000 },
    );
    for (const edge of [0, -0, 1, 0.5, 1e-6, 1e-7, 0.999_999, 0.1, 0.100_001, 1e21, 5e-324]) {
      expect(jsonOfNumber(edge)).toBe(JSON.stringify(edge));
    }
  });
});

describe('bytesOfText', () => {
  it('gives UTF-8, a code unit a byte', () => {
    fc.assert(
      fc.property(text, (each) => {
        expect(Buffer.from(bytesOfText(each), 'latin1')).toEqual(Buffer.from(each));
      }),
    );
  });
});

describe('bytesOfJson', () => {
  it('gives the UTF-8 of the JSON', () => {
    fc.assert(
      fc.property(text, (each) => {
        expect(bytesOfJson(each)).toBe(bytesOfText(JSON.stringify(each)));
      }),
    );
  });
});

describe('jsonOfMillionths', () => {
  it('writes each as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (millionths) => {
        expect(jsonOfMillionths(millionths)).toBe(JSON.stringify(millionths / 1e6));
      }),
      { numRuns: 2_000 },
    );
    for (const millionths of [1, 10, 999, 1000, 500_000, 999_999, 1_000_000]) {
      expect(jsonOfMillionths(millionths)).toBe(JSON.stringify(millionths / 1e6));
    }
  });
});

describe('inOnePiece', () => {
  it('gives the same text', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(inOnePiece(one + other)).toBe(one + other);
      }),
    );
  });
});
