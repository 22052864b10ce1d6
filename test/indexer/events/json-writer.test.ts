import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonWriter } from '../../../indexer/events/json-writer.ts';

function written(value: unknown): string {
  const writer = new JsonWriter();
  writer.value(value);
  return writer.take().toString();
}

/** Texts of every kind: of ASCII, with what JSON escapes, with lone surrogates, of any length. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\u007f', 'é', '京', '👩', '\ud800') }),
  fc.string({ maxLength: 2_000 }),
);
/** Numbers of every kind, of those that have a way of their own in the writer as well. */
const number = fc.oneof(
  fc.double(),
  fc.maxSafeInteger(),
  fc.nat(),
  fc.integer({ min: 0, max: 2 ** 32 }),
  fc.nat(1_000_000).map((millionths) => millionths / 1e6),
  fc.nat(1_000).map((thousandths) => thousandths / 1e3),
  fc.constantFrom(0, -0, 1, 9, 10, 2 ** 32 - 1, 2 ** 32, 1e9, 1e15, 2 ** 53 - 1, 2 ** 53, 1e21),
  fc.constantFrom(1e-6, 1e-7, 0.1 + 0.2, 0.3, Number.NaN, Number.POSITIVE_INFINITY),
);
const { value: json } = fc.letrec((tie) => ({
  leaf: fc.oneof(text, number, fc.boolean(), fc.constantFrom(null, undefined)),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 8 }),
    fc.dictionary(text, tie('value'), { maxKeys: 8 }),
  ),
}));

describe('JsonWriter', () => {
  it('writes any value of JSON as JSON.stringify and UTF-8 do', () => {
    fc.assert(
      fc.property(json, (value) => {
        fc.pre(value !== undefined);
        expect(written(value)).toBe(Buffer.from(JSON.stringify(value)).toString());
      }),
      { numRuns: 2_000 },
    );
  });

  it('writes every code unit, and the numbers around each power of ten', () => {
    for (let unit = 0; unit < 0x1_0000; unit += 1) {
      const value = `a${String.fromCharCode(unit)}b`;
      if (written(value) !== Buffer.from(JSON.stringify(value)).toString()) {
        expect(written(value)).toBe(JSON.stringify(value));
      }
    }
    for (let power = 1; power <= 1e16; power *= 10) {
      for (const value of [power - 1, power, power + 1, 1 / power, -power]) {
        expect(written(value)).toBe(JSON.stringify(value));
      }
    }
  });

  it('writes objects without a prototype, those that say themselves what they are, and a key __proto__', () => {
    for (const value of [
      { at: new Date(0), is: true },
      Object.assign(Object.create(null), { a: [undefined, null, false] }),
      JSON.parse('{"__proto__":{"constructor":"b"},"2":1,"1":2}'),
    ]) {
      expect(written(value)).toBe(JSON.stringify(value));
    }
  });

  it('gives what was written since the last time, as a copy, of whatever length', () => {
    const writer = new JsonWriter();
    const taken = ['x', 'y'.repeat(3_000_000), 'é'.repeat(100_000), 'z'].map((value) => {
      const at = writer.skipWord();
      writer.value(value);
      writer.setWord(at, writer.length);
      return { value, bytes: writer.take() };
    });
    for (const { value, bytes } of taken) {
      expect(bytes.readUInt32LE(0)).toBe(bytes.length);
      expect(bytes.subarray(4).toString() === JSON.stringify(value)).toBe(true);
    }
    expect(writer.take().length).toBe(0);
  });
});
