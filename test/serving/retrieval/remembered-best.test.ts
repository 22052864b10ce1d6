import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { RememberedBest } from '../../../serving/retrieval/remembered-best.ts';

const ROWS = 3_000;

function build(): Segment {
  const builder = new SegmentBuilder();
  for (let i = 0; i < ROWS; i++) {
    const text = `word ${i}`;
    const score = 1 + ((i * 7919) % 500);
    const market = i % 3 === 0 ? 'de-DE' : 'en-US';
    builder.add({ normalised: text, surface: text, score, markets: [{ market, score }] });
  }
  return Segment.open(builder.finish());
}

describe('RememberedBest', () => {
  it('gives what the view gives, for any ranges and numbers in any order, again and again', () => {
    const segment = build();
    const remembered = new RememberedBest(segment);
    const views = [segment.all, ...segment.markets.values()];
    // Few ranges, so that they come again with another number.
    const place = fc.constantFrom(0, 1, 700, 1_500, 2_200, ROWS);
    const question = fc.tuple(
      fc.nat(views.length - 1),
      place,
      place,
      fc.integer({ min: 1, max: 20 }),
    );
    fc.assert(
      fc.property(fc.array(question, { maxLength: 40 }), (questions) => {
        for (const [view, a, b, k] of questions) {
          const range = { low: Math.min(a, b), high: Math.max(a, b) };
          const asked = views[view]!;
          const [expected, actual] = [new Uint32Array(20), new Uint32Array(20)];
          const count = asked.best(range, k, expected);
          expect(remembered.best(asked, range, k, actual)).toBe(count);
          expect(actual.subarray(0, count)).toEqual(expected.subarray(0, count));
        }
      }),
    );
  });
});
