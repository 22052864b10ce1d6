import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { graphemes } from '../../../dictionaries/graphemes.ts';
import { normalise } from '../../../dictionaries/normalise.ts';
import type { JapaneseReader } from '../../../dictionaries/reading/japanese-reader.ts';
import { isRead, textKeys } from '../../../dictionaries/reading/text-keys.ts';
import { loadJapaneseReader } from '../../../indexer/counting/japanese-readings.ts';

let japanese: JapaneseReader;
beforeAll(async () => {
  japanese = await loadJapaneseReader();
}, 60_000);

const keysOf = (text: string, language: 'zh' | 'ja' | null, kind: string, start = 0) =>
  textKeys(text, language, japanese)
    .filter((key) => key.kind === kind && key.start === start)
    .map((key) => key.key);

describe('textKeys', () => {
  it('writes Chinese in pinyin, simplified and traditional', () => {
    expect(keysOf('北京大学', 'zh', 'pinyin')).toEqual(['beijingdaxue']);
    expect(keysOf('北京大學', 'zh', 'pinyin')).toEqual(['beijingdaxue']);
    expect(keysOf('北京大学', 'zh', 'pinyinInitials')).toEqual(['bjdx']);
    expect(keysOf('绿色', 'zh', 'pinyin')).toEqual(['lvse']);
    expect(keysOf('旅游攻略', 'zh', 'pinyin')).toEqual(['lvyougonglve']);
  });

  it('reads Japan in both ways', () => {
    expect(keysOf('日本 地図', 'ja', 'romaji')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^nihon/), expect.stringMatching(/^nip+on/)]),
    );
  });

  it('lets the phrase decide between readings, and adds the second where it cannot', () => {
    expect(keysOf('银行', 'zh', 'pinyin')).toEqual(['yinhang']);
    expect(keysOf('重庆', 'zh', 'pinyin')).toEqual(['chongqing']);
    expect(keysOf('长江大桥', 'zh', 'pinyin')).toEqual(['changjiangdaqiao']);
    expect(keysOf('银行 行', 'zh', 'pinyin')).toEqual(['yinhangxing', 'yinhanghang']);
  });

  it('keeps Latin letters and digits among Han, without spaces and accents', () => {
    expect(keysOf('iphone 15 手机壳', 'zh', 'pinyin')[0]).toBe('iphone15shoujike');
    expect(keysOf('qq 音乐', 'zh', 'pinyinInitials')).toEqual(['qqyy']);
    expect(keysOf('café 北京', 'zh', 'pinyin')).toEqual(['cafebeijing']);
  });

  it('has keys from later words, 4 beginnings at most', () => {
    expect(keysOf('北京大学招生办', 'zh', 'pinyin', 2)).toEqual(['daxuezhaoshengban']);
    const starts = new Set(
      textKeys('北京 上海 广州 深圳 重庆 天津', 'zh', null).map((key) => key.start),
    );
    expect([...starts]).toEqual([0, 3, 6, 9]);
  });

  it('writes Japanese in romaji, as kanji are read', () => {
    expect(keysOf('東京タワー', 'ja', 'romaji')).toEqual(['tokyotawa']);
    expect(keysOf('東京タワー', 'ja', 'romaji', 2)).toEqual(['tawa']);
    expect(keysOf('食べ物', 'ja', 'romaji')).toEqual(['tabemono']);
    expect(keysOf('君の名は', null, 'romaji')).toEqual(['kiminonaha', 'kiminonawa']);
  });

  it('begins no key at particles', () => {
    const starts = textKeys('君の名は', 'ja', japanese).map((key) => key.start);
    expect(new Set(starts)).toEqual(new Set([0, 2]));
  });

  it('decides by language, then by kana; both for Han of unknown language', () => {
    const kinds = (text: string, language: 'zh' | 'ja' | null, reader: JapaneseReader | null) => [
      ...new Set(textKeys(text, language, reader).map((key) => key.kind)),
    ];
    expect(kinds('東京', 'ja', japanese)).toEqual(['romaji']);
    expect(kinds('東京', 'zh', japanese)).toEqual(['pinyin', 'pinyinInitials']);
    expect(kinds('東京', null, japanese)).toEqual(['pinyin', 'pinyinInitials', 'romaji']);
    expect(kinds('東京', null, null)).toEqual(['pinyin', 'pinyinInitials']);
    expect(kinds('東京タワー', null, japanese)).toEqual(['romaji']);
    expect(kinds('日本の旅', 'zh', japanese)).toEqual(['pinyin', 'pinyinInitials']);
  });

  it('lets kanji stand for themselves without a reader', () => {
    expect(textKeys('東京タワー', 'ja', null)[0]!.key).toBe('東京tawa');
  });

  it('has none for other texts', () => {
    for (const text of ['', 'hello', 'привет', '서울', 'กรุงเทพ', '🎂', '123']) {
      expect(isRead(text)).toBe(false);
      expect(textKeys(text, null, japanese)).toEqual([]);
      expect(textKeys(text, 'ja', japanese)).toEqual([]);
    }
  });

  it('advances key and text together to their ends, in whole graphemes', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...'北京大学食物行長東名前々〇ァっょーんタワ',
        'が',
        'は\u3099',
        'か\u309a',
        '葛\u{e0100}',
        '𠮷',
        '👩🏽‍💻',
        ' ',
        'é',
        'a',
        '5',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    );
    const text = fc.array(piece, { maxLength: 10 }).map((pieces) => normalise(pieces.join('')));
    fc.assert(
      fc.property(text, fc.constantFrom('zh', 'ja', null), (normalised, language) => {
        const ends = new Set([0]);
        let end = 0;
        for (const grapheme of graphemes(normalised)) {
          end += grapheme.length;
          ends.add(end);
        }
        for (const { start, key, steps } of textKeys(normalised, language, japanese)) {
          let [letters, offset] = [0, start];
          expect(key).not.toBe('');
          expect(ends.has(start)).toBe(true);
          for (let i = 0; i < steps.length; i += 2) {
            letters += steps[i]!;
            offset += steps[i + 1]!;
            expect(steps[i + 1]).toBeGreaterThan(0);
            expect(ends.has(offset), `${offset} in ${normalised}`).toBe(true);
          }
          expect(letters).toBe(key.length);
          expect(offset).toBe(normalised.length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
