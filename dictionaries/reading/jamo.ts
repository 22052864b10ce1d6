import type { Rewriting } from './rewriting.ts';

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;

/** As typed on a two-set keyboard, where compound vowels and finals are two strokes and tense consonants one. */
const INITIALS = Array.from('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ');
const VOWELS = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(
  ' ',
);
const FINALS =
  ' ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(
    ' ',
  );

const CONSONANT = /^[ㄱ-ㅎ]+$/;
const COMPOUND: Readonly<Record<string, string>> = {
  ㄳ: 'ㄱㅅ',
  ㄵ: 'ㄴㅈ',
  ㄶ: 'ㄴㅎ',
  ㄺ: 'ㄹㄱ',
  ㄻ: 'ㄹㅁ',
  ㄼ: 'ㄹㅂ',
  ㄽ: 'ㄹㅅ',
  ㄾ: 'ㄹㅌ',
  ㄿ: 'ㄹㅍ',
  ㅀ: 'ㄹㅎ',
  ㅄ: 'ㅂㅅ',
  ㅘ: 'ㅗㅏ',
  ㅙ: 'ㅗㅐ',
  ㅚ: 'ㅗㅣ',
  ㅝ: 'ㅜㅓ',
  ㅞ: 'ㅜㅔ',
  ㅟ: 'ㅜㅣ',
  ㅢ: 'ㅡㅣ',
};

/** From single jamo, which normalising turns into conjoining ones, to the strokes that type them. */
const strokes = new Map<string, string>();
for (let code = 0x3131; code <= 0x3163; code++) {
  const jamo = String.fromCharCode(code);
  strokes.set(jamo, COMPOUND[jamo] ?? jamo);
  strokes.set(jamo.normalize('NFKC'), COMPOUND[jamo] ?? jamo);
}
INITIALS.forEach((jamo, index) => {
  strokes.set(String.fromCharCode(0x1100 + index), jamo);
});
VOWELS.forEach((jamo, index) => {
  strokes.set(String.fromCharCode(0x1161 + index), jamo);
});
FINALS.forEach((jamo, index) => {
  if (index > 0) strokes.set(String.fromCharCode(0x11a7 + index), jamo);
});

/** The jamo on the keys a to z of a two-set keyboard, without shift: normalising has lost it. */
const KEYS = Array.from('ㅁㅠㅊㅇㄷㄹㅎㅗㅑㅓㅏㅣㅡㅜㅐㅔㅂㄱㄴㅅㅕㅍㅈㅌㅛㅋ');
const SHIFTED: Readonly<Record<string, string>> = {
  ㄲ: 'r',
  ㄸ: 'e',
  ㅃ: 'q',
  ㅆ: 't',
  ㅉ: 'w',
  ㅒ: 'o',
  ㅖ: 'p',
};
const letterOf = new Map<string, string>([
  ...KEYS.map((jamo, index): [string, string] => [jamo, String.fromCharCode(0x61 + index)]),
  ...Object.entries(SHIFTED),
]);

const TENSE: Readonly<Record<string, string>> = {
  ㄱ: 'ㄲ',
  ㄷ: 'ㄸ',
  ㅂ: 'ㅃ',
  ㅅ: 'ㅆ',
  ㅈ: 'ㅉ',
};

/** Fewer letters than this compose to Hangul by chance too often. */
const SHORTEST = 4;

/** Consonant, vowel, at most two final consonants, one after the other; the last syllable may be its first consonant only. */
const VOWEL = '(?:ㅗ[ㅏㅐㅣ]?|ㅜ[ㅓㅔㅣ]?|ㅡㅣ?|[ㅏㅐㅑㅓㅔㅕㅛㅠㅣ])';
const CLUSTER = '(?:ㄱㅅ|ㄴ[ㅈㅎ]|ㄹ[ㄱㅁㅂㅅㅌㅍㅎ]|ㅂㅅ|[ㄱ-ㅎ])';
const COMPOSES = new RegExp(
  `^[ㄱ-ㅎ]${VOWEL}(?:${CLUSTER}?[ㄱ-ㅎ]${VOWEL})+(?:${CLUSTER}[ㄱ-ㅎ]?)?$`,
);

/** The strokes, 33 of them, as the signs from @ to `, which no normalised text has: a byte each where jamo take three. */
const FIRST_SIGN = 0x40;
const signs = new Map(
  Array.from(
    'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ',
    (jamo, index) => [jamo, String.fromCharCode(FIRST_SIGN + index)],
  ),
);

/** Strokes as they stand in keys, a sign for each; other characters stay. Keeps the length. */
export function keyOfStrokes(jamo: string): string {
  let key = '';
  for (let at = 0; at < jamo.length; at++) {
    const stroke = jamo.charAt(at);
    key += signs.get(stroke) ?? stroke;
  }
  return key;
}

/** A text's Hangul as strokes of a two-set keyboard, in compatibility jamo; every half-typed state of a word is a beginning of them. Other characters stay. */
export function jamoRewriting(text: string): Rewriting {
  let key = '';
  const ends: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    const parts = partsOf(letter);
    const typed =
      parts === null ? (strokes.get(letter) ?? letter) : parts.initial + parts.vowel + parts.final;
    key += typed;
    for (let unit = 0; unit < typed.length; unit++) ends.push(at + 1);
  }
  return { key, ends };
}

/** The initial consonants of a term that is all Hangul syllables, two or more (서울: ㅅㅇ); else null. */
export function initialsRewriting(term: string): Rewriting | null {
  if (term.length < 2) return null;
  let key = '';
  const ends: number[] = [];
  for (let at = 0; at < term.length; at++) {
    const parts = partsOf(term.charAt(at));
    if (parts === null) return null;
    key += parts.initial;
    ends.push(at + 1);
  }
  return { key, ends };
}

/** The initial consonants that a typed word is, clusters taken apart (ㄳ: ㄱㅅ); null when it has anything else. */
export function typedInitials(jamo: string): string | null {
  return CONSONANT.test(jamo) ? jamo : null;
}

/**
 * The jamo that a Latin word would have typed in Hangul layout (dkssud: ㅇㅏㄴㄴㅕㅇ), when they compose to two syllables or more
 * with nothing left over but a consonant at the end; else null. Tense consonants typed with shift are read as plain
 * ones; see tenseReadings.
 */
export function jamoOfLatinLayout(word: string): string | null {
  if (word.length < SHORTEST) return null;
  let jamo = '';
  for (let at = 0; at < word.length; at++) {
    const stroke = KEYS[word.charCodeAt(at) - 0x61];
    if (stroke === undefined) return null;
    jamo += stroke;
  }
  return COMPOSES.test(jamo) ? jamo : null;
}

/**
 * The same strokes with one of them, each in turn, as its tense consonant, which is typed with shift (skftl: 날씨); only those that
 * compose. Two tense consonants that have lost their shift are not found.
 */
export function tenseReadings(jamo: string): string[] {
  const readings: string[] = [];
  for (let at = 0; at < jamo.length; at++) {
    const tense = TENSE[jamo.charAt(at)];
    if (tense === undefined) continue;
    const reading = jamo.slice(0, at) + tense + jamo.slice(at + 1);
    if (COMPOSES.test(reading)) readings.push(reading);
  }
  return readings;
}

/**
 * The Latin word of the keys that were pressed for a word of Hangul only (해ㅐ힏: google); null for any other word. It doesn't ask
 * whether the Hangul makes sense.
 */
export function latinOfHangulLayout(word: string): string | null {
  if (word === '') return null;
  let latin = '';
  for (const jamo of jamoRewriting(word).key) {
    const letter = letterOf.get(jamo);
    if (letter === undefined) return null;
    latin += letter;
  }
  return latin;
}

interface Parts {
  readonly initial: string;
  readonly vowel: string;
  readonly final: string;
}

function partsOf(letter: string): Parts | null {
  const code = letter.charCodeAt(0);
  if (code < FIRST_SYLLABLE || code > LAST_SYLLABLE) return null;
  const index = code - FIRST_SYLLABLE;
  return {
    initial: INITIALS[Math.floor(index / 588)]!,
    vowel: VOWELS[Math.floor((index % 588) / 28)]!,
    final: FINALS[index % 28]!,
  };
}
