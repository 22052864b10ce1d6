import { describe, expect, it } from 'vitest';
import { FitData } from '../../../load-tests/personal/fit-data.ts';
import { type FitOptions, fitRanker } from '../../../load-tests/personal/fit-ranker.ts';
import { Random } from '../../../load-tests/simulate/random.ts';
import { FEATURES } from '../../../ranking/features/feature-list.ts';
import { FactorisationRanker } from '../../../ranking/rankers/factorisation-ranker.ts';
import { LinearRanker } from '../../../ranking/rankers/linear-ranker.ts';
import type { Ranker } from '../../../ranking/rankers/ranker.ts';

const STRIDE = FEATURES.length;
const ROWS = 6;
const OPTIONS: FitOptions = {
  depth: 0,
  weightPenalty: 1e-6,
  factorPenalty: 1e-6,
  passes: 60,
  rate: 0.05,
  seed: 7,
};

/** Requests whose wanted candidate is drawn by exp(truth), as the fit assumes. */
function draw(requests: number, truth: (row: Float32Array) => number): FitData {
  const random = new Random(3);
  const data = new FitData();
  for (let request = 0; request < requests; request++) {
    const features = new Float32Array(ROWS * STRIDE);
    for (let row = 0; row < ROWS; row++) {
      for (let at = 0; at < 4; at++) features[row * STRIDE + at] = random.normal() * (1 + at);
    }
    const worths = Array.from({ length: ROWS }, (_, row) =>
      Math.exp(truth(features.subarray(row * STRIDE, (row + 1) * STRIDE))),
    );
    let left = random.unit() * worths.reduce((sum, worth) => sum + worth, 0);
    let wanted = 0;
    while (wanted < ROWS - 1 && left >= worths[wanted]!) left -= worths[wanted++]!;
    const others = Array.from({ length: ROWS }, (_, row) => row).filter((row) => row !== wanted);
    data.add(features, [wanted, ...others]);
  }
  return data;
}

function shareFirst(data: FitData, ranker: Ranker): number {
  let first = 0;
  for (let request = 0; request < data.requests; request++) {
    const rows = data.starts[request + 1]! - data.starts[request]!;
    const from = data.starts[request]! * STRIDE;
    const scores = new Float32Array(rows);
    ranker.score(data.features.subarray(from, from + rows * STRIDE), rows, scores);
    if (scores.every((score, row) => row === 0 || score < scores[0]!)) first++;
  }
  return first / data.requests;
}

describe('fitRanker', () => {
  it('finds the weights that the wanted candidates were drawn by, whatever the spread of a feature', () => {
    const data = draw(4000, (row) => 1 * row[0]! - 0.5 * row[1]! + 0.25 * row[2]!);
    const { weights } = fitRanker(data, OPTIONS);
    expect(weights[0]).toBeCloseTo(1, 1);
    expect(weights[1]).toBeCloseTo(-0.5, 1);
    expect(weights[2]).toBeCloseTo(0.25, 1);
    expect(weights[3]).toBeCloseTo(0, 1);
    expect(weights[4]).toBe(0);
  });

  it('gives the same numbers for the same data and seed', () => {
    const data = draw(200, (row) => row[0]!);
    const options = { ...OPTIONS, depth: 2, passes: 3 };
    expect(fitRanker(data, options)).toEqual(fitRanker(data, options));
  });

  it('finds a product of features with factors, which no weighted sum can', () => {
    const data = draw(3000, (row) => 2 * row[0]! * (row[1]! / 2));
    const linear = fitRanker(data, OPTIONS);
    const machine = fitRanker(data, { ...OPTIONS, depth: 2 }, linear);
    const byWeights = shareFirst(data, new LinearRanker('linear', linear.weights));
    const byFactors = shareFirst(
      data,
      new FactorisationRanker('machine', machine.weights, machine.factors),
    );
    expect(byFactors).toBeGreaterThan(byWeights + 0.2);
    expect(machine.loss).toBeLessThan(linear.loss);
  });

  it('leaves a weight as it is given, and fits the others beside it', () => {
    // What both say together is what the wanted one is drawn by: a weight that is too small by half is made up for by the other.
    const data = draw(4000, (row) => 1 * row[0]!);
    const others = data.features;
    for (let row = 0; row < data.rows; row++) others[row * STRIDE + 1] = others[row * STRIDE]!;
    const { weights } = fitRanker(data, { ...OPTIONS, fixed: new Map([[1, 0.4]]) });
    expect(weights[1]).toBeCloseTo(0.4, 9);
    expect(weights[0]).toBeCloseTo(0.6, 1);
  });

  it('keeps weights smaller the more they cost', () => {
    const data = draw(1000, (row) => row[0]!);
    const free = fitRanker(data, OPTIONS);
    const costly = fitRanker(data, { ...OPTIONS, weightPenalty: 1 });
    expect(Math.abs(costly.weights[0]!)).toBeLessThan(Math.abs(free.weights[0]!) / 2);
  });
});
