import { describe, expect, it } from 'vitest';
import { drawTrials, type WantedTexts } from '../../../load-tests/typing/trials.ts';
import { ERROR_KINDS } from '../../../load-tests/typing/typing-errors.ts';

const wanted: WantedTexts = {
  texts: ['weather tomorrow', 'football results', 'pie', 'new york', '北京大学', 'café racer'],
  weights: [8, 4, 2, 1, 50, 50],
};
const options = { seed: 3, trialsACell: 200 };

describe('trials', () => {
  const cells = drawTrials(wanted, options);

  it('are the same for the same seed, and others for another', () => {
    expect(drawTrials(wanted, options)).toEqual(cells);
    expect(drawTrials(wanted, { ...options, seed: 4 })).not.toEqual(cells);
  });

  it('cover every length with no, one and two errors', () => {
    expect(cells.map(({ length, errors }) => `${length} ${errors}`)).toEqual(
      ['3', '5', '8', 'whole'].flatMap((length) =>
        [0, 1, 2].map((errors) => `${length} ${errors}`),
      ),
    );
    for (const { trials } of cells) expect(trials).toHaveLength(200);
  });

  it('type so many characters, clean and with errors, of texts that have as many', () => {
    for (const { length, errors, trials } of cells) {
      for (const { wanted: text, clean, typed, kinds } of trials) {
        expect(text.startsWith(clean)).toBe(true);
        expect(kinds).toHaveLength(errors);
        if (length === 'whole') expect(clean).toBe(text);
        else expect([clean.length, typed.length]).toEqual([length, length]);
        if (errors === 0) expect(typed).toBe(clean);
        else expect(text.startsWith(typed)).toBe(false);
      }
    }
  });

  it('type no text that is not ASCII, none too short for the length, and none whole of three letters', () => {
    for (const { length, trials } of cells) {
      const texts = new Set(trials.map((trial) => trial.wanted));
      expect(texts).not.toContain('北京大学');
      expect(texts).not.toContain('café racer');
      expect(texts.has('pie')).toBe(length === 3);
    }
  });

  it('draw texts by weight', () => {
    const whole = cells.find(({ length, errors }) => length === 'whole' && errors === 0);
    const times = (text: string) => whole?.trials.filter((trial) => trial.wanted === text).length;
    expect(times('weather tomorrow')).toBeGreaterThan(times('football results') ?? 0);
    expect(times('football results')).toBeGreaterThan(times('new york') ?? 0);
  });

  it('hold the shares of the kinds where every error has a place in some text', () => {
    const cell = cells.find(({ length, errors }) => length === 8 && errors === 1);
    const shares = ERROR_KINDS.map(
      (kind) => cell?.trials.filter(({ kinds }) => kinds[0] === kind).length,
    );
    expect(shares).toEqual([80, 40, 40, 40]);
  });

  it('fail plainly when no text can be typed', () => {
    const chinese = { texts: ['北京大学'], weights: [1] };
    expect(() => drawTrials(chinese, { seed: 1, trialsACell: 1 })).toThrow(
      /expected a text with a place for them/,
    );
  });
});
