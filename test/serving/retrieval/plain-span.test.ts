import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignSurface } from '../../../dictionaries/alignment.ts';
import { plainSpan } from '../../../serving/retrieval/plain-span.ts';

const surfaces = fc
  .array(fc.constantFrom(...'abcABC019 -_./\'"@#+&%$()!é́ß手👍'), { maxLength: 12 })
  .map((characters) => characters.join(''));

describe('plainSpan', () => {
  it('agrees with the full alignment wherever it answers', () => {
    let answered = 0;
    fc.assert(
      fc.property(surfaces, fc.nat(), fc.nat(), (surface, a, b) => {
        const { normalised, spanOf } = alignSurface(surface);
        if (normalised === '') return;
        const start = a % normalised.length;
        const end = start + 1 + (b % (normalised.length - start));
        // Spans of whole terms or beginnings of terms: they neither begin nor end with a space.
        if (normalised[start] === ' ' || normalised[end - 1] === ' ') return;
        const span = plainSpan(surface, normalised, start, end);
        if (span === null) return;
        answered++;
        expect(span).toEqual(spanOf(start, end));
      }),
      { numRuns: 20_000 },
    );
    expect(answered).toBeGreaterThan(2_000);
  });

  it('leaves what it cannot tell to the full alignment', () => {
    expect(plainSpan('Straße 8', 'strasse 8', 0, 9)).toBeNull();
    expect(plainSpan('cafe\u0301', 'café', 0, 4)).toBeNull();
    expect(plainSpan('C++ now', 'c++ now', 0, 3)).toBeNull();
    expect(plainSpan('York: castle (new)', 'york castle new', 12, 15)).toEqual({
      start: 14,
      end: 17,
    });
  });
});
