import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JapaneseReader } from '../../../dictionaries/reading/japanese-reader.ts';
import { loadJapaneseReader } from '../../../indexer/counting/japanese-readings.ts';

let reader: JapaneseReader;
beforeAll(async () => {
  reader = await loadJapaneseReader();
}, 60_000);

describe('loadJapaneseReader', () => {
  it('reads words in kana, and knows how they are spoken', () => {
    expect(reader.read('東京タワー').map((word) => word.reading)).toEqual(['トウキョウ', 'タワー']);
    expect(reader.read('こんにちは')).toEqual([
      { surface: 'こんにちは', reading: 'コンニチハ', spoken: 'コンニチワ', opens: true },
    ]);
  });

  it('opens no word at particles', () => {
    expect(reader.read('君の名は').map((word) => word.opens)).toEqual([true, false, true, false]);
  });

  it('reads a word before a space as it reads it alone', () => {
    const [mountain] = reader.read('富士山');
    expect(mountain!.reading).toBe('フジサン');
    expect(reader.read('富士山 登山')).toEqual([
      mountain,
      { surface: ' ', reading: null, spoken: null, opens: false },
      ...reader.read('登山'),
    ]);
  });

  it('knows the common and the formal reading of Japan', () => {
    const [japan] = reader.read('日本 地図');
    expect(japan).toMatchObject({ surface: '日本', reading: 'ニホン', spoken: 'ニッポン' });
  });

  it('loads its dictionary once', async () => {
    expect(await loadJapaneseReader()).toBe(reader);
  });

  it('gives every text back, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: fc.constantFrom(...'東京はっか゚がー𠮷 a') }),
        (any, japanese) => {
          const text = any + japanese;
          expect(
            reader
              .read(text)
              .map((word) => word.surface)
              .join(''),
          ).toBe(text);
        },
      ),
      { numRuns: 300 },
    );
  });
});
