import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonBytes } from '../../../serving/http/json-bytes.ts';

/** `take` gives bytes as code units. */
const decode = (bytes: string) => Buffer.from(bytes, 'latin1').toString();

describe('JsonBytes', () => {
  const writer = new JsonBytes();

  it('writes any string as JSON.stringify does, in UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decode(writer.string(text).take())).toBe(JSON.stringify(text));
      }),
    );
  });

  it.each(['\ud800', 'a\udc00b', '\0', '"', '\\', '\u007f', '\u0080', '\u2028', '😀', ''])(
    'writes %j as JSON.stringify does',
    (text) => {
      expect(decode(writer.string(text).take())).toBe(JSON.stringify(text));
    },
  );

  it('writes finite numbers as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(decode(writer.number(value).take())).toBe(JSON.stringify(value));
      }),
    );
  });

  it('writes numbers with few decimals as JSON.stringify does', () => {
    const millionths = fc.integer({ min: -2_000_000, max: 2_000_000 });
    fc.assert(
      fc.property(millionths, fc.constantFrom(1e6, 1e7, 10, 3), (value, divisor) => {
        const number = value / divisor;
        expect(decode(writer.number(number).take())).toBe(JSON.stringify(number));
      }),
      { numRuns: 2_000 },
    );
    for (const edge of [0, -0, 1, 0.5, 1e-6, 1e-7, 0.000_001, 0.1, 0.100_001, 1e21, 5e-324]) {
      expect(decode(writer.number(edge).take())).toBe(JSON.stringify(edge));
    }
  });

  it('forgets what was not taken when it is cleared', () => {
    writer.string('left behind');
    expect(decode(writer.clear().string('x').take())).toBe('"x"');
  });

  it('grows for long texts, whatever they take, and keeps what was there', () => {
    for (const unit of ['a', '\u0001', '北', '😀']) {
      const long = unit.repeat(50_000);
      const written = decode(writer.ascii('[1,').string(long).ascii(']').take());
      expect(written).toBe(`[1,${JSON.stringify(long)}]`);
    }
  });

  it('gives bytes that later writing leaves alone', () => {
    const first = writer.string('first').take();
    writer.string('other').take();
    expect(decode(first)).toBe('"first"');
  });
});
