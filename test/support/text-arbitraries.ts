import fc from 'fast-check';

/** One-grapheme (or smaller) units of many alphabets, the awkward ones among them. */
const ALPHABETS: Readonly<Record<string, readonly string[]>> = {
  ascii: [...'abcdefghijstuvwxyzABIKSZ0123456789'],
  punctuation: [...` .,;:!?'"()[]{}<>-_/\\+#&%@$*=~^|\``, '  ', '\t', '\n', '\r\n'],
  latin: [...'éèüñçßẞøåİıſﬁǆŉáñÅŒ', 'i\u0307', 'e\u0301', 'a\u0323\u0302', 'ﬃ', 'ＡＢ', '１２'],
  combining: ['\u0301', '\u0308', '\u0323', '\u20e3', '\u0345', '\u0338', '\u0307'],
  greek: [...'αβσςΣΩάΐ', 'Ϊ\u0301'],
  cyrillic: [...'абвгёйЖЯ', '\u1c80', 'и\u0306'],
  han: [...'北京大学安全卫士東京都你好々〆〇', '\u{20bb7}', '\u{2f800}', '㍿', '㊗', '⼀'],
  kana: [...'ひらがなカタカナーッｶﾅ゛', 'が', 'か\u3099', 'ｶﾞ', 'ゝ', '・'],
  hangul: [
    ...'한국어검색',
    '\u1112\u1161\u11ab',
    '\u1100',
    '\u1161',
    '\u11a8',
    'ㄱ',
    'ㅏ',
    '\u3164',
  ],
  thai: [...'กขคงภาษาไทยำ', 'น้ำ', 'ก\u0e4d', 'า', 'ที่', 'ๆ', '฿'],
  lao: ['ລ', 'າ', 'ວ', 'ນ້ຳ', '\u0ecd', '\u0eb2'],
  khmer: ['ភ', 'ា', 'សា', 'ខ្មែរ', '\u17d2'],
  myanmar: ['မြန်', 'မာ', '\u1039'],
  arabic: [...'مرحبابكمكسش', '\u0640', 'ا\u0653', '\ufdfa', 'ﻻ', '\u064e', 'می\u200cخواهم', '٣'],
  hebrew: [...'שלוםעולם', 'שׁ', '\u05f3', '\u05f4', 'צה"ל'],
  devanagari: ['हि', 'न्दी', 'क्ष', 'क्\u200dष', '\u093e', 'ड\u093c', '९'],
  emoji: [
    '😀',
    '👍🏽',
    '👨\u200d👩\u200d👧',
    '❤\ufe0f',
    '🇫🇷',
    '🇩',
    '1\ufe0f\u20e3',
    '🏽',
    '™',
    '©',
    '🏴\u{e0067}\u{e0062}\u{e007f}',
    '〰',
  ],
  astral: [
    '𝐀𝐛',
    '𝟙',
    '\u{10400}',
    '\u{1d165}',
    '\u{e000}',
    '\u{10ffff}',
    '\u{11002}',
    '\u{16d63}',
    '\u{16d67}',
  ],
  invisible: [
    '\u200b',
    '\u200c',
    '\u200d',
    '\u00ad',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\ufe0f',
    '\u0000',
    '\u0007',
    '\u034f',
    '\u00a0',
    '\u3000',
    '\u2028',
    '\u0085',
  ],
  marks: [...'’‘“”«»‹›„「」『』【】（）［］—–…·‐′´｀＇＆＋＃％＠€£¥°№½'],
  broken: ['\ud83d', '\ude00', '\udc00', '\ufffd'],
};

/** One unit of any alphabet. */
export function textUnit(): fc.Arbitrary<string> {
  return fc.oneof(...Object.values(ALPHABETS).map((units) => fc.constantFrom(...units)));
}

/** Text that mixes alphabets within words, unpaired surrogates and invisible characters included. */
export function mixedText(maxUnits = 16): fc.Arbitrary<string> {
  return fc.array(textUnit(), { maxLength: maxUnits }).map((units) => units.join(''));
}

/** Text of any code points at all, most of them unassigned or rare. */
export function anyCodePoints(maxLength = 12): fc.Arbitrary<string> {
  const codePoint = fc.oneof(
    fc.integer({ min: 0, max: 0x10ffff }),
    fc.integer({ min: 0, max: 0x2fff }),
    fc.integer({ min: 0, max: 0x24f }),
  );
  return fc
    .array(codePoint, { maxLength })
    .map((codePoints) => String.fromCodePoint(...codePoints));
}

/** Words of one alphabet or two, single spaces between them, as people search. */
export function queryText(): fc.Arbitrary<string> {
  const names = Object.keys(ALPHABETS).filter((name) => name !== 'broken' && name !== 'invisible');
  const word = fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...names))
    .chain(([one, other]) =>
      fc.array(fc.constantFrom(...(ALPHABETS[one] ?? []), ...(ALPHABETS[other] ?? [])), {
        minLength: 1,
        maxLength: 6,
      }),
    )
    .map((units) => units.join(''));
  return fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
}

/** Any text: of all of the above. */
export function anyText(): fc.Arbitrary<string> {
  return fc.oneof(mixedText(), queryText(), anyCodePoints(), fc.string({ unit: 'binary' }));
}

/** The prefixes of a text that end between code points, the empty one and the whole included. */
export function codePointPrefixes(text: string): string[] {
  const prefixes = [''];
  let prefix = '';
  for (const character of text) {
    prefix += character;
    prefixes.push(prefix);
  }
  return prefixes;
}
