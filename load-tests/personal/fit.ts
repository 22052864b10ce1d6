/*
 * The recipe of the default ranker's weights: simulated worlds of three tastes are lived, their earlier part is indexed, their later part replayed as events, and at each
 * search of some users the candidates are taken down with their features. A weighted sum and a factorisation machine are fitted to put the wanted one first (fit-ranker.ts);
 * whichever does it better on worlds of other seeds is written to ranking/rankers/default-model.ts. The same code gives the same weights.
 *
 * `node dist/load-tests/personal/fit.js [--out FILE] [--cache DIR]`, from the root of the repository; half an hour on two cores.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { FEATURE_LIST_VERSION, FEATURE_NAMES } from '../../ranking/features/feature-list.ts';
import { createRanker, type RankerModel } from '../../ranking/rankers/model-file.ts';
import { meanReciprocalRank } from './fit-figures.ts';
import { type FitOptions, type FittedWeights, fitRanker } from './fit-ranker.ts';
import { type FitWorld, gatherFitData } from './fit-worlds.ts';
import { writeModelModule } from './model-module.ts';

/** Indexes of every query and of those of enough users: weights must do for both. */
const FIT_WORLDS: readonly FitWorld[] = [
  { taste: 'medium', users: 2_000, days: 60, seed: 11, minUsers: 1, oneUserIn: 4 },
  { taste: 'medium', users: 2_000, days: 60, seed: 11, minUsers: 5, oneUserIn: 4 },
  { taste: 'weak', users: 2_000, days: 60, seed: 13, minUsers: 1, oneUserIn: 6 },
  { taste: 'strong', users: 2_000, days: 60, seed: 12, minUsers: 1, oneUserIn: 6 },
];
const CHOICE_WORLDS: readonly FitWorld[] = [
  { taste: 'medium', users: 2_000, days: 60, seed: 21, minUsers: 1, oneUserIn: 6 },
  { taste: 'strong', users: 2_000, days: 60, seed: 22, minUsers: 5, oneUserIn: 6 },
];
const LINEAR: FitOptions = {
  depth: 0,
  weightPenalty: 1e-5,
  factorPenalty: 0,
  passes: 12,
  rate: 0.03,
  seed: 1,
};
const MACHINE: FitOptions = { ...LINEAR, depth: 4, factorPenalty: 1e-3, rate: 0.01 };
/** A machine costs more time for each candidate: it has to be better by this much. */
const LEAST_GAIN = 0.002;
/** What of its score a candidate loses that says what one above it says. */
const DIVERSITY = 0;
const DIGITS = 5;

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'ranking/rankers/default-model.ts' },
    cache: { type: 'string' },
  },
});
const cache = values.cache === undefined ? {} : { cache: values.cache };
const log = (line: string) => console.log(line);
const toFit = await gatherFitData(
  FIT_WORLDS.map((world) => ({ ...world, ...cache })),
  log,
);
const toChoose = await gatherFitData(
  CHOICE_WORLDS.map((world) => ({ ...world, ...cache })),
  log,
);
const linear = fitRanker(toFit, LINEAR);
const machine = fitRanker(toFit, MACHINE, linear);
const tried = [modelOf('linear', linear), modelOf('factorisation-machine', machine)].map(
  (model) => ({ model, rank: meanReciprocalRank(toChoose, createRanker(model)) }),
);
for (const { model, rank } of tried)
  log(`${model.kind}: MRR@10 ${rank.toFixed(4)} where it is a candidate`);
const [byWeights, byFactors] = tried as [(typeof tried)[0], (typeof tried)[0]];
const chosen = byFactors.rank > byWeights.rank + LEAST_GAIN ? byFactors : byWeights;
await writeFile(values.out, writeModelModule(chosen.model));
log(`${chosen.model.kind} written to ${values.out}`);

function modelOf(kind: RankerModel['kind'], fitted: FittedWeights): RankerModel {
  const round = (value: number) => Number(value.toPrecision(DIGITS));
  return {
    format: 1,
    name: 'default',
    kind,
    featureList: FEATURE_LIST_VERSION,
    features: FEATURE_NAMES,
    bias: 0,
    weights: Array.from(fitted.weights, round),
    ...(kind === 'linear' ? {} : { factors: fitted.factors.map((each) => each.map(round)) }),
    diversity: DIVERSITY,
    recipe: {
      program: 'load-tests/personal/fit.ts',
      method: 'listwise softmax',
      requests: toFit.requests,
    },
    figures: { loss: round(fitted.loss) },
  };
}
