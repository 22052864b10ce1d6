// Texts have a dozen forms in memory: looked up in each of them, as `text.charCodeAt` does, the method costs four times as much as what it answers.
const { charCodeAt } = String.prototype;

/** The scripts of a word, as bits of a mask. */
export const ASCII_LETTER = 1;
export const DIGIT = 2;
/** Latin letters outside ASCII, and combining marks, which in spaced text mostly stand on them. */
export const LATIN = 4;
export const GREEK = 8;
export const CYRILLIC = 16;
export const ARABIC = 32;
export const HEBREW = 64;
export const DEVANAGARI = 128;
export const HANGUL = 256;
export const KANA = 512;
export const HAN = 1024;
export const THAI = 2048;
export const OTHER = 4096;

/** Which scripts a normalised text has, as a sum of the flags above. Linear, without memory. */
export function lettersOf(text: string): number {
  let mask = 0;
  const { length } = text;
  for (let at = 0; at < length; at++) {
    const code = charCodeAt.call(text, at);
    if (code < 0x80) {
      if (code >= 0x61 && code <= 0x7a) mask |= ASCII_LETTER;
      else if (code >= 0x30 && code <= 0x39) mask |= DIGIT;
      else mask |= OTHER;
    } else {
      const point = code >= 0xd800 && code < 0xdc00 ? text.codePointAt(at)! : code;
      mask |= scriptOf(point);
      if (point > 0xffff) at++;
    }
  }
  return mask;
}

/** The flag of a code point that is not ASCII. */
export function scriptOf(point: number): number {
  if (point < 0x370) return point < 0xc0 || point === 0xd7 || point === 0xf7 ? OTHER : LATIN;
  if (point < 0x400) return GREEK;
  if (point < 0x530) return CYRILLIC;
  if (point < 0x590) return OTHER;
  if (point < 0x600) return HEBREW;
  if (point < 0x780) return point >= 0x700 && point < 0x750 ? OTHER : ARABIC;
  if (point >= 0x8a0 && point < 0x900) return ARABIC;
  if (point >= 0x900 && point < 0x980) return DEVANAGARI;
  if (point >= 0xe00 && point < 0xe80) return THAI;
  if (point >= 0x1100 && point < 0x1200) return HANGUL;
  if (point >= 0x1e00 && point < 0x1f00) return LATIN;
  if (point >= 0x1f00 && point < 0x2000) return GREEK;
  if (point < 0x2e80) return point >= 0x2c60 && point < 0x2c80 ? LATIN : OTHER;
  if (point === 0x3005 || point === 0x3007) return HAN;
  if ((point >= 0x3040 && point < 0x3100) || (point >= 0x31f0 && point < 0x3200)) return KANA;
  if (point >= 0x3130 && point < 0x3190) return HANGUL;
  if (point >= 0x3400 && point < 0xa000) return point >= 0x4dc0 && point < 0x4e00 ? OTHER : HAN;
  if (point >= 0xac00 && point < 0xd7a4) return HANGUL;
  if (point >= 0xf900 && point < 0xfb00) return HAN;
  if (point >= 0x20000 && point < 0x40000) return HAN;
  return OTHER;
}
