/*
 * The recipe of the default ranker's weights: a simulated world is lived, its earlier part indexed, its later part replayed as events, and at each search of some
 * users the candidates are taken down with their features. A weighted sum and a factorisation machine are fitted to put the wanted one first (fit-ranker.ts);
 * both are judged on a world of another seed; the machine is written to ranking/rankers/default-model.ts. The same code gives the same
 * weights. The machine multiplies few features only: each costs time for every candidate served.
 *
 * `node dist/load-tests/personal/fit.js [--kind linear|factorisation-machine] [--out FILE] [--cache DIR]`, from the root of the repository; minutes, and as many more for the index where there is no cache.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  FEATURE_LIST_VERSION,
  FEATURE_NAMES,
  featureIndex,
} from '../../ranking/features/feature-list.ts';
import { createRanker, type RankerModel } from '../../ranking/rankers/model-file.ts';
import { meanReciprocalRank } from './fit-figures.ts';
import { type FitOptions, type FittedWeights, fitRanker } from './fit-ranker.ts';
import { type FitWorld, gatherFitData } from './fit-worlds.ts';
import { writeModelModule } from './model-module.ts';

/** Indexes of every query that was searched at all: a threshold of users would leave little to learn from so few of them. */
const FIT_WORLDS: readonly FitWorld[] = [
  {
    taste: 'medium',
    users: 2_000,
    days: 60,
    seed: 11,
    minUsers: 1,
    oneUserIn: 6,
    searches: 8_195,
  },
];
const CHOICE_WORLDS: readonly FitWorld[] = [
  { taste: 'medium', users: 2_000, days: 60, seed: 7, minUsers: 1, oneUserIn: 6, searches: 8_195 },
];
/**
 * Simulated worlds have no clicks on suggestions: set by hand, at half of what a rate says of a chance. Their people search in one language alone, which would fit a weight that no
 * real evidence bears: a bit of language is worth a bit.
 */
const SET_BY_HAND: Readonly<Record<string, number>> = {
  clickRate: 0.35,
  prefixClickRate: 0.35,
  languageFit: 0.69,
};
const LINEAR: FitOptions = {
  depth: 0,
  weightPenalty: 1e-5,
  factorPenalty: 0,
  passes: 3,
  rate: 0.03,
  seed: 1,
  fixed: new Map(
    Object.entries(SET_BY_HAND).map(([feature, weight]) => [featureIndex(feature), weight]),
  ),
};
/** What a product may tell more of than a sum: the evidence, and what says how far to trust it. */
const INTERACTING = [
  'popularity',
  'prefixMatch',
  'lettersLeft',
  'ownQuery',
  'ownAlone',
  'ownBits',
  'ownAge',
  'ownPlace',
  'ownPopularity',
  'videoFit',
  'topicTaste',
  'support',
  'chance',
  'brevity',
  'termsLeft',
  'infixMatch',
  'ownHabit',
  'weekCount',
  'ownAgain',
];
const MACHINE: FitOptions = {
  ...LINEAR,
  depth: 4,
  interacting: INTERACTING.map(featureIndex),
  factorPenalty: 3e-4,
  passes: 9,
  rate: 0.02,
};
/** What of its score a candidate loses that says what one above it says. */
const DIVERSITY = 0.2;
const DIGITS = 5;

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'ranking/rankers/default-model.ts' },
    kind: { type: 'string', default: 'factorisation-machine' },
    cache: { type: 'string' },
  },
});
const cache = values.cache === undefined ? {} : { cache: values.cache };
const log = (line: string) => console.log(line);
const toFit = await gatherFitData(
  FIT_WORLDS.map((world) => ({ ...world, ...cache })),
  log,
);
const linear = fitRanker(toFit, LINEAR);
const machine = fitRanker(toFit, MACHINE, linear);
const tried = [modelOf('linear', linear), modelOf('factorisation-machine', machine)];
const chosen = tried.find(({ kind }) => kind === values.kind);
if (chosen === undefined) {
  throw new Error(`--kind: expected ${tried.map(({ kind }) => kind).join(' or ')}`);
}
await writeFile(values.out, writeModelModule(chosen));
log(`${chosen.kind} written to ${values.out}`);
const toChoose = await gatherFitData(
  CHOICE_WORLDS.map((world) => ({ ...world, ...cache })),
  log,
);
for (const model of tried) {
  const rank = meanReciprocalRank(toChoose, createRanker(model));
  log(`${model.kind}: MRR@10 ${rank.toFixed(4)} where it is a candidate`);
}

function nameOf({ taste, users, days, seed, oneUserIn, searches }: FitWorld): string {
  return `${taste}, ${users} users, ${days} days, seed ${seed}, one in ${oneUserIn}, ${searches} searches`;
}

function modelOf(kind: RankerModel['kind'], fitted: FittedWeights): RankerModel {
  const round = (value: number) => Number(value.toPrecision(DIGITS));
  return {
    format: 1,
    name: 'default',
    kind,
    featureList: FEATURE_LIST_VERSION,
    features: FEATURE_NAMES,
    bias: 0,
    weights: FEATURE_NAMES.map(
      (feature, i) => SET_BY_HAND[feature] ?? round(fitted.weights[i] ?? 0),
    ),
    ...(kind === 'linear' ? {} : { factors: fitted.factors.map((each) => each.map(round)) }),
    diversity: DIVERSITY,
    recipe: {
      program: 'load-tests/personal/fit.ts',
      method: 'listwise softmax',
      requests: toFit.requests,
      worlds: FIT_WORLDS.map(nameOf).join('; '),
    },
    figures: { loss: round(fitted.loss) },
  };
}
