import { describe, expect, it } from 'vitest';
import { Container } from '../../../indexer/segment/container.ts';
import { writeRangeMinimum } from '../../../indexer/segment/range-minimum.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { applyPattern, derivePattern } from '../../../indexer/segment/surface-patterns.ts';
import { TermDictionary, writeTermDictionary } from '../../../indexer/segment/term-dictionary.ts';
import { buildSegment, copyOf, sectionsOf, segmentBytes } from './built-segments.ts';
import { reseal, sectionPlaces, segmentFault } from './damaged-bytes.ts';

describe('hard cases', () => {
  it('RangeMinimum finds values behind hundreds of blocks that repeat a better one', () => {
    const values = new Uint32Array(600 * 32).fill(1000);
    for (let block = 0; block < 600; block++) values[block * 32] = block % 2 === 0 ? 1 : 0;
    values[599 * 32 + 1] = 2;
    const found = new Uint32Array(3);
    sectionsOf((builder) => {
      const structure = writeRangeMinimum(builder, 'x', values, true);
      expect(structure.smallest(0, values.length, 3, found, 0)).toBe(3);
    });
    expect([...found]).toEqual([0, 1, 2]);
  });

  it('surfaces survive more patterns than a code can name', () => {
    const marks = [...'!"#$%&*+,-./:;<=>?@^'];
    const entries = Array.from({ length: 66_000 }, (_, i) => {
      let between = '';
      for (let n = i, digit = 0; digit < 4; digit++, n = Math.floor(n / 20))
        between += marks[n % 20];
      return { normalised: `w${i} x`, surface: `w${i}${between}x`, score: 66_000 - i };
    });
    const segment = buildSegment(entries);
    const wrong = entries.filter(
      ({ surface }, id) => segment.surfaceTexts(Uint32Array.of(id), 1)[0] !== surface,
    );
    expect(wrong).toHaveLength(0);
  });

  it('a ready range beyond all places is found, and verify ends', () => {
    const bytes = segmentBytes(
      Array.from({ length: 320 }, (_, i) => {
        const text = `a${i % 2} x${i}`;
        return { normalised: text, surface: text, score: i, aliases: i % 9 === 0 ? [`b${i}`] : [] };
      }),
    );
    for (const place of sectionPlaces(bytes).filter(({ name }) =>
      /^all\.(ready|union)\.highs$/.test(name),
    ))
      for (const bit of [10, 17, 30, 31]) {
        const file = copyOf(bytes);
        file[place.start + (bit >> 3)]! ^= 1 << (bit & 7);
        reseal(file, place);
        expect(segmentFault(() => Segment.open(file).verify())).toMatch(/'all\.(ready|union)\./);
      }
  });

  it('DEL as a typed second character is no beginning of other terms', () => {
    const dictionary = new TermDictionary(
      Container.open(
        sectionsOf((builder) => writeTermDictionary(builder, ['a', 'a\u007f', 'aé', 'b'])),
      ),
    );
    expect(dictionary.prefixRange('a\u007f', false)).toEqual({ low: 1, high: 2 });
  });

  it('control characters at the end of a surface make no pattern', () => {
    const pattern = derivePattern('abc\u0001', ['abc']);
    expect(pattern === null ? 'abc\u0001' : applyPattern(pattern, ['abc'])).toBe('abc\u0001');
    expect(derivePattern('abc\u0000', ['abc'])).toBeNull();
  });

  it.each([
    ['an empty alias', { aliases: [''] }],
    [
      'a market score that is no number',
      {
        markets: [
          { market: 'de', score: Number.NaN },
          { market: 'en', score: 1 },
        ],
      },
    ],
    [
      'a market twice',
      {
        markets: [
          { market: 'de', score: 1 },
          { market: 'de', score: 1 },
        ],
      },
    ],
  ])('the builder refuses %s', (_what, rest) => {
    expect(
      segmentFault(() => segmentBytes([{ normalised: 'a', surface: 'a', score: 2, ...rest }])),
    ).not.toBeNull();
  });
});
