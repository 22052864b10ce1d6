import { describe, expect, it } from 'vitest';
import { decodeClickRates, encodeClickRates } from '../../../serving/personal/click-rates-codec.ts';
import { ClickTallies } from '../../../serving/personal/click-tallies.ts';

function encoded({
  looks = 100,
  clicks = 10,
  tally = [3, 1, 5] as readonly number[],
} = {}): Buffer {
  const tallies = new ClickTallies(4);
  const [tallyLooks = 0, tallyClicks = 0, atMs = 0] = tally;
  tallies.put('a', tallyLooks, tallyClicks, atMs);
  const ofPrefix = new ClickTallies(4);
  return encodeClickRates({
    ...{ key: { low: 1, high: 2 }, positionBias: 0.7, looks, clicks, tallies, ofPrefix },
  });
}

function decode(bytes: Buffer) {
  const found: unknown[] = [];
  const tally = (...each: readonly unknown[]) => found.push(each);
  return { head: decodeClickRates(bytes, { tally, ofPrefix: tally }), found };
}

describe('click rates in a checkpoint', () => {
  it('are read as they were written', () => {
    const { head, found } = decode(encoded());
    expect(head).toEqual({ key: { low: 1, high: 2 }, positionBias: 0.7, looks: 100, clicks: 10 });
    expect(found).toEqual([['a', 3, 1, 5]]);
  });

  it.each([
    ['a tally of NaN looks', { tally: [Number.NaN, 1, 5] }],
    ['a tally of -1 clicks', { tally: [3, -1, 5] }],
    ['a tally without a time', { tally: [3, 1, Number.POSITIVE_INFINITY] }],
    ['no looks at all', { looks: 0 }],
    ['NaN clicks', { clicks: Number.NaN }],
  ])('are refused with %s', (_, wrong) => {
    expect(() => decode(encoded(wrong))).toThrow(RangeError);
  });
});
