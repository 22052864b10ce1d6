import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalRomaji } from '../../../../dictionaries/reading/romaji.ts';
import { loadJapaneseReader } from '../../../../indexer/counting/japanese-readings.ts';
import { COSTS } from '../../../../serving/retrieval/reading/text-key-lookup.ts';
import { KeyList } from './key-list.ts';

const TEXTS = [
  '東京',
  '東京タワー',
  '東京駅 ラーメン',
  '大阪城',
  '新宿 居酒屋',
  '君の名は',
  '名探偵コナン 映画',
  'こんにちは',
  '抹茶 ケーキ',
  '富士山',
  '切手',
  'ディズニーランド',
  'ipad ケース',
  'ファミリーマート',
  '食べ物',
  '地図',
  'つけ麺',
];

let list: KeyList;
beforeAll(async () => {
  list = new KeyList(TEXTS, 'ja', await loadJapaneseReader());
}, 60_000);

describe('findByTextKeys for Japanese', () => {
  it('finds kanji by kana, half-typed ones too', () => {
    expect(list.find('とうきょう')).toEqual(['[東京]', '[東京]タワー', '[東京]駅 ラーメン']);
    for (const typed of ['とうk', 'とうきょ', 'とうき', 'とうきょうt']) {
      expect(list.find(typed), typed).toContain(typed.endsWith('t') ? '[東京タ]ワー' : '[東京]');
    }
    expect(list.find('ふじ')).toEqual(['[富士山]']);
    expect(list.search('とうきょう')[0]!.bits).toBe(COSTS.composing);
  });

  it('finds kana and kanji by romaji however it is spelled', () => {
    for (const typed of ['toukyou', 'tokyo', 'toky', 'tōkyō', 'toukyo', 'tok']) {
      expect(list.find(typed), typed).toEqual(['[東京]', '[東京]タワー', '[東京]駅 ラーメン']);
    }
    for (const typed of ['oosaka', 'osaka', 'ohsaka', 'osakajo', 'oosakajyou']) {
      expect(list.find(typed).join(), typed).toMatch(/^\[大阪(\]城|城\])$/);
    }
    for (const typed of ['fuji', 'huzi', 'hu', 'fu']) {
      expect(list.find(typed).join(), typed).toContain('[富士');
    }
    for (const typed of ['tsu', 'tu', 'ts', 'tsukemen', 'tukemenn']) {
      expect(list.find(typed).join(), typed).toMatch(/\[つ/);
    }
    for (const typed of ['chizu', 'tizu', 'ch', 'chidu']) {
      expect(list.find(typed).join(), typed).toContain('[地図]');
    }
    expect(list.find('matcha')).toEqual(['[抹茶] ケーキ']);
    expect(list.find('shinjuku')).toEqual(['[新宿] 居酒屋']);
    expect(list.find('dizuni')).toEqual(['[ディズニ]ーランド']);
    expect(list.find('famirima')).toEqual(['[ファミリーマ]ート']);
    expect(list.search('tokyo')[0]!.bits).toBe(COSTS.romaji);
  });

  it('tells doubled consonants apart', () => {
    expect(list.find('kitte')).toEqual(['[切手]']);
    expect(list.find('kite')).toEqual([]);
  });

  it('finds what is typed in hiragana or romaji behind kanji', () => {
    for (const typed of ['東京たわ', '東京tawa', '東京 tawa', '東京タw']) {
      expect(list.find(typed), typed).toHaveLength(1);
      expect(list.find(typed)[0], typed).toMatch(/^\[東京タ/);
    }
    expect(list.find('東京えき')).toEqual(['[東京駅] ラーメン']);
    expect(list.find('大阪たわ')).toEqual([]);
    expect(list.search('東京たわ')[0]!.bits).toBe(COSTS.composing);
  });

  it('finds kanji behind kana and romaji', () => {
    expect(list.find('とうきょう駅')).toEqual(['[東京駅] ラーメン']);
    expect(list.find('tokyo駅')).toEqual(['[東京駅] ラーメン']);
    expect(list.find('tokyo駅らー')).toEqual(['[東京駅 ラ]ーメン']);
    expect(list.find('とうきょう城')).toEqual([]);
  });

  it('finds what is spoken otherwise than spelled', () => {
    expect(list.find('kiminonawa')).toEqual(['[君の名は]']);
    expect(list.find('kiminonaha')).toEqual(['[君の名は]']);
    expect(list.find('konnichiwa')).toEqual(['[こんにちは]']);
  });

  it('finds words inside a text, at a cost', () => {
    expect(list.find('eiga')).toEqual(['名探偵コナン [映画]']);
    expect(list.find('えいが')).toEqual(['名探偵コナン [映画]']);
    expect(list.find('ke-su'.replace('-', ''))).toEqual(['ipad [ケース]']);
    expect(list.search('eiga')[0]!.bits).toBe(COSTS.romaji + COSTS.inside);
  });

  it('finds nothing for a single letter or kanji alone', () => {
    for (const typed of ['t', 't ', '東京', '東', '']) expect(list.find(typed), typed).toEqual([]);
  });

  it('asks for no romaji where there is none, and no pinyin where that is missing', async () => {
    expect(new KeyList(['上海'], 'zh').find('しゃんはい')).toEqual([]);
    expect(list.has('pinyin')).toBe(false);
    expect(list.find('dongjing')).toEqual([]);
  });

  it('finds a text by each beginning of its kana', () => {
    const kana = fc.constantFrom(
      ...'あいうかきしちつとなにのはふまみもらりんがじずだばぱ',
      'きょ',
      'しゃ',
      'っか',
      'っち',
      'ー',
      'ティ',
      'ファ',
    );
    fc.assert(
      fc.property(fc.array(kana, { minLength: 1, maxLength: 6 }), fc.nat(), (morae, cut) => {
        const text = morae.join('');
        const one = new KeyList([text], 'ja');
        const typed = text.slice(0, 1 + (cut % text.length));
        if (canonicalRomaji(typed).key === '') return;
        const [match] = one.search(typed);
        expect(match, `${typed} of ${text}`).toMatchObject({ completion: 0, start: 0 });
        expect(match!.end).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});
