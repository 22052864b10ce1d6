import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldKana } from '../../../dictionaries/reading/kana-fold.ts';

describe('foldKana', () => {
  it('lets katakana and hiragana meet, small and voiced ones too', () => {
    expect(foldKana('ラーメン')).toBe('らーめん');
    expect(foldKana('東京タワー')).toBe('東京たわー');
    expect(foldKana('ヴァイオリン ヵヶ')).toBe('ゔぁいおりん ゕゖ');
  });

  it('returns a text without katakana itself', () => {
    expect(foldKana('すし ー・ abc')).toBe('すし ー・ abc');
  });

  it('keeps length and folds twice as once', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.integer({ min: 0x3040, max: 0x30ff }).map((code) => String.fromCharCode(code)),
        }),
        (text) => {
          const folded = foldKana(text);
          expect(folded.length).toBe(text.length);
          expect(foldKana(folded)).toBe(folded);
        },
      ),
    );
  });
});
