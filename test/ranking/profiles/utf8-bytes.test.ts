import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Bytes } from '../../../ranking/profiles/utf8-bytes.ts';

test('texts take as many bytes as they are encoded in, half characters among them', () => {
  const unit = fc.constantFrom(
    'a',
    'é',
    '東',
    '\ud83d',
    '\ude00',
    '😀',
    '\uffff',
    '\u07ff',
    '\u0800',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(unit).map((units) => units.join('')),
  );
  fc.assert(
    fc.property(text, (any) => {
      expect(utf8Bytes(any)).toBe(Buffer.byteLength(any));
    }),
    { numRuns: 1_000 },
  );
});
