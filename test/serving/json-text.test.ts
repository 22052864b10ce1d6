import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonOf } from '../../serving/json-text.ts';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\0', '\x7f', '\n', '\u2028', '\ud800', '😀', 'a'),
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
