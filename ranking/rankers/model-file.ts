import { FEATURE_LIST_VERSION, FEATURE_NAMES } from '../features/feature-list.ts';
import { FactorisationRanker } from './factorisation-ranker.ts';
import { LinearRanker } from './linear-ranker.ts';
import type { Ranker } from './ranker.ts';

/** The weights of a ranker, as a file of JSON holds them. */
export interface RankerModel {
  readonly format: 1;
  readonly name: string;
  readonly kind: 'linear' | 'factorisation-machine';
  /** FEATURE_LIST_VERSION when it was fitted. */
  readonly featureList: number;
  /** Names of the features that the weights are of; those that are not named weigh nothing. */
  readonly features: readonly string[];
  readonly bias: number;
  /** One a feature. */
  readonly weights: readonly number[];
  /** For a factorisation machine: of each feature, all of one length. */
  readonly factors?: readonly (readonly number[])[];
  /** What of its score a candidate loses that says just what one above it says; 0 for nothing. */
  readonly diversity: number;
  /** How the weights came about: what can be repeated. */
  readonly recipe: Readonly<Record<string, unknown>>;
  /** What was measured with them. */
  readonly figures: Readonly<Record<string, unknown>>;
}

/** A model that cannot be used; the message says what was expected of which field, and what came. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly code: 'bad-json' | 'bad-format' | 'bad-version' | 'bad-field';

  constructor(code: ModelError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const FORMAT = 1;
const MOST_FACTORS = 64;

/** Reads the text of a model file; `place` names it in errors. @throws ModelError */
export function parseModel(text: string, place: string): RankerModel {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ModelError('bad-json', `${place}: expected JSON: ${why}`, { cause });
  }
  return validateModel(content, place);
}

/** The model that a value is. @throws ModelError */
export function validateModel(content: unknown, place: string): RankerModel {
  if (!isRecord(content)) throw fault(place, '', 'an object', content);
  if (content.format !== FORMAT) {
    const message = `${place}: format: expected ${FORMAT}, got ${show(content.format)}`;
    throw new ModelError('bad-format', message);
  }
  if (content.featureList !== FEATURE_LIST_VERSION) {
    throw new ModelError(
      'bad-version',
      `${place}: featureList: expected ${FEATURE_LIST_VERSION}, got ${show(content.featureList)}; fit the weights anew with this version of foretype`,
    );
  }
  const { name, kind, features, bias, weights, factors, diversity = 0 } = content;
  if (typeof name !== 'string' || name === '') throw fault(place, 'name', 'a name', name);
  if (kind !== 'linear' && kind !== 'factorisation-machine') {
    throw fault(place, 'kind', 'linear or factorisation-machine', kind);
  }
  checkNames(features, place);
  if (!isFiniteNumber(bias)) throw fault(place, 'bias', 'a finite number', bias);
  if (!isFiniteNumber(diversity) || diversity < 0) {
    throw fault(place, 'diversity', 'a finite number of 0 or more', diversity);
  }
  checkNumbers(weights, features.length, place, 'weights');
  const rest = {
    recipe: isRecord(content.recipe) ? content.recipe : {},
    figures: isRecord(content.figures) ? content.figures : {},
  };
  const model = { name, featureList: FEATURE_LIST_VERSION, features, bias, weights, diversity };
  if (kind === 'linear') return { format: FORMAT, kind, ...model, ...rest };
  checkFactors(factors, features.length, place);
  return { format: FORMAT, kind, ...model, factors, ...rest };
}

/** The ranker that a model's weights make, over all features of the list. */
export function createRanker(model: RankerModel): Ranker {
  const places = FEATURE_NAMES.map((name) => model.features.indexOf(name));
  const weights = places.map((place) => model.weights[place] ?? 0);
  if (model.kind === 'linear') return new LinearRanker(model.name, weights, model.bias);
  const nothing = (model.factors?.[0] ?? []).map(() => 0);
  const factors = places.map((place) => model.factors?.[place] ?? nothing);
  return new FactorisationRanker(model.name, weights, factors, model.bias);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function checkNames(names: unknown, place: string): asserts names is readonly string[] {
  if (!Array.isArray(names)) throw fault(place, 'features', 'a list of names of features', names);
  names.forEach((name: unknown, i) => {
    if (typeof name !== 'string' || !FEATURE_NAMES.includes(name)) {
      throw fault(place, `features[${i}]`, 'the name of a feature of this version', name);
    }
    if (names.indexOf(name) < i) throw fault(place, `features[${i}]`, 'each name once', name);
  });
}

function checkNumbers(
  numbers: unknown,
  length: number,
  place: string,
  field: string,
): asserts numbers is readonly number[] {
  if (!Array.isArray(numbers) || numbers.length !== length) {
    const got = Array.isArray(numbers) ? `a list of ${numbers.length}` : show(numbers);
    throw faultOf(place, field, `a list of ${length} finite numbers, one a feature`, got);
  }
  const wrong = numbers.findIndex((each) => !isFiniteNumber(each));
  if (wrong >= 0) throw fault(place, `${field}[${wrong}]`, 'a finite number', numbers[wrong]);
}

function checkFactors(
  factors: unknown,
  rows: number,
  place: string,
): asserts factors is readonly (readonly number[])[] {
  const wanted = `${rows} lists of 1 to ${MOST_FACTORS} finite numbers, all as long, one a feature`;
  if (!Array.isArray(factors) || factors.length !== rows) {
    const got = Array.isArray(factors) ? `a list of ${factors.length}` : show(factors);
    throw faultOf(place, 'factors', wanted, got);
  }
  const depth = Array.isArray(factors[0]) ? factors[0].length : 0;
  const isRow = (row: unknown): boolean =>
    Array.isArray(row) && row.length === depth && row.every(isFiniteNumber);
  const isDeep = depth >= 1 && depth <= MOST_FACTORS;
  const wrong = isDeep ? factors.findIndex((row) => !isRow(row)) : 0;
  if (wrong >= 0) throw fault(place, `factors[${wrong}]`, wanted, factors[wrong]);
}

function fault(place: string, field: string, wanted: string, actual: unknown): ModelError {
  return faultOf(place, field, wanted, show(actual));
}

function faultOf(place: string, field: string, wanted: string, got: string): ModelError {
  const where = field === '' ? place : `${place}: ${field}`;
  return new ModelError('bad-field', `${where}: expected ${wanted}, got ${got}`);
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 60);
}
