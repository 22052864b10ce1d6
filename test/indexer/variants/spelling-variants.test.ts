import { describe, expect, test } from 'vitest';
import { merges, refusals, SWITCHED } from './judged-variants.ts';
import { type Counted, mergesOf, refusalsOf, variantsOf } from './tables.ts';

describe('scripts and accents', () => {
  test('forms of one script merge', async () => {
    expect(
      await merges([
        ['東京タワー', 90],
        ['东京タワー', 20],
        ['らーめん', 9],
        ['ラーメン', 90],
      ]),
    ).toEqual({
      东京タワー: '東京タワー',
      らーめん: 'ラーメン',
    });
  });

  test('a word without accents is a lazy spelling only where one of the two dominates', async () => {
    expect(
      await merges([
        ['café', 900],
        ['cafe', 30],
      ]),
    ).toEqual({ cafe: 'café' });
    expect(
      await merges([
        ['cafe', 900],
        ['café', 30],
      ]),
    ).toEqual({ café: 'cafe' });
    expect(
      await refusals([
        ['résumé', 300],
        ['resume', 100],
      ]),
    ).toEqual({ 'résumé|resume': 'notDominated' });
    expect(
      await refusals([
        ['año', 9000],
        ['ano', 10],
      ]),
    ).toEqual({ 'año|ano': 'noUsage' });
    expect(
      await refusals([
        ['sí', 100],
        ['si', 100],
      ]),
    ).toEqual({ 'si|sí': 'noUsage' });
    expect(
      await merges([
        ['feliz año nuevo', 90],
        ['feliz ano nuevo', 80],
      ]),
    ).toEqual({
      'feliz ano nuevo': 'feliz año nuevo',
    });
  });

  test('different accents are different words, and what could be either is neither', async () => {
    expect(
      await merges([
        ['pâté', 900],
        ['pâte', 20],
      ]),
    ).toEqual({});
    const found = await variantsOf([
      ['bán hàng', 100],
      ['bạn hàng', 90],
      ['ban hang', 80],
    ]);
    expect(mergesOf(found)).toEqual({});
    expect(refusalsOf(found)).toEqual({
      'bán hàng|ban hang': 'ambiguous',
      'bạn hàng|ban hang': 'ambiguous',
    });
  });
});

describe('misspellings', () => {
  test('of a far more used query merge', async () => {
    expect(
      await merges([
        ['facebook', 9000],
        ['facebok', 90],
        ['britney spears', 4000],
        ['brtiney spears', 50],
      ]),
    ).toEqual({ facebok: 'facebook', 'brtiney spears': 'britney spears' });
  });

  test('not of one that is not used so much more, unless people correct themselves', async () => {
    const queries: Counted[] = [
      ['facebook', 900],
      ['facebok', 90],
    ];
    expect(await refusals(queries)).toEqual({ 'facebook|facebok': 'notDominated' });
    expect(await merges(queries, { 'facebook|facebok': SWITCHED })).toEqual({
      facebok: 'facebook',
    });
  });

  test('not short words, first letters, endings or digits', async () => {
    expect(
      await merges([
        ['cars', 9000],
        ['cats', 10],
        ['house', 9000],
        ['mouse', 10],
        ['hermano', 9000],
        ['hermana', 10],
        ['walked', 9000],
        ['walker', 10],
        ['model2019', 9000],
        ['model2018', 10],
        ['angle', 9000],
        ['angles', 10],
      ]),
    ).toEqual({});
  });

  test('a word that stands in queries of its own is no misspelling', async () => {
    const queries: Counted[] = [
      ['planet', 9000],
      ['planet earth', 900],
      ['plenet', 90],
      ['plenet casino', 80],
      ['plenet songs', 70],
    ];
    expect(await refusals(queries)).toMatchObject({ 'planet|plenet': 'ownQueries' });
  });
});
