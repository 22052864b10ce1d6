import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldHan } from '../../../dictionaries/reading/han-fold.ts';

describe('foldHan', () => {
  it('lets traditional, Japanese and simplified writing meet', () => {
    expect(foldHan('臺灣大學')).toBe('台湾大学');
    expect(foldHan('東京駅')).toBe('东京驿');
    expect(foldHan('龍')).toBe(foldHan('竜'));
    expect(foldHan('図書館')).toBe('图书馆');
    expect(foldHan('iphone 手機殼')).toBe('iphone 手机壳');
  });

  it('leaves simplified characters that look like Japanese ones', () => {
    expect(foldHan('沪深300 研究 概念 予 芸')).toBe('沪深300 研究 概念 予 芸');
  });

  it('returns a text without Han itself, and none for none', () => {
    expect(foldHan('')).toBe('');
    expect(foldHan('カフェ 카페 café')).toBe('カフェ 카페 café');
  });

  it('keeps length and folds twice as once, whatever it is given', () => {
    const character = fc.oneof(
      fc.integer({ min: 0x3400, max: 0x9fff }).map((code) => String.fromCodePoint(code)),
      fc.integer({ min: 0x20000, max: 0x2a6df }).map((code) => String.fromCodePoint(code)),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(character), (characters) => {
        const text = characters.join('');
        const folded = foldHan(text);
        expect(folded.length).toBe(text.length);
        expect(foldHan(folded)).toBe(folded);
        expect(folded).toBe(characters.map(foldHan).join(''));
      }),
      { numRuns: 500 },
    );
  });
});
