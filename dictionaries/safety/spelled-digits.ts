// Texts have a dozen forms in memory: looked up in each of them, as `text.charCodeAt` does, the method costs four times as much as what it answers.
const { charCodeAt } = String.prototype;

/** Numbers below ten as words. English ones count by themselves, those of other languages where several stand together. */
const DIGIT_WORDS: readonly string[] = [
  'zero oh null cero zéro ноль нуль',
  'one eins uno un один',
  'two zwei zwo dos deux due два',
  'three drei tres trois três tre три',
  'four vier cuatro quatre quatro quattro четыре',
  'five fünf cinco cinq cinque пять',
  'six sechs seis sei шесть',
  'seven sieben siete sept sete sette семь',
  'eight acht ocho huit oito otto восемь',
  'nine neun nueve neuf nove девять',
];
const TEENS =
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const REPEATS: ReadonlyMap<string, number> = new Map([
  ['double', 2],
  ['triple', 3],
  ['treble', 3],
]);
/** Numerals of Han and Hangul for 0 to 9; 幺 is the 1 of telephone numbers. */
const NUMERALS = [
  '〇零공영',
  '一幺일',
  '二이',
  '三삼',
  '四사',
  '五오',
  '六육륙',
  '七칠',
  '八팔',
  '九구',
];

/** Fewest digits that are anybody's number, as for a long one in figures. */
const FEWEST_DIGITS = 9;
const GAP = '[ .,/\\\\*_|~·・:;()\\[\\]-]';
const SINGLES = new RegExp(
  `(?<!\\d${GAP}{0,3})\\d(?:${GAP}{1,3}\\d(?!\\d)){2,}(?!${GAP}{1,3}\\d)`,
  'g',
);
const NUMERAL = `[${NUMERALS.join('')}]`;
const NUMERAL_RUN = new RegExp(`${NUMERAL}(?:[ .-]?${NUMERAL}){${FEWEST_DIGITS - 1},}`, 'gu');
const ASCENDING = '01234567890123456789';
const DESCENDING = '98765432109876543210';

const digitOf = new Map(
  DIGIT_WORDS.flatMap((words, digit) => words.split(' ').map((word) => [word, String(digit)])),
);
const teenOf = new Map(TEENS.map((word, i) => [word, String(10 + i)]));
const tensOf = new Map(TENS.map((word, i) => [word, 2 + i]));
const numeralOf = new Map(
  NUMERALS.flatMap((signs, digit) => [...signs].map((sign) => [sign, String(digit)])),
);
const HASHES = new Uint8Array(4096);
for (const word of [...digitOf.keys(), ...teenOf.keys(), ...tensOf.keys()]) {
  const hash = hashOf(word);
  HASHES[(hash ^ (hash >>> 12)) & 4095] = 1;
}
const TOKENS = /\p{L}+|\d+|[^\p{L}\d]+/gu;
const BETWEEN = new RegExp(`^${GAP}{1,3}$`);

/**
 * `text` with numbers that are spelled in words or numerals, or whose digits stand one by one, written in figures without gaps; itself when it
 * has none. Counting (1 2 3 4 5), one digit again and again, and bits stay as they are. Linear.
 */
export function respellDigits(text: string): string {
  let figures = text;
  if (holdsNumberWords(text)) figures = replaceNumberWords(text);
  if (/[〇-九공-구]/u.test(figures)) {
    figures = figures.replace(NUMERAL_RUN, (run) => {
      const digits = Array.from(run, (sign) => numeralOf.get(sign) ?? '').join('');
      return isCounting(digits) ? run : digits;
    });
  }
  return figures.replace(SINGLES, (row) => {
    const digits = row.replace(/\D/g, '');
    return isCounting(digits) ? row : digits;
  });
}

/** Whether a text has nine numerals of Han or Hangul in a row. */
export function holdsNumerals(text: string): boolean {
  NUMERAL_RUN.lastIndex = 0;
  return NUMERAL_RUN.test(text);
}

/** The hash of a word in lower case: 31 times the one before it, plus the code unit, from 0. */
export function hashOf(word: string): number {
  let hash = 0;
  const { length } = word;
  for (let at = 0; at < length; at++) hash = (Math.imul(hash, 31) + charCodeAt.call(word, at)) | 0;
  return hash;
}

/** Whether a word's hash may be a number's; a false yes costs time only. */
export function mayBeNumberWord(hash: number): boolean {
  return HASHES[(hash ^ (hash >>> 12)) & 4095] === 1;
}

function holdsNumberWords(text: string): boolean {
  let count = 0;
  let hash = 0;
  const { length } = text;
  for (let at = 0; at <= length; at++) {
    const code = at < length ? charCodeAt.call(text, at) : 0x20;
    const small = code | 0x20;
    if ((small >= 0x61 && small <= 0x7a) || code >= 0xc0) {
      hash = (Math.imul(hash, 31) + (code < 0x80 ? small : code)) | 0;
      continue;
    }
    if (hash !== 0 && mayBeNumberWord(hash)) count++;
    hash = 0;
  }
  return count > 2;
}

/** Rows of number words as figures: "four one five" is 415, "double five" 55, "twenty six" 26. Figures among them join the row. */
function replaceNumberWords(text: string): string {
  const row: Row = { written: '', digits: '', words: 0, gap: '' };
  let replaced = '';
  let times = 1;
  let tens = false;
  const end = () => {
    replaced += (row.words > 2 && !isCounting(row.digits) ? row.digits : row.written) + row.gap;
    Object.assign(row, { written: '', digits: '', words: 0, gap: '' });
    times = 1;
    tens = false;
  };
  for (const [token] of text.matchAll(TOKENS)) {
    if (BETWEEN.test(token)) {
      row.gap += token;
      continue;
    }
    const word = token.toLowerCase();
    const digits = digitOf.get(word) ?? teenOf.get(word) ?? (/^\d+$/.test(word) ? word : undefined);
    const ten = tensOf.get(word);
    const repeat = REPEATS.get(word);
    if (digits === undefined && ten === undefined && repeat === undefined) {
      end();
      replaced += token;
      continue;
    }
    row.written += row.gap + token;
    row.gap = '';
    if (repeat !== undefined) {
      times = repeat;
      continue;
    }
    // The one after twenty takes the place of its nought.
    if (tens && digits?.length === 1) row.digits = row.digits.slice(0, -1);
    row.digits += (ten === undefined ? (digits ?? '') : `${ten}0`).repeat(times);
    if (!/^\d/.test(token)) row.words++;
    tens = ten !== undefined;
    times = 1;
  }
  end();
  return replaced;
}

interface Row {
  written: string;
  digits: string;
  words: number;
  gap: string;
}

/** Whether digits are what people count or fill a row with, not a number that belongs to anybody. */
function isCounting(digits: string): boolean {
  if (/^(?:[01]+|(\d)\1*)$/.test(digits)) return true;
  // One to ten and further, and back, whatever each number's length.
  const counted = '1234567891011121314151617181920';
  return [ASCENDING, DESCENDING, counted, '201918171615141312111098765432101'].some((row) =>
    row.includes(digits),
  );
}
