import { Random } from '../simulate/random.ts';
import type { FitData } from './fit-data.ts';

export interface FitOptions {
  /** Factors a feature; 0 fits a linear ranker. */
  readonly depth: number;
  /** By place of the features that are multiplied by one another: few, as each costs time for every candidate served. All when absent. */
  readonly interacting?: readonly number[];
  /** Weights by place that are given, not fitted; none when absent. */
  readonly fixed?: ReadonlyMap<number, number>;
  /** What the sum of the squared weights, of features of spread 1, costs beside the loss of a request; that of the factors likewise. */
  readonly weightPenalty: number;
  readonly factorPenalty: number;
  readonly passes: number;
  readonly rate: number;
  readonly seed: number;
}

/** Weights for the features as they are. */
export interface FittedWeights {
  readonly weights: Float64Array;
  /** A list a feature; empty lists of a linear ranker. */
  readonly factors: readonly (readonly number[])[];
  /** Mean of -ln of the chance that the wanted candidate is given, at the end. */
  readonly loss: number;
}

/** Spread of the factors before the first step. */
const FIRST_FACTOR = 0.05;
/** Requests between two steps. */
const BATCH = 64;
/** How fast Adam forgets (Kingma and Ba, 2015), and what keeps it from dividing by nothing. */
const KEEP_MEAN = 0.9;
const KEEP_SQUARE = 0.999;
const LEAST_SQUARE = 1e-8;

/**
 * Fits weights by listwise softmax: the chance of a candidate is exp(score) over the sum of its request's, and the wanted one's is to be high (Cao and others, ICML 2007, with
 * one relevant document). Features are divided by their spread, not centred, so that products of a factorisation machine keep their meaning;
 * Adam over shuffled requests with a rate that falls to 0. The same data, options and first weights give the same numbers.
 */
export function fitRanker(
  data: FitData,
  options: FitOptions,
  first?: FittedWeights,
): FittedWeights {
  return new Fit(data, options, first).run();
}

class Fit {
  readonly #data: FitData;
  readonly #options: FitOptions;
  readonly #spreads: Float64Array;
  readonly #interacting: Uint16Array;
  /** Weights, then factor by factor, a number a feature each. */
  readonly #values: Float64Array;
  readonly #slopes: Float64Array;
  readonly #means: Float64Array;
  readonly #squares: Float64Array;
  #step = 0;
  #scores = new Float64Array(1024);
  /** Features over their spreads. */
  readonly #scaled: Float32Array;

  constructor(data: FitData, options: FitOptions, first: FittedWeights | undefined) {
    this.#data = data;
    this.#options = options;
    this.#spreads = data.spreads();
    this.#interacting = Uint16Array.from(
      options.interacting ?? Array.from({ length: data.stride }, (_, i) => i),
    );
    const size = data.stride * (1 + options.depth);
    this.#values = new Float64Array(size);
    this.#slopes = new Float64Array(size);
    this.#means = new Float64Array(size);
    this.#squares = new Float64Array(size);
    const { stride } = data;
    this.#scaled = data.features
      .subarray(0, data.rows * stride)
      .map((value, i) => value / this.#spreads[i % stride]!);
    const random = new Random(options.seed);
    const hasValues = data.hasValues();
    for (let k = 1; k <= options.depth; k++) {
      for (const i of this.#interacting) {
        const first = FIRST_FACTOR * random.normal();
        // What was never seen must count for nothing, rather than for what chance gave it.
        this.#values[k * stride + i] = hasValues[i] === true ? first : 0;
      }
    }
    first?.weights.forEach((weight, i) => {
      this.#values[i] = weight * this.#spreads[i]!;
    });
    options.fixed?.forEach((weight, i) => {
      this.#values[i] = weight * this.#spreads[i]!;
    });
  }

  run(): FittedWeights {
    const { passes, seed } = this.#options;
    const { requests, stride } = this.#data;
    const random = new Random(seed + 1);
    const order = Array.from({ length: requests }, (_, i) => i);
    const steps = Math.ceil(requests / BATCH) * passes;
    let loss = 0;
    for (let pass = 0; pass < passes; pass++) {
      shuffle(order, random);
      loss = 0;
      for (let from = 0; from < requests; from += BATCH) {
        const batch = order.slice(from, from + BATCH);
        this.#slopes.fill(0);
        for (const request of batch) loss += this.#addSlopes(request);
        this.#stepBy(batch.length, this.#options.rate * (1 - this.#step / steps));
      }
    }
    const { depth } = this.#options;
    return {
      weights: this.#values.subarray(0, stride).map((value, i) => value / this.#spreads[i]!),
      factors: Array.from({ length: stride }, (_, i) =>
        Array.from(
          { length: depth },
          (_, k) => this.#values[(1 + k) * stride + i]! / this.#spreads[i]!,
        ),
      ),
      loss: loss / requests,
    };
  }

  /** Adds the slopes of a request's loss; gives the loss. */
  #addSlopes(request: number): number {
    const { starts, weights } = this.#data;
    const from = starts[request]!;
    const rows = starts[request + 1]! - from;
    if (this.#scores.length < rows) this.#scores = new Float64Array(2 * rows);
    const scores = this.#scores;
    let most = -Infinity;
    for (let row = 0; row < rows; row++) {
      scores[row] = this.#scoreOf(from + row);
      if (scores[row]! > most) most = scores[row]!;
    }
    let total = 0;
    for (let row = 0; row < rows; row++) total += Math.exp(scores[row]! - most);
    const weight = weights[request]!;
    const loss = weight * (Math.log(total) + most - scores[0]!);
    for (let row = 0; row < rows; row++) {
      const chance = Math.exp(scores[row]! - most) / total;
      this.#addRow(from + row, weight * (chance - (row === 0 ? 1 : 0)));
    }
    return loss;
  }

  #scoreOf(row: number): number {
    const { stride } = this.#data;
    const values = this.#values;
    const scaled = this.#scaled;
    const interacting = this.#interacting;
    const at = row * stride;
    let score = 0;
    for (let i = 0; i < stride; i++) score += values[i]! * scaled[at + i]!;
    for (let k = 1; k <= this.#options.depth; k++) {
      let sum = 0;
      let squares = 0;
      for (let j = 0; j < interacting.length; j++) {
        const i = interacting[j]!;
        const part = values[k * stride + i]! * scaled[at + i]!;
        sum += part;
        squares += part * part;
      }
      score += 0.5 * (sum * sum - squares);
    }
    return score;
  }

  /** A row's part of the slopes, when the loss changes by `slope` with its score. */
  #addRow(row: number, slope: number): void {
    const { stride } = this.#data;
    const values = this.#values;
    const slopes = this.#slopes;
    const scaled = this.#scaled;
    const interacting = this.#interacting;
    const at = row * stride;
    for (let i = 0; i < stride; i++) slopes[i]! += slope * scaled[at + i]!;
    for (let k = 1; k <= this.#options.depth; k++) {
      let sum = 0;
      for (let j = 0; j < interacting.length; j++) {
        const i = interacting[j]!;
        sum += values[k * stride + i]! * scaled[at + i]!;
      }
      for (let j = 0; j < interacting.length; j++) {
        const i = interacting[j]!;
        const x = scaled[at + i]!;
        slopes[k * stride + i]! += slope * x * (sum - values[k * stride + i]! * x);
      }
    }
  }

  #stepBy(batch: number, rate: number): void {
    const { weightPenalty, factorPenalty, fixed } = this.#options;
    const { stride } = this.#data;
    this.#step++;
    const meanScale = 1 / (1 - KEEP_MEAN ** this.#step);
    const squareScale = 1 / (1 - KEEP_SQUARE ** this.#step);
    for (let i = 0; i < this.#values.length; i++) {
      if (fixed?.has(i) === true) continue;
      const penalty = i < stride ? weightPenalty : factorPenalty;
      const slope = this.#slopes[i]! / batch + 2 * penalty * this.#values[i]!;
      this.#means[i] = KEEP_MEAN * this.#means[i]! + (1 - KEEP_MEAN) * slope;
      this.#squares[i] = KEEP_SQUARE * this.#squares[i]! + (1 - KEEP_SQUARE) * slope * slope;
      this.#values[i]! -=
        (rate * this.#means[i]! * meanScale) /
        (Math.sqrt(this.#squares[i]! * squareScale) + LEAST_SQUARE);
    }
  }
}

/** Fisher and Yates. */
function shuffle(items: number[], random: Random): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
}
