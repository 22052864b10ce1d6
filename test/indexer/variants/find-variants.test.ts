import { describe, expect, test } from 'vitest';
import { merges, refusals, SWITCHED } from './judged-variants.ts';
import { type Counted, mergesOf, refusalsOf, variantsOf } from './tables.ts';

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
