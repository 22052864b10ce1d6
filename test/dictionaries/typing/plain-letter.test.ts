import { describe, expect, it } from 'vitest';
import {
  accentedForms,
  admitsLetter,
  plainLetter,
} from '../../../dictionaries/typing/plain-letter.ts';

const code = (letter: string): number => letter.codePointAt(0)!;
const plain = (text: string): string =>
  String.fromCodePoint(...[...text].map((letter) => plainLetter(code(letter))));

describe('plainLetter', () => {
  it('takes accents off letters of each script that has optional ones', () => {
    expect(plain('crème brûlée')).toBe('creme brulee');
    expect(plain('người đẹp')).toBe('nguoi dep');
    expect(plain('ıstanbul łódź')).toBe('istanbul lodz');
    expect(plain('ώρα')).toBe('ωρα');
    expect(plain('ёлка')).toBe('елка');
    expect(plain('أحمد مكتبة')).toBe('احمد مكتبه');
  });

  it('leaves letters of their own as they are', () => {
    for (const text of ['йод', 'їжак', 'ßtraße', 'hello', '안녕', '京', '\u{1f600}']) {
      expect(plain(text)).toBe(text);
    }
  });

  it('lists the forms that become a letter, each of which it admits and not the other way round', () => {
    expect(accentedForms(code('e'))).toContain(code('é'));
    expect(accentedForms(code('e'))).toContain(code('ệ'));
    expect(accentedForms(code('京'))).toEqual([]);
    for (const letter of 'aeiouncαεиеا') {
      for (const form of accentedForms(code(letter))) {
        expect(plainLetter(form)).toBe(code(letter));
        expect(admitsLetter(code(letter), form)).toBe(true);
        expect(admitsLetter(form, code(letter))).toBe(false);
      }
    }
    expect(admitsLetter(code('e'), code('e'))).toBe(true);
    expect(admitsLetter(code('e'), code('à'))).toBe(false);
  });
});
