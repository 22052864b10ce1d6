import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextScan } from '../../../../dictionaries/mentions/text-scan.ts';
import { packWord, WORD_CLASSES } from '../../../../dictionaries/mentions/word-value.ts';
import { readCase } from '../../../../dictionaries/mentions/writing.ts';
import { mostCompany } from '../../../../serving/surfaces/entities/company-bound.ts';
import {
  COMPANY_FEATURES,
  companyOf,
  weigh,
} from '../../../../serving/surfaces/entities/span-features.ts';

const weight = fc.double({ min: -3, max: 3, noNaN: true });
const piece = fc.constantFrom(
  'Ferrari',
  'dog',
  'NBA',
  ' ',
  ' ',
  '. ',
  '"',
  '#tag',
  '@name',
  '東京',
  'и',
);

describe('what stands around a span', () => {
  it('adds at most what the bound says, whatever the weights', () => {
    fc.assert(
      fc.property(
        fc.array(weight, { minLength: COMPANY_FEATURES, maxLength: COMPANY_FEATURES }),
        fc.array(piece, { maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        (weights, pieces, place, seed) => {
          const scan = new TextScan();
          scan.scan(`x ${pieces.join('')}`);
          const found = { capitals: 0, smalls: 0, tells: true };
          readCase(scan, found);
          const values = Int32Array.from({ length: scan.count }, (_, i) =>
            packWord({
              wordClass: WORD_CLASSES[(seed + 7 * i) % WORD_CLASSES.length] ?? 'unknown',
              capital: null,
              isCommon: false,
              use: 0,
              isName: false,
            }),
          );
          const first = place % scan.count;
          const features = new Float64Array(COMPANY_FEATURES);
          companyOf({ scan, values, found }, first, first + 1, 0, features);
          const added = weigh(features, 0, COMPANY_FEATURES, weights);
          expect(added).toBeLessThanOrEqual(mostCompany(weights) + 1e-9);
        },
      ),
      { numRuns: 500 },
    );
  });
});
