import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { merges } from './judged-variants.ts';
import { mergesOf, refusalsOf, variantsOf } from './tables.ts';

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
