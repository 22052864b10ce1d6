import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ThemeModel } from '../../../indexer/segment/theme-model.ts';

const THEMES = 12;
const UNITS = 6;
const bits = fc.float({ min: -12, max: 12, noNaN: true });

/** A model in which each unit has cells of some themes. */
const models = fc
  .tuple(
    fc.array(fc.float({ min: Math.fround(0.01), max: 1, noNaN: true }), {
      minLength: THEMES,
      maxLength: THEMES,
    }),
    fc.array(fc.tuple(fc.subarray([...Array(THEMES).keys()]), bits), {
      minLength: UNITS,
      maxLength: UNITS,
    }),
    fc.array(bits, { minLength: THEMES * UNITS, maxLength: THEMES * UNITS }),
  )
  .map(([weights, cells, ratios]) => {
    const total = weights.reduce((sum, each) => sum + each, 0);
    const offsets = [0];
    for (const [themes] of cells) offsets.push(offsets.at(-1)! + themes.length);
    return new ThemeModel({
      priors: Float32Array.from(weights, (each) => each / total),
      offsets: Uint32Array.from(offsets),
      themes: Uint16Array.from(cells.flatMap(([themes]) => themes)),
      ratios: Float32Array.from(ratios.slice(0, offsets.at(-1))),
      rests: Float32Array.from(cells, ([, rest]) => rest),
    });
  });

test('the likeliest themes are those of the posterior, and a question leaves nothing for the next', () => {
  const asked = fc.array(fc.array(fc.integer({ min: -1, max: UNITS - 1 }), { maxLength: 8 }), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(models, asked, (model, questions) => {
      for (const units of questions) {
        const likely = model.likeliest(units, 0.1, 3);
        const posterior = [...(model.posterior(units) ?? [])];
        const expected = posterior
          .map((chance, theme) => ({ theme, chance }))
          .filter(({ chance }) => chance >= 0.1)
          .sort((a, b) => b.chance - a.chance || a.theme - b.theme)
          .slice(0, 3);
        // A chance at the very bound, or two alike to the last digits, may fall either way.
        const isClear = posterior.every(
          (chance, theme) =>
            Math.abs(chance - 0.1) > 1e-9 &&
            posterior.every((other, i) => i === theme || Math.abs(other - chance) > 1e-9),
        );
        if (!isClear) continue;
        expect(likely.map(({ theme }) => theme)).toEqual(expected.map(({ theme }) => theme));
        likely.forEach(({ chance }, i) => {
          expect(chance).toBeCloseTo(expected[i]?.chance ?? Number.NaN, 12);
        });
      }
    }),
  );
});
