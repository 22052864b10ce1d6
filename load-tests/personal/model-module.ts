import type { RankerModel } from '../../ranking/rankers/model-file.ts';

/** The source of ranking/rankers/default-model.ts for a model, as the formatter leaves it. */
export function writeModelModule(model: RankerModel): string {
  const { name, kind, features, bias, weights, factors, diversity, recipe, figures } = model;
  const isMachine = factors !== undefined;
  const lines = [
    "import { FEATURE_LIST_VERSION } from '../features/feature-list.ts';",
    "import type { RankerModel } from './model-file.ts';",
    '',
    '/* Written by load-tests/personal/fit.ts: the weights are not to be changed by hand. */',
    '',
    'const WEIGHTS = {',
    ...features.map((feature, i) => `  ${feature}: ${weights[i]},`),
    '};',
    '',
    ...(isMachine
      ? [
          'const FACTORS: Readonly<Record<keyof typeof WEIGHTS, readonly number[]>> = {',
          ...features.map((feature, i) => `  ${feature}: [${factors[i]?.join(', ')}],`),
          '};',
          '',
        ]
      : []),
    '/** The weights that order candidates unless others are given. */',
    'export const DEFAULT_MODEL: RankerModel = {',
    '  format: 1,',
    `  name: '${name}',`,
    `  kind: '${kind}',`,
    '  featureList: FEATURE_LIST_VERSION,',
    '  features: Object.keys(WEIGHTS),',
    `  bias: ${bias},`,
    '  weights: Object.values(WEIGHTS),',
    ...(isMachine ? ['  factors: Object.values(FACTORS),'] : []),
    `  diversity: ${diversity},`,
    `  recipe: ${writeRecord(recipe)},`,
    `  figures: ${writeRecord(figures)},`,
    '};',
    '',
  ];
  return lines.join('\n');
}

function writeRecord(record: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(record).map(([key, value]) =>
    typeof value === 'string' ? `    ${key}: '${value}',` : `    ${key}: ${JSON.stringify(value)},`,
  );
  return ['{', ...fields, '  }'].join('\n');
}
