import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextOrder } from '../../../../serving/surfaces/live/text-order.ts';

const text = fc.stringMatching(/^[ab東 \uD83D\uDE00]{0,6}$/u);

describe('TextOrder', () => {
  it('gives the texts that begin with what is typed, whatever came and went', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, fc.boolean()), { maxLength: 40 }),
        fc.array(text, { minLength: 1, maxLength: 10 }),
        (steps, typed) => {
          const order = new TextOrder<{ number: number; normalised: string }>();
          const there: { number: number; normalised: string }[] = [];
          steps.forEach(([normalised, isRemoval], number) => {
            const gone = isRemoval ? there.shift() : undefined;
            if (gone !== undefined) order.remove(gone);
            const added = { number, normalised };
            order.add(added);
            there.push(added);
          });
          for (const each of typed) {
            const expected = there.filter(({ normalised }) => `${normalised} `.startsWith(each));
            const numbers = order.beginningWith(each).map(({ number }) => number);
            expect(numbers.sort((a, b) => a - b)).toEqual(expected.map(({ number }) => number));
          }
        },
      ),
    );
  });

  it('removes nothing that it does not have', () => {
    const order = new TextOrder<{ number: number; normalised: string }>();
    order.add({ number: 1, normalised: 'a' });
    order.remove({ number: 2, normalised: 'a' });
    order.remove({ number: 0, normalised: 'b' });
    expect(order.beginningWith('a')).toHaveLength(1);
  });
});
