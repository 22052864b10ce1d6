import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signatureOf } from '../../../indexer/segment/signatures.ts';
import { codePointPrefixes, mixedText } from '../../support/text-arbitraries.ts';

describe('signatureOf', () => {
  it('asks of a beginning no bit that a term beginning so has not', () => {
    fc.assert(
      fc.property(mixedText(6), (term) => {
        const whole = signatureOf(term, true);
        for (const prefix of codePointPrefixes(term)) {
          const asked = signatureOf(prefix, false);
          expect(whole & asked).toBe(asked);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('tells most terms apart that begin with other letters', () => {
    const terms = [...'abcdefghijklmnopqrstuvwxyz'].flatMap((a) =>
      ['', 'a', 'n'].map((b) => a + b),
    );
    const signatures = new Set(terms.map((term) => signatureOf(term, true)));
    expect(signatures.size).toBeGreaterThan(terms.length / 2);
    expect(signatureOf('', false)).toBe(0);
  });
});
