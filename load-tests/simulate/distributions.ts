import type { Random } from './random.ts';

/** Answers draws from a fixed discrete distribution in constant time (Walker 1977, as built by Vose 1991). */
export class AliasTable {
  private readonly threshold: Float64Array;
  private readonly alias: Uint32Array;

  /** Weights are not negative and have a positive sum; they need not add up to 1. */
  constructor(weights: ArrayLike<number>) {
    const n = weights.length;
    this.threshold = new Float64Array(n);
    this.alias = new Uint32Array(n);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += weights[i]!;
    if (!(sum > 0))
      throw new RangeError(`expected weights with a positive sum, got ${sum} over ${n}`);
    const scaled = Float64Array.from(weights, (weight) => (weight * n) / sum);
    const small: number[] = [];
    const large: number[] = [];
    for (let i = 0; i < n; i++) (scaled[i]! < 1 ? small : large).push(i);
    while (small.length > 0 && large.length > 0) {
      const low = small.pop()!;
      const high = large[large.length - 1]!;
      this.threshold[low] = scaled[low]!;
      this.alias[low] = high;
      scaled[high] = scaled[high]! + scaled[low]! - 1;
      if (scaled[high]! < 1) small.push(large.pop()!);
    }
    for (const rest of [...small, ...large]) this.threshold[rest] = 1;
  }

  get size(): number {
    return this.threshold.length;
  }

  draw(random: Random): number {
    const scaled = random.unit() * this.threshold.length;
    const column = Math.floor(scaled);
    return scaled - column < this.threshold[column]! ? column : this.alias[column]!;
  }
}

/** Weights 1 / (rank + shift)^exponent for ranks from 1 (Zipf; Mandelbrot with a shift). */
export function zipfWeights(count: number, exponent: number, shift = 0): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => (i + 1 + shift) ** -exponent);
}

/** A draw from Gamma(shape, 1) (Marsaglia and Tsang, 2000; boosted below shape 1). */
export function drawGamma(random: Random, shape: number): number {
  if (shape < 1) return drawGamma(random, shape + 1) * (1 - random.unit()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random.unit()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A draw from the Dirichlet distribution whose mean is `base` (adding up to 1); a small concentration makes it spiky. */
export function drawDirichlet(
  random: Random,
  base: readonly number[],
  concentration: number,
): Float64Array {
  const drawn = Float64Array.from(base, (mean) => drawGamma(random, mean * concentration) + 1e-12);
  const sum = drawn.reduce((total, value) => total + value, 0);
  return drawn.map((value) => value / sum);
}

/** A Poisson draw by multiplication (Knuth); meant for small means. */
export function drawPoisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let product = random.unit();
  let count = 0;
  while (product > limit && count < 10_000) {
    product *= random.unit();
    count++;
  }
  return count;
}

/** How many steps back a heavy-tailed memory reaches: a discretised Lomax draw, from 0. */
export function drawLomax(random: Random, scale: number, shape: number): number {
  return Math.floor(scale * ((1 - random.unit()) ** (-1 / shape) - 1));
}
