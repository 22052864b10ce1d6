import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginsSyllable, isSyllable } from '../../../../dictionaries/reading/pinyin.ts';
import {
  initialsOf,
  isFullPinyin,
  pinyinReadings,
} from '../../../../serving/retrieval/reading/pinyin-units.ts';

const syllable = fc.constantFrom(
  'bei',
  'jing',
  'da',
  'xue',
  'xi',
  'an',
  'e',
  'zhong',
  'guo',
  'shuang',
  'lv',
  'yi',
  'nve',
);
const letters = fc.string({
  unit: fc.constantFrom(...'abdeghijnouxzv'),
  minLength: 1,
  maxLength: 9,
});

/** Every way to cut letters into parts. */
function cuts(text: string): string[][] {
  if (text === '') return [[]];
  return Array.from(text, (_, at) => text.slice(0, at + 1)).flatMap((head) =>
    cuts(text.slice(head.length)).map((rest) => [head, ...rest]),
  );
}

function endsAtBreaks(parts: readonly string[], breaks: readonly number[]): boolean {
  const ends = new Set<number>();
  let end = 0;
  for (const part of parts) {
    end += part.length;
    ends.add(end);
  }
  return breaks.every((at) => ends.has(at));
}

describe('isFullPinyin', () => {
  it('knows syllables one after the other, the last one unfinished', () => {
    for (const text of ['xian', 'beij', 'beijingd', 'zh', 'shuangy', 'lvsh']) {
      expect(isFullPinyin(text, []), text).toBe(true);
    }
    for (const text of ['bjdx', 'iphone', 'beijdx', 'uber', 'love']) {
      expect(isFullPinyin(text, []), text).toBe(false);
    }
    expect(isFullPinyin('xian', [2])).toBe(true);
    expect(isFullPinyin('xian', [1])).toBe(false);
  });

  it('is what trying every cut says', () => {
    fc.assert(
      fc.property(letters, fc.array(fc.nat(8), { maxLength: 2 }), (text, places) => {
        const breaks = places.filter((at) => at > 0 && at < text.length).sort((a, b) => a - b);
        const naive = cuts(text).some(
          (parts) =>
            parts.slice(0, -1).every(isSyllable) &&
            beginsSyllable(parts.at(-1)!) &&
            endsAtBreaks(parts, breaks),
        );
        expect(isFullPinyin(text, breaks)).toBe(naive);
      }),
      { numRuns: 500 },
    );
  });
});

describe('pinyinReadings', () => {
  const initials = (text: string) =>
    pinyinReadings(text, [], true).map(({ units }) => initialsOf(units));

  it('takes letters apart, fewest syllables cut short first', () => {
    expect(initials('beijdx')[0]).toBe('bjdx');
    expect(initials('bjdaxue')[0]).toBe('bjdx');
    expect(pinyinReadings('beijdx', [], true)[0]).toMatchObject({ cut: 2 });
    expect(initials('iphone')).toEqual([]);
  });

  it('finds the way that syllables were cut short', () => {
    const typed = fc.array(fc.tuple(syllable, fc.boolean()), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(typed, (parts) => {
        const text = parts.map(([whole, isCut]) => (isCut ? whole.charAt(0) : whole)).join('');
        const wanted = parts.map(([whole]) => whole.charAt(0)).join('');
        const found = initials(text);
        expect(found.length).toBeLessThanOrEqual(8);
        if (found.length < 8) expect(found).toContain(wanted);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the letters back, in units that end at every break', () => {
    fc.assert(
      fc.property(letters, fc.nat(8), fc.boolean(), (text, place, isLast) => {
        const breaks = place > 0 && place < text.length ? [place] : [];
        for (const { units, cut } of pinyinReadings(text, breaks, isLast)) {
          const parts = units.map((unit) => unit.text);
          expect(parts.join('')).toBe(text);
          expect(endsAtBreaks(parts, breaks)).toBe(true);
          expect(cut).toBeLessThanOrEqual(parts.filter((part) => !isSyllable(part)).length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
