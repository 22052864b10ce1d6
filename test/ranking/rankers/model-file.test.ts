import { describe, expect, it } from 'vitest';
import { FEATURES } from '../../../ranking/features/feature-list.ts';
import { DEFAULT_MODEL } from '../../../ranking/rankers/default-model.ts';
import { createRanker, ModelError, parseModel } from '../../../ranking/rankers/model-file.ts';

const LINEAR = {
  format: 1,
  name: 'small',
  kind: 'linear',
  featureList: 1,
  features: ['ownQuery', 'place'],
  bias: 0.5,
  weights: [3, 2],
};
const MACHINE = {
  ...LINEAR,
  kind: 'factorisation-machine',
  factors: [
    [1, 0],
    [2, 1],
  ],
};

function codeOf(content: unknown): string {
  try {
    parseModel(typeof content === 'string' ? content : JSON.stringify(content), 'model.json');
  } catch (error) {
    if (error instanceof ModelError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
}

describe('model file', () => {
  it('gives back the default model as it was written', () => {
    const text = JSON.stringify(DEFAULT_MODEL);
    expect(parseModel(text, 'default')).toEqual(DEFAULT_MODEL);
  });

  it('weighs the features that it names, by name, and no others', () => {
    for (const [content, expected] of [
      [LINEAR, 0.5 + 3 * 2 + 2 * -4],
      [MACHINE, 0.5 + 3 * 2 + 2 * -4 + 2 * (2 * -4)],
    ] as const) {
      const features = new Float32Array(FEATURES.length).fill(0);
      FEATURES.forEach(({ name }, i) => {
        features[i] = name === 'ownQuery' ? 2 : name === 'place' ? -4 : 7;
      });
      const scores = new Float32Array(1);
      createRanker(parseModel(JSON.stringify(content), 'm')).score(features, 1, scores);
      expect(scores[0]).toBe(expected);
    }
  });

  it('refuses what cannot be used, and says what was expected where', () => {
    expect(codeOf('{')).toMatch(/^bad-json: model\.json: expected JSON: .*position 1/);
    expect(codeOf([])).toBe('bad-field: model.json: expected an object, got []');
    expect(codeOf({ ...LINEAR, format: 2 })).toBe(
      'bad-format: model.json: format: expected 1, got 2',
    );
    expect(codeOf({ ...LINEAR, featureList: 0 })).toMatch(
      'bad-version: model.json: featureList: expected 1, got 0; fit',
    );
  });

  it.each([
    [{ name: '' }, 'name: expected a name, got ""'],
    [{ kind: 'forest' }, 'kind: expected linear or factorisation-machine, got "forest"'],
    [{ features: 'place' }, 'features: expected a list of names of features, got "place"'],
    [{ features: ['place', 'place'] }, 'features[1]: expected each name once, got "place"'],
    [
      { features: ['place', 'colour'] },
      'features[1]: expected the name of a feature of this version, got "colour"',
    ],
    [{ bias: null }, 'bias: expected a finite number, got null'],
    [{ weights: {} }, 'weights: expected a list of 2 finite numbers, one a feature, got {}'],
    [
      { weights: [1] },
      'weights: expected a list of 2 finite numbers, one a feature, got a list of 1',
    ],
    [{ weights: [1, '2'] }, 'weights[1]: expected a finite number, got "2"'],
    [{ diversity: -1 }, 'diversity: expected a finite number of 0 or more, got -1'],
  ])('refuses %j', (change, message) => {
    expect(codeOf({ ...LINEAR, ...change })).toBe(`bad-field: model.json: ${message}`);
  });

  it.each([
    [undefined, 'factors', 'nothing'],
    [[[1]], 'factors', 'a list of 1'],
    [[[1], [1, 2]], 'factors[1]', '[1,2]'],
    [[[], []], 'factors[0]', '[]'],
    [[new Array(65).fill(1), [1]], 'factors[0]', '[1,1,'],
    [[[1], [null]], 'factors[1]', '[null]'],
  ])('refuses the factors %j', (factors, field, got) => {
    const wanted = 'expected 2 lists of 1 to 64 finite numbers, all as long, one a feature, got ';
    expect(codeOf({ ...MACHINE, factors })).toContain(
      `bad-field: model.json: ${field}: ${wanted}${got}`,
    );
  });
});
