import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BestFirstQueue } from '../../../../serving/retrieval/interpretation/best-first-queue.ts';

describe('BestFirstQueue', () => {
  it('gives nodes by falling bound, equal ones as they came, with pushes between pops', () => {
    const operation = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant('pop' as const));
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const queue = new BestFirstQueue<{ bound: number; arrival: number }>();
        const naive: { bound: number; arrival: number }[] = [];
        const popBoth = (): void => {
          naive.sort((a, b) => b.bound - a.bound || a.arrival - b.arrival);
          expect(queue.pop()).toEqual(naive.shift() ?? null);
        };
        operations.forEach((step, arrival) => {
          if (step === 'pop') popBoth();
          else {
            queue.push({ bound: step, arrival });
            naive.push({ bound: step, arrival });
          }
        });
        expect(queue.size).toBe(naive.length);
        while (queue.size > 0) popBoth();
        expect(queue.pop()).toBeNull();
      }),
    );
  });
});
