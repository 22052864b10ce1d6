import { convertHangulToQwerty, convertQwertyToAlphabet, disassemble } from 'es-hangul';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import {
  jamoOfLatinLayout,
  jamoRewriting,
  keyOfStrokes,
  latinOfHangulLayout,
} from '../../../dictionaries/reading/jamo.ts';
import { coveredUnits } from '../../../dictionaries/reading/term-keys.ts';
import { keysOf, typedOf } from './keys-of-kind.ts';

/** States of an input method on the way to a word, in their order. */
const HALF_TYPED: readonly (readonly [string, readonly string[]])[] = [
  ['서울', ['ㅅ', '서', '성', '서우', '서울']],
  ['날씨', ['ㄴ', '나', '날', '날ㅆ', '날씨']],
  ['닭갈비', ['ㄷ', '다', '달', '닭', '닭ㄱ', '닭가', '닭갈', '닭갋', '닭갈비']],
  ['영화', ['ㅇ', '여', '영', '영ㅎ', '영호', '영화']],
  ['가사', ['ㄱ', '가', '갓', '가사']],
  ['의사', ['ㅇ', '으', '의', '읫', '의사']],
  ['삶', ['ㅅ', '사', '살', '삶']],
  ['쇼핑', ['ㅅ', '쇼', '숖', '쇼피', '쇼핑']],
];

describe('jamo', () => {
  it('find a word by every half-typed state of it', () => {
    for (const [term, states] of HALF_TYPED) {
      const [key = ''] = keysOf(term, 'jamo');
      for (const state of states) {
        const [typed = '?'] = typedOf(state, 'jamo');
        expect([term, state, key.startsWith(typed)]).toEqual([term, state, true]);
      }
      expect(typedOf(term, 'jamo')).toEqual([key]);
    }
  });

  it('are a sign each in keys, which no normalised text has', () => {
    const strokes = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ';
    const signs = Array.from(keyOfStrokes(strokes));
    expect(new Set(signs).size).toBe(strokes.length);
    for (const sign of signs) {
      expect(Buffer.byteLength(sign)).toBe(1);
      expect(normalise(`a${sign}`)).not.toBe(`a${sign}`);
    }
  });

  it('cover the whole of a half-typed syllable', () => {
    expect(coveredUnits('서울', 'jamo', keyOfStrokes('ㅅㅓ'))).toBe(1);
    expect(coveredUnits('서울', 'jamo', keyOfStrokes('ㅅㅓㅇ'))).toBe(2);
    expect(coveredUnits('lg전자', 'jamo', keyOfStrokes('lgㅈ'))).toBe(3);
  });

  it('are the strokes of every syllable there is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0xac00, max: 0xd7a3 }), { maxLength: 6 }), (codes) => {
        const text = String.fromCharCode(...codes);
        const { key, ends } = jamoRewriting(text);
        expect(ends).toHaveLength(key.length);
        expect(key).toMatch(
          /^[ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ]*$/,
        );
        expect(key).toBe(disassemble(text));
        // Decomposed by Unicode, the text has the same strokes.
        expect(jamoRewriting(text.normalize('NFD')).key).toBe(key);
      }),
    );
  });
});

describe('initials', () => {
  it('find a word by its initial consonants, clusters taken apart', () => {
    expect(keysOf('서울', 'initials')).toEqual([keyOfStrokes('ㅅㅇ')]);
    expect(keysOf('빨래', 'initials')).toEqual([keyOfStrokes('ㅃㄹ')]);
    expect(keysOf('가수', 'initials')).toEqual(typedOf('ㄳ', 'initials'));
    expect(typedOf('ㅅㅇ', 'initials')).toEqual([keyOfStrokes('ㅅㅇ')]);
    expect(typedOf('ㅄ', 'initials')).toEqual([keyOfStrokes('ㅂㅅ')]);
  });

  it('are no matter of words with a vowel, and not of terms that are not all Hangul', () => {
    expect(typedOf('서ㅇ', 'initials')).toEqual([]);
    expect(typedOf('ㅏ', 'initials')).toEqual([]);
    expect(keysOf('lg전자', 'initials')).toEqual([]);
    expect(keysOf('물', 'initials')).toEqual([]);
  });

  it('cover a syllable each', () => {
    expect(coveredUnits('대한민국', 'initials', keyOfStrokes('ㄷㅎㅁ'))).toBe(3);
  });
});

describe('the other layout', () => {
  it('reads Hangul that was typed with Latin keys', () => {
    expect(jamoOfLatinLayout('dkssud')).toBe('ㅇㅏㄴㄴㅕㅇ');
    expect(typedOf('dkssud', 'jamo')).toEqual(keysOf('안녕', 'jamo'));
    expect(typedOf('skfTl', 'jamo')).toContain(keysOf('날씨', 'jamo')[0]);
    expect(typedOf('QkfFo', 'jamo')).toContain(keyOfStrokes('ㅃㅏㄹㄹㅐ'));
    expect(typedOf('dudghk', 'jamo')).toEqual(keysOf('영화', 'jamo'));
    expect(typedOf('rkskek', 'jamo').slice(0, 1)).toEqual(keysOf('가나다', 'jamo'));
  });

  it('has the keys of es-hangul', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0xac00, max: 0xd7a3 }), { minLength: 1 }), (codes) => {
        const text = String.fromCharCode(...codes);
        expect(latinOfHangulLayout(text)).toBe(convertHangulToQwerty(text).toLowerCase());
      }),
    );
    expect(jamoOfLatinLayout('dkssudgktpdy')).toBe(convertQwertyToAlphabet('dkssudgktpdy'));
  });

  it('leaves Latin words that compose to nothing', () => {
    for (const word of ['google', 'apple', 'youtube', 'weather', 'news', 'amazon', 'sex', 'dog']) {
      expect([word, typedOf(word, 'jamo')]).toEqual([word, []]);
    }
  });

  it('reads Latin words that were typed with Hangul keys', () => {
    expect(latinOfHangulLayout(normalise('해ㅐ힏'))).toBe('google');
    expect(latinOfHangulLayout(normalise('ㅎㅐㅐㅎㅣㄷ'))).toBe('google');
    expect(latinOfHangulLayout(normalise('ㅛㅐㅕ셔ㅠㄷ'))).toBe('youtube');
    expect(latinOfHangulLayout('서울')).toBe('tjdnf');
    expect(latinOfHangulLayout('google')).toBeNull();
    expect(latinOfHangulLayout('서울2')).toBeNull();
    expect(latinOfHangulLayout('')).toBeNull();
  });

  it('gives back what the Latin keys of Hangul without shift type', () => {
    fc.assert(
      fc.property(fc.constantFrom('안녕', '서울', '한국어', '고양이', '대한민국'), (word) => {
        const latin = latinOfHangulLayout(word) ?? '';
        expect(jamoOfLatinLayout(latin)).toBe(jamoRewriting(word).key);
      }),
    );
  });
});
