import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AliasTable,
  drawDirichlet,
  drawGamma,
  drawLomax,
  drawPoisson,
  zipfWeights,
} from '../../../load-tests/simulate/distributions.ts';
import { luhnDigit } from '../../../load-tests/simulate/planted.ts';
import { mix32, openStream } from '../../../load-tests/simulate/random.ts';

const seeds = fc.integer({ min: 0, max: 0xffffffff });
const average = (count: number, draw: () => number): number => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += draw();
  return sum / count;
};

describe('Random', () => {
  it('repeats a stream by its seed, purpose and numbers, and differs in each', () => {
    fc.assert(
      fc.property(seeds, fc.string(), fc.nat(), (seed, purpose, part) => {
        const draw = (...stream: Parameters<typeof openStream>) =>
          Array.from(
            { length: 4 },
            (
              (random) => () =>
                random.uint32()
            )(openStream(...stream)),
          );
        const one = draw(seed, purpose, part);
        expect(draw(seed, purpose, part)).toEqual(one);
        expect(draw(seed, `${purpose}+`, part)).not.toEqual(one);
        expect(draw(seed, purpose, part + 1)).not.toEqual(one);
        expect(draw(seed, purpose, part, 1)).not.toEqual(one);
      }),
    );
  });

  it('is uniform within three standard errors, over one stream and over the first draws of many', () => {
    const random = openStream(1, 'uniform');
    expect(average(20_000, () => random.unit())).toBeCloseTo(0.5, 2);
    expect(
      average(
        20_000,
        (
          (part) => () =>
            openStream(1, 'first', part++).unit()
        )(0),
      ),
    ).toBeCloseTo(0.5, 2);
  });

  it('mixes without ever mapping two numbers to one', () => {
    fc.assert(
      fc.property(seeds, seeds, (a, b) => {
        expect(mix32(a) === mix32(b)).toBe(a === b);
      }),
    );
    expect(new Set(Array.from({ length: 100_000 }, (_, i) => mix32(i))).size).toBe(100_000);
  });
});

describe('distributions', () => {
  it('draws from an alias table in proportion to the weights', () => {
    const weights = [5, 0, 1, 3, 1];
    const table = new AliasTable(weights);
    const counts = weights.map(() => 0);
    const random = openStream(2, 'alias');
    for (let i = 0; i < 50_000; i++) counts[table.draw(random)]!++;
    for (const [i, weight] of weights.entries())
      expect(counts[i]! / 50_000).toBeCloseTo(weight / 10, 1.7);
    expect(counts[1]).toBe(0);
    expect(() => new AliasTable([0, 0])).toThrow(/positive sum/);
  });

  it('draws gamma, Poisson and Lomax with their means', () => {
    const random = openStream(3, 'means');
    for (const shape of [0.2, 1, 7.5])
      expect(average(30_000, () => drawGamma(random, shape)) / shape).toBeCloseTo(1, 1);
    expect(average(30_000, () => drawPoisson(random, 2))).toBeCloseTo(2, 1);
    // The mean of a Lomax is scale / (shape - 1); rounding down takes off about a half.
    expect(average(200_000, () => drawLomax(random, 10, 4)) + 0.5).toBeCloseTo(10 / 3, 0.7);
  });

  it('draws Dirichlet shares that add up to 1 around their base', () => {
    const random = openStream(4, 'dirichlet');
    const base = [0.5, 0.3, 0.2];
    const sums = [0, 0, 0];
    for (let i = 0; i < 5000; i++) {
      const shares = drawDirichlet(random, base, 3);
      expect(shares[0]! + shares[1]! + shares[2]!).toBeCloseTo(1, 9);
      shares.forEach((share, j) => {
        sums[j]! += share;
      });
    }
    for (const [j, mean] of base.entries()) expect(sums[j]! / 5000).toBeCloseTo(mean, 1.5);
  });

  it('weighs ranks by Zipf', () => {
    expect([...zipfWeights(3, 1)]).toEqual([1, 1 / 2, 1 / 3]);
    expect([...zipfWeights(2, 1, 1)]).toEqual([1 / 2, 1 / 3]);
  });
});

describe('luhnDigit', () => {
  it('completes the number of the standard’s example', () => {
    expect(luhnDigit('7992739871')).toBe('3');
    expect(luhnDigit('411111111111111')).toBe('1');
  });
});
