import { FEATURE_LIST_VERSION } from '../features/feature-list.ts';
import type { RankerModel } from './model-file.ts';

/** Set by hand: bits of evidence, as far as one can guess them. To be replaced by weights that were fitted. */
const WEIGHTS = {
  popularity: 1,
  topPlace: 0.5,
  infixMatch: -4,
  correction: -5,
  rewriting: -3,
  readingBits: -0.5,
  lettersLeft: -0.1,
  scriptFit: 0.3,
  rise: 0.05,
  clickRate: 0.5,
  prefixClickRate: 0.5,
  ownQuery: 9,
  ownAlone: 22,
  ownAge: -0.6,
  ownCount: 1,
  ownHour: 0.2,
  specialises: 0.6,
  generalises: 0.4,
  termTaste: 0.5,
  termsKnown: 0.5,
  entityTaste: 1,
  topicTaste: 1,
  sessionTopic: 1,
  followUp: 0.25,
  videoFit: 0.25,
};

/** The weights that order candidates unless others are given. */
export const DEFAULT_MODEL: RankerModel = {
  format: 1,
  name: 'default',
  kind: 'linear',
  featureList: FEATURE_LIST_VERSION,
  features: Object.keys(WEIGHTS),
  bias: 0,
  weights: Object.values(WEIGHTS),
  diversity: 1,
  recipe: { method: 'set by hand' },
  figures: {},
};
