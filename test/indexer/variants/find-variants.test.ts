import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Counted, mergesOf, refusalsOf, variantsOf } from './tables.ts';

async function merges(queries: readonly Counted[], usage = {}) {
  return mergesOf(await variantsOf(queries, usage));
}

async function refusals(queries: readonly Counted[], usage = {}) {
  const found = await variantsOf(queries, usage);
  expect(mergesOf(found)).toEqual({});
  return refusalsOf(found);
}

const SWITCHED = { switchers: 20 };

describe('singular and plural', () => {
  test('merge where the other words are the same', async () => {
    expect(
      await merges([
        ['running shoes', 900],
        ['running shoe', 100],
      ]),
    ).toEqual({
      'running shoe': 'running shoes',
    });
  });

  test('a single word merges only where usage says so', async () => {
    const shoes: Counted[] = [
      ['shoes', 900],
      ['shoe', 100],
    ];
    expect(await refusals(shoes)).toEqual({ 'shoes|shoe': 'noUsage' });
    expect(await merges(shoes, { 'shoes|shoe': SWITCHED })).toEqual({ shoe: 'shoes' });
    expect(await merges(shoes, { 'shoes|shoe': { switchers: 2 } })).toEqual({});
    const clicks = { clickers: [9, 4], clickLikeness: 0.8 };
    expect(await merges(shoes, { 'shoes|shoe': clicks })).toEqual({ shoe: 'shoes' });
  });

  test('the company of a word is evidence: shoes is, glasses is not', async () => {
    const queries: Counted[] = [
      ['shoes', 900],
      ['running shoes', 500],
      ['tennis shoes', 300],
      ['shoe', 90],
      ['running shoe', 50],
      ['tennis shoe', 40],
      ['glass', 800],
      ['glass door', 70],
      ['glass table', 60],
      ['broken glass', 50],
      ['glasses', 700],
      ['reading glasses', 45],
      ['glasses frames', 35],
    ];
    const found = await variantsOf(queries);
    expect(mergesOf(found)).toMatchObject({ shoe: 'shoes' });
    expect(refusalsOf(found)).toEqual({ 'glass|glasses': 'noUsage' });
  });

  test('clicks that differ keep apart what the words would merge', async () => {
    const apart = { clickers: [40, 30], clickLikeness: 0.01 };
    const bans: Counted[] = [
      ['travel bans', 300],
      ['travel ban', 200],
    ];
    expect(await refusals(bans, { 'travel bans|travel ban': apart })).toEqual({
      'travel bans|travel ban': 'usageContradicts',
    });
    expect(
      await merges(bans, { 'travel bans|travel ban': { ...apart, clickers: [9, 9] } }),
    ).toEqual({
      'travel ban': 'travel bans',
    });
  });

  test('words that keep quite other company elsewhere do not merge beside an equal word', async () => {
    const company = (word: string, others: string): Counted[] =>
      others.split(' ').flatMap((other, at): Counted[] => [
        [`${other} ${word}`, 30 + at],
        [`${other} ${word} ${other}s`, 10],
      ]);
    const queries: Counted[] = [
      ['big colt', 100],
      ['big colts', 90],
      ...company('colt', 'pistol revolver python navy army frontier cobra'),
      ...company('colts', 'football ticket stadium roster score schedule jersey'),
    ];
    expect(refusalsOf(await variantsOf(queries))).toMatchObject({
      'big colt|big colts': 'wordContradicts',
    });
  });

  test('a plural with a meaning of its own needs usage beside other words, too', async () => {
    const update: Counted[] = [
      ['windows update', 300],
      ['window update', 100],
    ];
    expect(await refusals(update)).toEqual({ 'windows update|window update': 'noUsage' });
    expect(await merges(update, { 'windows update|window update': SWITCHED })).toEqual({
      'window update': 'windows update',
    });
  });

  test('numbers and versions never merge', async () => {
    expect(
      await merges([
        ['iphone 12', 900],
        ['iphone 13', 20],
        ['iphone 12s', 10],
        ['ps4', 90],
        ['ps4s', 3],
      ]),
    ).toEqual({});
  });
});

describe('the order of words', () => {
  test('is no difference by itself', async () => {
    expect(
      await merges([
        ['apple watch', 900],
        ['watch apple', 30],
      ]),
    ).toEqual({
      'watch apple': 'apple watch',
    });
  });

  test('is one around words of direction, and among numbers', async () => {
    expect(
      await refusals([
        ['london to paris', 90],
        ['paris to london', 80],
      ]),
    ).toEqual({
      'london to paris|paris to london': 'orderWord',
    });
    expect(
      await merges([
        ['odds 2 1', 90],
        ['odds 1 2', 80],
        ['1 2 odds', 70],
      ]),
    ).toEqual({
      '1 2 odds': 'odds 1 2',
    });
  });

  test('with a plural, too, takes three words or usage', async () => {
    const garden: Counted[] = [
      ['garden vegetables', 90],
      ['vegetable garden', 80],
    ];
    expect(await refusals(garden)).toEqual({ 'garden vegetables|vegetable garden': 'noUsage' });
    expect(
      await merges([
        ['live coronavirus updates', 90],
        ['coronavirus update live', 80],
      ]),
    ).toEqual({ 'coronavirus update live': 'live coronavirus updates' });
  });
});

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

describe('classes', () => {
  test('the most used member represents, and others are its direct variants', async () => {
    expect(
      await merges([
        ['blue suede shoes', 900],
        ['blue suede shoe', 90],
        ['suede blue shoes', 80],
        ['shoes suede blue', 70],
      ]),
    ).toEqual({
      'blue suede shoe': 'blue suede shoes',
      'suede blue shoes': 'blue suede shoes',
      'shoes suede blue': 'blue suede shoes',
    });
  });

  test('a variant of a variant stays by itself', async () => {
    const found = await variantsOf([
      ['coronavirus uk', 90_000],
      ['cornavirus uk', 900],
      ['uk cornavirus', 20],
    ]);
    expect(mergesOf(found)).toEqual({ 'cornavirus uk': 'coronavirus uk' });
    expect(refusalsOf(found)).toEqual({ 'cornavirus uk|uk cornavirus': 'chain' });
  });

  test('nothing is merged into what too few searched in its market', async () => {
    const [us, both] = [{ markets: [0] }, { markets: [0, 1] }];
    expect(
      await merges([
        ['running shoes', 900, us],
        ['running shoe', 90, both],
      ]),
    ).toEqual({});
    expect(
      await merges([
        ['running shoes', 900, both],
        ['running shoe', 90, us],
      ]),
    ).toEqual({
      'running shoe': 'running shoes',
    });
  });

  test('the order of the input decides nothing, and every member is a judged variant of a representative', async () => {
    const word = fc.constantFrom(
      'shoe',
      'shoes',
      'café',
      'cafe',
      'watch',
      'apple',
      'aplle',
      'to',
      '12',
      '東京',
      '东京',
    );
    const text = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    const queries = fc.uniqueArray(fc.tuple(text, fc.integer({ min: 1, max: 100_000 })), {
      selector: ([query]) => query,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(queries, fc.infiniteStream(fc.nat()), async (counted, keys) => {
        const found = await variantsOf(counted);
        const merged = mergesOf(found);
        for (const target of Object.values(merged)) expect(merged[target]).toBeUndefined();
        for (const { pair, merged: why } of found.merges) {
          expect(pair.more).toBeLessThan(pair.less);
          expect(why).not.toBeNull();
        }
        const shuffled = counted
          .map((query) => [keys.next().value ?? 0, query] as const)
          .sort(([a], [b]) => a - b)
          .map(([, query]) => query);
        expect(mergesOf(await variantsOf(shuffled))).toEqual(merged);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what only looks alike', () => {
  test.each([
    ['hotel', 'hostel'],
    ['stream', 'steam'],
    ['angel', 'angle'],
    ['google', 'goggles'],
    ['hotel london', 'hostel london'],
  ])('a word of the dictionary is no slip of another one: %s, %s', async (common, rare) => {
    const queries: Counted[] = [
      [common, 9000],
      [rare, 90],
    ];
    expect(await merges(queries)).toEqual({});
    expect(await merges(queries, { [`${common}|${rare}`]: SWITCHED })).toEqual({});
  });

  test('it is one where people open the same', async () => {
    const queries: Counted[] = [
      ['google', 9000],
      ['goggle', 90],
    ];
    const clicks = { clickers: [900, 40], clickLikeness: 0.9 };
    expect(await merges(queries, { 'google|goggle': clicks })).toEqual({ goggle: 'google' });
  });

  test('two terms in two orders stay two until usage says that they are one', async () => {
    const queries: Counted[] = [
      ['milk chocolate', 90],
      ['chocolate milk', 80],
    ];
    expect(await refusals(queries)).toEqual({ 'milk chocolate|chocolate milk': 'noUsage' });
    expect(await merges(queries, { 'milk chocolate|chocolate milk': SWITCHED })).toEqual({
      'chocolate milk': 'milk chocolate',
    });
  });

  test('who typed a letter of its own meant it; who left a mark out may have meant the word', async () => {
    expect(
      await refusals([
        ['mono', 900, { markets: [1] }],
        ['moño', 20, { markets: [1] }],
      ]),
    ).toEqual({ 'mono|moño': 'noUsage' });
    expect(
      await merges([
        ['schön', 900],
        ['schon', 20],
        ['beyonce', 900],
        ['beyoncé', 20],
      ]),
    ).toEqual({ schon: 'schön', beyoncé: 'beyonce' });
  });

  test('the dots of ё are left to the writer, but where they tell words apart', async () => {
    expect(
      await merges([
        ['ёлка', 90],
        ['елка', 80],
        ['небо', 90],
        ['нёбо', 80],
      ]),
    ).toEqual({ елка: 'ёлка' });
  });
});
