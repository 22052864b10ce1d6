import { describe, expect, it } from 'vitest';
import {
  ERROR_BITS,
  extraBits,
  LEAST_ERROR_BITS,
  omissionBits,
  soundBits,
  substitutionBits,
} from '../../../dictionaries/typing/error-model.ts';
import { KEYBOARDS } from '../../../dictionaries/typing/keyboard.ts';

const code = (letter: string): number => (letter === '' ? -1 : letter.codePointAt(0)!);
const { qwerty, jcuken } = KEYBOARDS;
const substitution = (typed: string, meant: string, keyboard = qwerty): number =>
  substitutionBits(keyboard, code(typed), code(meant));
const extra = (typed: string, before: string, after: string): number =>
  extraBits(qwerty, code(typed), code(before), code(after));

describe('the error model', () => {
  it('takes likely errors for cheaper ones', () => {
    const random = substitution('q', 'm');
    expect(substitution('h', 'g')).toBeLessThan(random);
    expect(substitution('a', 'e')).toBeLessThan(random);
    expect(substitution('k', 'c')).toBeLessThan(random);
    expect(substitution('é', 'e')).toBeLessThan(substitution('h', 'g'));
    expect(substitution('п', 'а', jcuken)).toBeLessThan(substitution('п', 'а'));
    expect(omissionBits(code('s'), code('s'))).toBeLessThan(omissionBits(code('s'), code('e')));
    expect(extra('s', 's', 'e')).toBeLessThan(extra('d', 's', 'e'));
    expect(extra('d', 's', 'e')).toBeLessThan(extra('p', 's', 'e'));
    expect(extra('r', '', 'e')).toBeLessThan(extra('p', '', 'e'));
    expect(extra('r', 'e', '')).toBeLessThan(extra('p', 'e', ''));
  });

  it('has no error that costs less than the least', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyzéüабвое'];
    for (const a of letters) {
      expect(omissionBits(code(a), code(a))).toBeGreaterThanOrEqual(LEAST_ERROR_BITS);
      for (const b of letters) {
        if (a !== b) expect(substitution(a, b)).toBeGreaterThanOrEqual(LEAST_ERROR_BITS);
        expect(extra(a, b, b)).toBeGreaterThanOrEqual(LEAST_ERROR_BITS);
      }
    }
    expect(ERROR_BITS.error + ERROR_BITS.transposition).toBeGreaterThanOrEqual(LEAST_ERROR_BITS);
  });

  it('takes words that sound alike for likelier the more their letters differ, and never for less likely', () => {
    expect(soundBits(0)).toBe(0);
    expect(soundBits(34)).toBeLessThan(17);
    for (let bits = 0; bits < 60; bits++) expect(soundBits(bits)).toBeLessThanOrEqual(bits);
    expect(soundBits(Infinity)).toBe(Infinity);
  });
});
