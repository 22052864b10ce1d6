import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import {
  admitsTyped,
  coveredUnits,
  type TypedKey,
  termKeys,
  typedKeys,
} from '../../../dictionaries/reading/term-keys.ts';
import { ROMANISED, type RomanisedWords, RUSSIAN } from './romanised-words.ts';

function romanKeys(term: string): string[] {
  return termKeys(normalise(term))
    .filter(({ kind }) => kind === 'roman')
    .map(({ key }) => key);
}

function typedRoman(word: string): TypedKey[] {
  return typedKeys(word).filter(({ kind }) => kind === 'roman');
}

/** Whether the term is among what looking up the typed word gives. */
function finds(typed: string, term: string): boolean {
  const keys = romanKeys(term);
  const begun = typedRoman(typed).some((one) => keys.some((key) => key.startsWith(one.key)));
  return begun && admitsTyped(typed, normalise(term));
}

/** The words of a list that a typed word finds and that aren't `term`. */
function othersFound(typed: string, term: string, words: RomanisedWords): string[] {
  return Object.keys(words).filter((other) => other !== term && finds(typed, other));
}

describe.each(Object.entries(ROMANISED))('romanised %s', (_language, words) => {
  it('finds each word by every spelling, whole', () => {
    const missed: string[] = [];
    for (const [term, spellings] of Object.entries(words)) {
      const keys = romanKeys(term);
      for (const spelling of spellings) {
        const whole = typedRoman(spelling).filter(({ begun }) => begun !== true);
        if (!whole.some(({ key }) => keys.includes(key))) missed.push(`${spelling} for ${term}`);
        if (!admitsTyped(spelling, normalise(term))) missed.push(`${spelling} in ${term}`);
      }
    }
    expect(missed).toEqual([]);
  });

  it('finds each word by every beginning of every spelling', () => {
    const missed: string[] = [];
    for (const [term, spellings] of Object.entries(words)) {
      for (const spelling of spellings) {
        for (let length = 2; length <= spelling.length; length++) {
          const typed = spelling.slice(0, length);
          if (!finds(typed, term)) missed.push(`${typed} of ${spelling} for ${term}`);
        }
      }
    }
    expect(missed).toEqual([]);
  });

  it('covers some of a word for every beginning of a spelling, and all of it for the whole', () => {
    for (const [word, spellings] of Object.entries(words)) {
      const term = normalise(word);
      const keys = romanKeys(word);
      for (const spelling of spellings) {
        let before = 0;
        for (let length = 2; length <= spelling.length; length++) {
          const typed = typedRoman(spelling.slice(0, length)).find((one) =>
            keys.some((key) => key.startsWith(one.key)),
          );
          const covered = coveredUnits(term, 'roman', typed?.key ?? '');
          expect(covered).toBeGreaterThan(0);
          before = covered;
        }
        expect([spelling, before]).toEqual([spelling, term.length]);
      }
    }
  });
});

describe('romanised words', () => {
  it('are told apart from each other', () => {
    for (const [term, spellings] of Object.entries(RUSSIAN)) {
      for (const typed of spellings) expect(othersFound(typed, term, RUSSIAN)).toEqual([]);
    }
    expect(finds('moskva', 'москит')).toBe(false);
    expect(finds('kalimera', 'καλησπέρα')).toBe(false);
    expect(finds('bharat', 'भारी')).toBe(false);
    expect(finds('gaane', 'गीत')).toBe(false);
  });

  it('need the long vowels that are written in Arabic', () => {
    expect(finds('salam', 'سلام')).toBe(true);
    expect(finds('salim', 'سلام')).toBe(false);
    expect(finds('salim', 'سليم')).toBe(true);
    expect(finds('salam', 'سليم')).toBe(false);
    expect(finds('kitab', 'كتاب')).toBe(true);
    expect(finds('kutub', 'كتاب')).toBe(false);
    expect(finds('slm', 'سلام')).toBe(true);
  });

  it('stay in their script', () => {
    const scripts = typedRoman('salam').map(({ key }) => key.charAt(0));
    expect(new Set(scripts)).toEqual(new Set(['a', 'c', 'd', 'g']));
    expect(romanKeys('салам')).toEqual(['csalam']);
    expect(romanKeys('سلام')).toEqual(['aslm']);
  });

  it('are looked up for two letters or more, and with digits where a script has them', () => {
    expect(typedRoman('m')).toEqual([]);
    expect(typedRoman('2024')).toEqual([]);
    expect(typedRoman('é')).toEqual([]);
    expect(typedRoman('москва')).toEqual([]);
    expect(typedRoman('7abibi').map(({ key }) => key)).toEqual(['ahbb']);
    expect(typedRoman('8essaloniki').map(({ key }) => key)).toContain('gthesaloniki');
    expect(typedRoman('b1')).toEqual([]);
  });

  it('cover the letters that were typed', () => {
    expect(coveredUnits('москва', 'roman', 'cmosk')).toBe('моск'.length);
    expect(coveredUnits('щука', 'roman', 'csh')).toBe('щ'.length);
    expect(coveredUnits('семь', 'roman', 'csem')).toBe('семь'.length);
    expect(coveredUnits('नमस्ते', 'roman', 'dnm')).toBe('नम'.length);
    expect(coveredUnits('الكويت', 'roman', 'akw')).toBe('الكو'.length);
  });

  it('have few forms each', () => {
    for (const words of Object.values(ROMANISED)) {
      for (const term of Object.keys(words)) expect(romanKeys(term).length).toBeLessThanOrEqual(8);
    }
  });
});
