import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  associationOf,
  type Candidate,
  selectPhrases,
} from '../../../indexer/phrases/phrase-selection.ts';

interface Counts {
  readonly taggers?: number;
  readonly units?: number;
  readonly titled?: number;
}

function candidate(phrase: string, counts: Counts, language: string | null = null): Candidate {
  const { taggers = 0, units = taggers, titled = 0 } = counts;
  return {
    groupNo: 0,
    groupKey: phrase.replaceAll(/[ \u0001]/g, ''),
    phrase,
    surface: phrase,
    language,
    creators: Math.max(taggers, units, titled),
    taggers,
    units,
    titled,
    others: [],
  };
}

function select(candidates: readonly Candidate[], language = 'en', creators = 1000): string[] {
  const rules = { minVideos: 3, creators, language };
  return selectPhrases(candidates, rules).map(({ phrase }) => phrase);
}

describe('which phrases name something', () => {
  test.each([
    ['2018', 'en'],
    ['猫', 'ja'],
    ['🎃', 'en'],
    ['the', 'en'],
    ['how to', 'en'],
    ['official music video', 'en'],
    ['october 2018', 'en'],
    ['31 de octubre', 'es'],
    ['ganze folge', 'de'],
    ['clip officiel', 'fr'],
    ['выпуск 5', 'ru'],
    ['公式\u0001動画', 'ja'],
    ['뮤직비디오', 'ko'],
    ['ユー\u0001チューブ', 'ja'],
    ['new', 'en'],
    ['3 4', 'en'],
  ])('%j names nothing, however many tag it', (phrase, language) => {
    expect(select([candidate(phrase, { taggers: 500 }, language)], language)).toEqual([]);
  });

  test.each([
    ['halloween 2018', 'en'],
    ['latest news', 'en'],
    ['music', 'en'],
    ['oneplus 6t', 'en'],
    ['how to draw', 'en'],
    ['la casa de papel', 'es'],
    ['渋谷\u0001ハロウィン', 'ja'],
    ['방탄소년단', 'ko'],
    ['новости россии', 'ru'],
    ['مريم أمجون', 'ar'],
    ['ละคร', 'th'],
  ])('%j is taken when enough creators tag it', (phrase, language) => {
    expect(select([candidate(phrase, { taggers: 3 }, language)], language)).toEqual([phrase]);
  });

  test('a single word of titles needs creators who tag it or let it stand alone', () => {
    expect(select([candidate('world', { titled: 40, taggers: 2, units: 2 })])).toEqual([]);
    expect(select([candidate('minecraft', { titled: 40, units: 3 })])).toEqual(['minecraft']);
  });

  test('words of titles that meet by chance are no phrase, those that belong together are', () => {
    const words = [
      candidate('river', { titled: 12 }),
      candidate('plate', { titled: 11 }),
      candidate('house', { titled: 300 }),
      candidate('light', { titled: 300 }),
    ];
    const phrases = [
      candidate('river plate', { titled: 11 }),
      candidate('house light', { titled: 90 }),
    ];
    expect(select([...words, ...phrases])).toEqual(['river plate']);
  });

  test('fragments of a longer phrase give way to it, parts with a life of their own stay', () => {
    const chosen = select([
      candidate('statue of', { titled: 9 }),
      candidate('liberty', { titled: 9 }),
      candidate('statue of liberty', { titled: 9 }),
      candidate('liberty island', { titled: 4 }),
      candidate('of liberty island', { titled: 4 }),
      candidate('statue of liberty island', { titled: 4 }),
      candidate('statue', { titled: 9 }),
      candidate('island', { titled: 20 }),
    ]);
    expect(chosen).toEqual(['statue of liberty', 'statue of liberty island']);
  });

  test('phrases of titles have five words at most', () => {
    const six = 'one red two blue three green';
    expect(select([candidate(six, { titled: 30, units: 30 })])).toEqual([]);
    expect(select([candidate(six, { titled: 30, taggers: 3 })])).toEqual([six]);
  });
});

describe('association', () => {
  test('is 0 by chance, near 1 for words that never part, and not above 1', () => {
    expect(associationOf(10, [100, 100], 1000)).toBeCloseTo(0);
    expect(associationOf(500, [500, 500], 100_000)).toBeGreaterThan(0.99);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 5 }),
        (together, counts) => {
          expect(associationOf(together, counts, 1000)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test('trusts many creators more than few', () => {
    const few = associationOf(3, [4, 4], 10_000);
    const many = associationOf(300, [400, 400], 1_000_000);
    expect(many).toBeGreaterThan(few);
  });
});
