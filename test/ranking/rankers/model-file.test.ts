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
    expect(codeOf('{')).toMatch('bad-json: model.json');
    expect(codeOf([])).toMatch('bad-field: model.json: expected an object');
    expect(codeOf({ ...LINEAR, format: 2 })).toMatch('bad-format: model.json: format: expected 1');
    expect(codeOf({ ...LINEAR, featureList: 0 })).toMatch('bad-version');
    for (const [field, value] of [
      ['name', ''],
      ['kind', 'forest'],
      ['features', ['ownQuery', 'ownQuery']],
      ['features', ['ownQuery', 'colour']],
      ['bias', null],
      ['weights', [1]],
      ['weights', [1, '2']],
      ['diversity', -1],
    ] as const) {
      expect(codeOf({ ...LINEAR, [field]: value })).toMatch(`bad-field: model.json: ${field}: `);
    }
    for (const factors of [undefined, [[1]], [[1], [1, 2]], [[], []], [[1], [null]]]) {
      expect(codeOf({ ...MACHINE, factors })).toMatch('bad-field: model.json: factors: ');
    }
  });
});
