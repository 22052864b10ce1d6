import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRomaji } from 'wanakana';
import { canonicalRomaji, typedRomaji } from '../../../dictionaries/reading/romaji.ts';

const keyOf = (spelling: string) => canonicalRomaji(spelling).key;

/** Morae with how they may be spelled; the first is Hepburn, the second Kunrei. */
const MORAE: readonly (readonly [string, ...string[]])[] = [
  ['あ', 'a'],
  ['い', 'i'],
  ['う', 'u'],
  ['え', 'e'],
  ['お', 'o'],
  ['か', 'ka'],
  ['き', 'ki'],
  ['く', 'ku'],
  ['こ', 'ko'],
  ['さ', 'sa'],
  ['し', 'shi', 'si'],
  ['す', 'su'],
  ['そ', 'so'],
  ['た', 'ta'],
  ['ち', 'chi', 'ti'],
  ['つ', 'tsu', 'tu'],
  ['て', 'te'],
  ['と', 'to'],
  ['な', 'na'],
  ['に', 'ni'],
  ['の', 'no'],
  ['は', 'ha'],
  ['ひ', 'hi'],
  ['ふ', 'fu', 'hu'],
  ['ま', 'ma'],
  ['み', 'mi'],
  ['も', 'mo'],
  ['や', 'ya'],
  ['ゆ', 'yu'],
  ['よ', 'yo'],
  ['ら', 'ra'],
  ['り', 'ri'],
  ['わ', 'wa'],
  ['を', 'wo'],
  ['が', 'ga'],
  ['ざ', 'za'],
  ['じ', 'ji', 'zi'],
  ['ず', 'zu'],
  ['だ', 'da'],
  ['ぢ', 'di', 'ji'],
  ['づ', 'du', 'zu'],
  ['ど', 'do'],
  ['ば', 'ba'],
  ['ぶ', 'bu'],
  ['ぱ', 'pa'],
  ['ぽ', 'po'],
  ['きゃ', 'kya'],
  ['きょ', 'kyo'],
  ['しゃ', 'sha', 'sya'],
  ['しゅ', 'shu', 'syu'],
  ['ちゃ', 'cha', 'tya'],
  ['ちょ', 'cho', 'tyo'],
  ['じゃ', 'ja', 'zya', 'jya'],
  ['じゅ', 'ju', 'zyu'],
  ['ふぁ', 'fa'],
  ['ゔぁ', 'va', 'ba'],
  ['てぃ', 'ti', 'thi'],
  ['でぃ', 'di', 'dhi'],
  ['しぇ', 'she', 'sye'],
  ['うぃ', 'wi'],
  ['っか', 'kka'],
  ['っし', 'sshi', 'ssi'],
  ['っち', 'cchi', 'tchi', 'tti'],
  ['っちゃ', 'tcha', 'ccha', 'ttya'],
  ['っつ', 'ttsu', 'ttu'],
  ['っぱ', 'ppa'],
  ['っじ', 'jji', 'zzi'],
  ['んば', 'mba', 'nba', 'nnba'],
  ['んに', 'nni', 'nnni'],
  ['んた', 'nta', 'nnta'],
  ['んま', 'mma', 'nma'],
];

const spelled = fc
  .array(fc.tuple(fc.constantFrom(...MORAE), fc.nat()), { minLength: 1, maxLength: 8 })
  .map((morae) => ({
    kana: morae.map(([[kana]]) => kana).join(''),
    latin: morae
      .map(([[, ...spellings], choice]) => spellings[choice % spellings.length]!)
      .join(''),
  }));

describe('canonicalRomaji', () => {
  it('gives the ways of writing a word the same letters', () => {
    for (const group of [
      ['とうきょう', 'トーキョー', 'toukyou', 'tokyo', 'tookyoo', 'とうkyou', 'tokyou'],
      ['おおさか', 'oosaka', 'osaka', 'ohsaka'],
      ['しんじゅく', 'shinjuku', 'sinzyuku', 'shinnjuku', 'sinjyuku'],
      ['まっちゃ', 'matcha', 'maccha', 'mattya'],
      ['しんぶん', 'shimbun', 'shinbun', 'sinnbunn'],
      ['ふじさん', 'fujisan', 'huzisan', 'フジサン'],
      ['つなみ', 'tsunami', 'tunami'],
      ['パーティー', 'pa-thi-'.replaceAll('-', ''), 'paatii', 'pati'],
      ['ディズニー', 'dizunii', 'dhizuni', 'jizuni'],
      ['ヴァイオリン', 'vaiorin', 'baiorin', 'バイオリン'],
      ['らーめん', 'ramen', 'raamen', 'lamen'],
      ['チェック', 'chekku', 'tyekku'],
      ['ファミリー', 'famirii', 'family'.replace('ly', 'ri')],
    ]) {
      expect(new Set(group.map(keyOf)), group.join(' ')).toHaveLength(1);
    }
  });

  it('keeps words apart that doubled consonants tell apart', () => {
    expect(keyOf('きて')).not.toBe(keyOf('きって'));
    expect(keyOf('かこ')).not.toBe(keyOf('がこ'));
  });

  it('tells which characters gave which letters', () => {
    expect(canonicalRomaji('とうきょう')).toEqual({ key: 'tokyo', counts: [2, 0, 2, 1, 0] });
    expect(canonicalRomaji('がっこう')).toEqual({ key: 'gakko', counts: [2, 1, 2, 0] });
    expect(canonicalRomaji('')).toEqual({ key: '', counts: [] });
  });

  it('counts every letter of the key once, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { key, counts } = canonicalRomaji(text);
        expect(counts).toHaveLength(text.length);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(key.length);
      }),
    );
  });

  it('gives kana and each of their spellings the same letters', () => {
    fc.assert(
      fc.property(spelled, ({ kana, latin }) => {
        expect(keyOf(latin)).toBe(keyOf(kana));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('typedRomaji', () => {
  it('knows what may follow an open ending', () => {
    expect(typedRomaji('sh')).toEqual(['si', 'sy']);
    expect(typedRomaji('とうk')).toEqual(['tok']);
    expect(typedRomaji('shim')).toEqual(['sim', 'sin']);
    expect(typedRomaji('とうき')).toEqual(['toki', 'toky']);
  });

  it('has a beginning of the whole for every beginning that is typed', () => {
    fc.assert(
      fc.property(spelled, fc.nat(), fc.boolean(), ({ kana, latin }, cut, inKana) => {
        const whole = inKana ? kana : latin;
        const typed = whole.slice(0, 1 + (cut % whole.length));
        const key = keyOf(whole);
        const beginnings = typedRomaji(typed);
        expect(beginnings.length).toBeLessThanOrEqual(2);
        expect(
          beginnings.some((beginning) => key.startsWith(beginning)),
          `${typed} of ${whole}, ${beginnings} of ${key}`,
        ).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('canonicalRomaji beside another romanisation', () => {
  // Where wanakana and this project differ in letters, both must end in one key.
  const words = [
    'さくら',
    'しんかんせん',
    'ちゃわん',
    'ふじさん',
    'つなみ',
    'きょうと',
    'じゃがいも',
    'てんぷら',
  ];
  const katakana = ['ラーメン', 'コーヒー', 'チョコレート', 'シャツ', 'ジュース', 'スキー'];

  it.each([...words, ...katakana])('%s meets what wanakana makes of it', (kana) => {
    expect(keyOf(toRomaji(kana))).toBe(keyOf(kana));
  });
});
