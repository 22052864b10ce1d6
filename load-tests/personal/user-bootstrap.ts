import { Random } from '../simulate/random.ts';

/** Reciprocal ranks of two systems, summed over each user's requests, and how many requests these are. */
export interface UserSums {
  readonly requests: number;
  readonly baseline: number;
  readonly candidate: number;
}

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** How much a candidate is above a baseline, a request each, and as a share of the baseline; with bounds of 95%. */
export interface Gain extends Bounds {
  readonly difference: number;
  readonly share: number;
  readonly shareBounds: Bounds;
}

const RESAMPLES = 1000;
const TAIL = 0.025;

/**
 * The percentile bootstrap over users: requests of one user are no independent draws, so whole users are drawn (Efron and Tibshirani, 1993, section 8.6). Throws a
 * RangeError for no requests.
 */
export function gainByUser(users: readonly UserSums[], seed: number): Gain {
  const total = sumOf(users);
  if (total.requests === 0) throw new RangeError('expected at least one request');
  const random = new Random(seed);
  const differences = new Float64Array(RESAMPLES);
  const shares = new Float64Array(RESAMPLES);
  for (let i = 0; i < RESAMPLES; i++) {
    const { requests, baseline, candidate } = sumOf(
      users,
      users.length,
      () => users[random.below(users.length)]!,
    );
    differences[i] = (candidate - baseline) / requests;
    shares[i] = candidate / baseline - 1;
  }
  return {
    difference: (total.candidate - total.baseline) / total.requests,
    share: total.candidate / total.baseline - 1,
    ...boundsOf(differences),
    shareBounds: boundsOf(shares),
  };
}

function sumOf(
  users: readonly UserSums[],
  draws = users.length,
  draw = (i: number) => users[i]!,
): UserSums {
  let requests = 0;
  let baseline = 0;
  let candidate = 0;
  for (let i = 0; i < draws; i++) {
    const user = draw(i);
    requests += user.requests;
    baseline += user.baseline;
    candidate += user.candidate;
  }
  return { requests, baseline, candidate };
}

function boundsOf(values: Float64Array): Bounds {
  values.sort();
  return {
    low: values[Math.floor(TAIL * (values.length - 1))]!,
    high: values[Math.ceil((1 - TAIL) * (values.length - 1))]!,
  };
}
