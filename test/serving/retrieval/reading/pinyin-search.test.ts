import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphemes } from '../../../../dictionaries/graphemes.ts';
import { COSTS } from '../../../../serving/retrieval/reading/text-key-lookup.ts';
import { KeyList } from './key-list.ts';

const TEXTS = [
  '北京大学',
  '北京大学招生办',
  '北京',
  '西安',
  '先生',
  '中国银行',
  '重庆火锅',
  '绿色食品',
  '吕布',
  'iphone手机壳',
  '旅游 攻略',
  '阿里巴巴',
  '上海地铁',
  '臺北捷運',
  '手機維修',
  '长江大桥',
  'qq 音乐下载',
  '的',
  'plain words',
];
const list = new KeyList(TEXTS, 'zh');

describe('findByTextKeys for Chinese', () => {
  it('finds full pinyin at any beginning, half-typed syllables too', () => {
    expect(list.find('beijing')).toEqual(['[北京]大学', '[北京]大学招生办', '[北京]']);
    expect(list.find('beij')).toEqual(['[北京]大学', '[北京]大学招生办', '[北京]']);
    expect(list.find('beijingd')).toEqual(['[北京大]学', '[北京大]学招生办']);
    expect(list.find('beijingdaxuez')).toEqual(['[北京大学招]生办']);
    expect(list.find('zhongguoyin')).toEqual(['[中国银]行']);
  });

  it('finds initials of two letters and more, at a higher cost', () => {
    expect(list.find('bjdx')).toEqual(['[北京大学]', '[北京大学]招生办']);
    expect(list.find('zgyh')).toEqual(['[中国银行]']);
    expect(list.search('bjdx')[0]!.bits).toBe(COSTS.initials);
    expect(list.search('beijingdaxue')[0]!.bits).toBe(COSTS.pinyin);
  });

  it('finds syllables and initials mixed', () => {
    expect(list.find('beijdx')).toEqual(['[北京大学]', '[北京大学]招生办']);
    expect(list.find('bjdaxue')).toEqual(['[北京大学]', '[北京大学]招生办']);
    expect(list.find('bjdaxuez')).toEqual(['[北京大学招]生办']);
    expect(list.find('zhgyinh')).toEqual(['[中国银行]']);
    expect(list.find('albb')).toEqual(['[阿里巴巴]']);
    expect(list.find('shhdt')).toEqual(['[上海地铁]']);
  });

  it('finds letters mixed with Han, which stand for themselves', () => {
    expect(list.find('北jing')).toEqual(['[北京]大学', '[北京]大学招生办', '[北京]']);
    expect(list.find('北京dx')).toEqual(['[北京大学]', '[北京大学]招生办']);
    expect(list.find('bei京')).toEqual(['[北京]大学', '[北京]大学招生办', '[北京]']);
    expect(list.find('北京d')).toEqual(['[北京大]学', '[北京大]学招生办']);
    // What ends the typed text is a syllable under way, none that was cut short.
    expect(list.search('北京d')[0]!.bits).toBe(COSTS.composing);
    expect(list.search('北京dx')[0]!.bits).toBeGreaterThan(COSTS.composing);
    expect(list.find('重q')).toEqual(['[重庆]火锅']);
    expect(list.find('台bei')).toEqual(['[臺北]捷運']);
    expect(list.find('西jing')).toEqual([]);
  });

  it('takes spaces between syllables as ends of syllables', () => {
    expect(list.find('bei jing da xue')).toEqual(['[北京大学]', '[北京大学]招生办']);
    expect(list.find('xi an')).toEqual(['[西安]']);
    expect(list.find('xian')).toEqual(['[西安]', '[先]生']);
    expect(list.find('b j d x')).toEqual(['[北京大学]', '[北京大学]招生办']);
    expect(list.find('bei ')).toEqual(['[北]京大学', '[北]京大学招生办', '[北]京']);
    expect(list.find('beij ')).not.toContain('[北京]');
  });

  it('takes ü as v, ü and u, and letters with tones', () => {
    for (const typed of ['lvse', 'lüse', 'luse', 'lǜsè', 'lyuse']) {
      expect(list.find(typed), typed).toEqual(['[绿色]食品']);
    }
    expect(list.find('lvyou')).toEqual(['[旅游] 攻略']);
    expect(list.find('lvyougonglve')).toEqual(['[旅游 攻略]']);
    expect(list.find('beijīng')).toContain('[北京]');
  });

  it('finds traditional Chinese by pinyin', () => {
    expect(list.find('taibeij')).toEqual(['[臺北捷]運']);
    expect(list.find('shouji')).toEqual(['[手機]維修', 'iphone[手机]壳']);
  });

  it('finds Latin words among Han, and Han behind them', () => {
    expect(list.find('iphoneshouj')).toEqual(['[iphone手机]壳']);
    expect(list.find('iphone sj')).toEqual(['[iphone手机]壳']);
    expect(list.find('qqyinyue')).toEqual(['[qq 音乐]下载']);
    expect(list.find('iphone')).toEqual([]);
  });

  it('finds words inside a text, dearer than the beginning', () => {
    expect(list.find('daxue')).toEqual(['北京[大学]', '北京[大学]招生办']);
    expect(list.search('daxue')[0]!.bits).toBe(COSTS.pinyin + COSTS.inside);
  });

  it('finds nothing for a single letter, for Han alone, and for other scripts', () => {
    for (const typed of ['', ' ', 'b', 'b ', '北', '北京', '北京 ', 'привет', '서울', '1', 'บาง']) {
      expect(list.find(typed), typed).toEqual([]);
    }
  });

  it('does not take whole syllables for initials', () => {
    expect(new KeyList(['哈奥', '好', '巴昂'], 'zh').find('hao')).toEqual(['[好]']);
    expect(list.find('love')).toEqual([]);
    expect(list.find('new york')).toEqual([]);
  });

  it('stops when its budget is spent, with what it has found', () => {
    expect(list.search('beijing', 0)).toEqual([]);
    expect(list.search('beijing', 5)).toHaveLength(1);
  });

  it('leaves out what is not shown', () => {
    expect(list.search('beijing', 1000, (id) => id === 1).map((match) => match.completion)).toEqual(
      [1],
    );
  });

  it('finds a text by each beginning of each of its keys, in whole graphemes', () => {
    const han = fc.constantFrom(
      ...'北京大学中国银行重庆长春上海人民电影音乐下载绿色女儿的一不了在',
    );
    const part = fc.oneof(
      { weight: 6, arbitrary: han },
      fc.constantFrom(' ', 'a', 'qq', '3', 'é', 'の'),
    );
    const text = fc
      .array(part, { minLength: 1, maxLength: 8 })
      .map((parts) => parts.join('').trim().replace(/ +/g, ' '))
      .filter((joined) => /\p{Script=Han}/u.test(joined));
    fc.assert(
      fc.property(text, (written) => {
        const one = new KeyList([written], 'zh');
        const ends = new Set([0]);
        for (const grapheme of graphemes(written)) ends.add(Math.max(...ends) + grapheme.length);
        for (const { kind, key, start, steps } of one.entries) {
          for (let length = 2; length <= key.length; length++) {
            const typed = key.slice(0, length);
            if (kind === 'pinyinInitials' || !reachesHan(written, start, steps, length)) continue;
            const [match] = one.search(typed);
            expect(match, `${typed} of ${written}`).toBeDefined();
            expect(ends.has(match!.start) && ends.has(match!.end)).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Whether the first `length` letters of a key say any Han. */
function reachesHan(
  text: string,
  start: number,
  steps: readonly number[],
  length: number,
): boolean {
  let [letters, offset] = [0, start];
  for (let i = 0; i < steps.length && letters < length; i += 2) {
    letters += steps[i]!;
    offset += steps[i + 1]!;
  }
  return /[\p{Script=Han}\p{Script=Hiragana}]/u.test(text.slice(start, offset));
}
