/** The character goes with the one before it: a combining mark, a joiner, a skin tone. */
export const ATTACHED = 1;
/** The character is of a script that is written without spaces. */
export const UNSPACED = 2;
/** Half of a flag: two of them in a row are one character. */
export const REGIONAL = 4;

const UNSPACED_SCRIPT =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}々〆〇ー]/u;

const pages: (Uint8Array | undefined)[] = [];

/** How a character stands in a word, as a sum of the flags above. Pages of 256 code points are worked out when first met. */
export function scriptFlags(codePoint: number): number {
  const page = pages[codePoint >> 8] ?? workOutPage(codePoint >> 8);
  return page[codePoint & 0xff]!;
}

/**
 * Whether a code point is of a script written without spaces between words: Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar, and
 * emoji (flags and skin tones too). Hangul is not: Korean has spaces.
 */
export function isUnspaced(codePoint: number): boolean {
  return (scriptFlags(codePoint) & UNSPACED) !== 0;
}

function workOutPage(index: number): Uint8Array {
  const page = new Uint8Array(256);
  for (let low = 0; low < 256; low++) {
    const character = String.fromCodePoint((index << 8) | low);
    let flags = /[\p{M}\p{Emoji_Modifier}\u200d]/u.test(character) ? ATTACHED : 0;
    if (UNSPACED_SCRIPT.test(character)) flags |= UNSPACED;
    if (/\p{Regional_Indicator}/u.test(character)) flags |= REGIONAL;
    page[low] = flags;
  }
  pages[index] = page;
  return page;
}
