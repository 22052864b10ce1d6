import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, normaliseTyped } from '../../dictionaries/normalise.ts';
import { anyText, codePointPrefixes } from '../support/text-arbitraries.ts';

const cases: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'drops what is ignorable': [
    ['a\ud800b', 'ab'],
    ['\udc00', ''],
    ['caf\ufffde', 'cafe'],
    ['a\u0000b\u0007', 'ab'],
    ['\u202eabc\u202c \u200fdef', 'abc def'],
    ['zero\u200bwidth', 'zerowidth'],
    ['می\u200cخواهم', 'میخواهم'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['\ufeffbom', 'bom'],
    ['❤\ufe0f', '❤'],
    ['a\u3164b', 'ab'],
    ['क्\u200dष', 'क्ष'],
  ],
  'keeps a joiner between emoji only': [
    ['👨\u200d👩\u200d👧', '👨\u200d👩\u200d👧'],
    ['❤\ufe0f\u200d🔥', '❤\u200d🔥'],
    ['a\u200d😀', 'a😀'],
    ['😀\u200da', '😀a'],
    ['😀\u200d', '😀'],
    ['™\u200d❤', 'tm❤'],
  ],
  'composes compatibility forms': [
    ['ｆｕｌｌ　ｗｉｄｔｈ１', 'full width1'],
    ['ﾊﾝｶｸ ｶﾞ', 'ハンカク ガ'],
    ['ﬁne', 'fine'],
    ['㍿', '株式会社'],
    ['e\u0301', 'é'],
    ['\u1112\u1161\u11ab', '한'],
    ['②', '2'],
    ['½', '1 2'],
    ['น\u0e49\u0e4d\u0e32', 'น้ำ'],
    ['น้ำ', 'น้ำ'],
    ['ນ້ຳ', 'ນ້ຳ'],
  ],
  'folds case': [
    ['New York', 'new york'],
    ['STRASSE Straße STRAẞE', 'strasse strasse strasse'],
    ['İstanbul ISPARTA ışık i\u0307zmir', 'istanbul isparta işik izmir'],
    ['ΟΔΟΣ οδος', 'οδοσ οδοσ'],
    ['ÉCOLE', 'école'],
    ['\u{10400}', '\u{10428}'],
    ['\u1c80', 'в'],
  ],
  'drops tatweel': [['مـــرحبا', 'مرحبا']],
  'drops apostrophes behind letters and digits': [
    ["don't don’t donʼt don＇t don`t don´t don′t", 'dont dont dont dont dont dont dont'],
    ["O'Reilly", 'oreilly'],
    ["hello'", 'hello'],
    ["the '90's", 'the 90s'],
    ["'tis", 'tis'],
    ["rock'n'roll", 'rocknroll'],
    ["사랑'이", '사랑 이'],
    ["北'京", '北 京'],
    ['צה"ל ג׳ירפה', 'צהל גירפה'],
    ['a"b', 'a b'],
  ],
  'turns other punctuation into single spaces': [
    ['well-known', 'well known'],
    ['a — b', 'a b'],
    ['snake_case and/or', 'snake case and or'],
    ['  (hello)   world!! ', 'hello world'],
    ['a・b、c。d', 'a b c d'],
    ['3.14', '3 14'],
    ['a=b <c> ^d~', 'a b c d'],
    ['\t\r\n\u2028\u0085', ''],
    ['\ue000a\u{10ffff}', 'a'],
    ['a⠀b', 'a b'],
    ['me@example.com', 'me example com'],
  ],
  'keeps signs that belong to words': [
    ['C++ & C#', 'c++ c#'],
    ['google+', 'google+'],
    ['+1 + 1', '1 1'],
    ['#cats ##dogs', 'cats dogs'],
    ['AT&T r& b', 'at&t r& b'],
    ['& co', 'co'],
    ['100% a%', '100% a'],
    ['$5 €10 a£', '$5 €10 a£'],
    ['🇫🇷 👍🏽 1\ufe0f\u20e3 20° ©', '🇫🇷 👍🏽 1\u20e3 20° ©'],
  ],
  'drops marks without a base': [
    ['\u0301a', 'a'],
    ['a \u0301b', 'a b'],
    ["a'\u0301b", 'ab'],
    ['-\u0301a', 'a'],
    ['¨a', 'a'],
  ],
};

describe('normalise', () => {
  for (const [behaviour, examples] of Object.entries(cases)) {
    it(behaviour, () => {
      for (const [text, expected] of examples) {
        expect(normalise(text), JSON.stringify(text)).toBe(expected);
      }
    });
  }

  it('returns a text that is normal itself', () => {
    for (const text of ['', 'a', 'new york 2', 'école', '北京大学', '한국어 검색', 'привет']) {
      expect(normalise(text)).toBe(text);
    }
  });

  it('is idempotent, with words between single spaces, on any text', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const normal = normalise(text);
        expect(normalise(normal)).toBe(normal);
        expect(normal).not.toMatch(/^\s|\s$|\s\s|[^\S ]/);
        expect(normal).not.toMatch(/\p{Cs}/u);
      }),
      { numRuns: 5000 },
    );
  });

  it('is idempotent around every code point there is', () => {
    const contexts = ['@', 'a@', "a'@", 'ก@า', '가@ᆨ', '😀@😀'];
    const wrong: string[] = [];
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
      // Ideographs, syllables and unassigned planes are alike: every 16th of them stands for all.
      const alike =
        (codePoint >= 0x3400 && codePoint < 0xa000) ||
        (codePoint >= 0xac00 && codePoint < 0xd7a4) ||
        (codePoint >= 0x20000 && codePoint < 0x2f800) ||
        (codePoint >= 0x2fa20 && codePoint < 0xe0000) ||
        codePoint >= 0xe1000;
      if (alike && codePoint % 16 !== 0) continue;
      const character = String.fromCodePoint(codePoint);
      for (const context of codePoint > 0x1ffff ? ['a@'] : contexts) {
        const normal = normalise(context.replace('@', character));
        if (normalise(normal) !== normal || normaliseTyped(normal).normalised !== normal) {
          wrong.push(`${context} ${codePoint.toString(16)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is the same for composed and decomposed text', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        // Only marks that follow something ignorable compose differently once that is gone.
        const plain = text.replace(/[\p{Default_Ignorable_Code_Point}\p{C}´\u0640]/gu, '');
        expect(normalise(plain.normalize('NFD'))).toBe(normalise(plain.normalize('NFC')));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes time linear in the text', () => {
    for (const unit of [
      'a',
      'A ',
      "a'",
      '+',
      '\u0301',
      'é',
      '한',
      '😀\u200d',
      '\u200d',
      '\u200b',
      '. ',
      'i\u0307',
      '\ud800',
    ]) {
      const text = unit.repeat(100_000 / unit.length);
      expect(normalise(normalise(text))).toBe(normalise(text));
    }
  });
});

describe('normaliseTyped', () => {
  it('keeps one trailing space, which finishes the last term', () => {
    const examples: readonly (readonly [string, string, boolean])[] = [
      ['', '', false],
      [' ', '', false],
      ['   new', 'new', false],
      ['new ', 'new ', true],
      ['New  \t', 'new ', true],
      ['new\u00a0', 'new ', true],
      ['東京\u3000', '東京 ', true],
      ['yahoo.', 'yahoo', false],
      ['yahoo. ', 'yahoo ', true],
      ['x -', 'x', false],
      ["don'", 'don', false],
      ['. ', '', false],
      ['é ', 'é ', true],
      ['é \u200b', 'é ', true],
    ];
    for (const [text, normalised, finished] of examples) {
      expect(normaliseTyped(text), JSON.stringify(text)).toEqual({ normalised, finished });
    }
  });

  it('agrees with normalise but for the trailing space, and is idempotent', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const typed = normaliseTyped(text);
        expect(typed.finished).toBe(typed.normalised.endsWith(' '));
        expect(normaliseTyped(typed.normalised)).toEqual(typed);
        // A joiner at the end waits for its emoji.
        expect(typed.normalised.replace(/[\u200d ]+$/, '')).toBe(normalise(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('leaves every prefix of a normalised form as it is', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        for (const prefix of codePointPrefixes(normalise(text))) {
          expect(normaliseTyped(prefix).normalised).toBe(prefix);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('of a prefix is a prefix of the normalised form, where nothing composes', () => {
    const unit = fc.constantFrom(...` abcXYZ0189'.,-_/+#&%$@"éßñ北京大学ひらカタ한국ไทยกข`);
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 20 }), (units) => {
        const whole = `${normalise(units.join(''))} `;
        for (const prefix of codePointPrefixes(units.join(''))) {
          expect(whole.startsWith(normaliseTyped(prefix).normalised)).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
