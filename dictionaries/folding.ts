/** Steps 1 to 4 of normalising: everything that rewrites characters, before spaces are decided. */

const IGNORED =
  /(?!\u200d)[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufff9-\ufffd]/gu;
const STRAY_JOINER =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}])\u200d|\u200d(?!\p{Extended_Pictographic})/gu;
const STRAY_JOINER_BUT_LAST =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}])\u200d|\u200d(?!\p{Extended_Pictographic}|$)/gu;

/** Letters whose full case folding `toLowerCase` doesn't reach. Cyrillic variants of old printing: CaseFolding.txt. */
const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss',
  ς: 'σ',
  ı: 'i',
  '\u0640': '',
  '\u1c80': 'в',
  '\u1c81': 'д',
  '\u1c82': 'о',
  '\u1c83': 'с',
  '\u1c84': 'т',
  '\u1c85': 'т',
  '\u1c86': 'ъ',
  '\u1c87': 'ѣ',
  '\u1c88': 'ꙋ',
};
const UNFOLDED = /[ßςı\u0640\u1c80-\u1c88]/g;

/**
 * The characters of `text` as they are compared, spaces and punctuation still in place: ignorable characters gone,
 * compatibility forms composed (NFKC), case folded. A joiner between emoji stays; `keepLastJoiner` also keeps one that
 * ends the text, behind which an emoji may still be typed. Linear in the text.
 */
export function foldCharacters(text: string, keepLastJoiner: boolean): string {
  const stray = keepLastJoiner ? STRAY_JOINER_BUT_LAST : STRAY_JOINER;
  let folded = text.replace(IGNORED, '').replaceAll('\u00b4', "'");
  const joined = folded.includes('\u200d');
  if (joined) folded = folded.replace(stray, '');
  folded = folded.normalize('NFKC').replaceAll('İ', 'i').toLowerCase();
  folded = folded.replace(UNFOLDED, (letter) => FOLDED[letter] ?? letter);
  folded = folded.replace(/i\u0307+/g, 'i');
  // Compatibility forms may have turned an emoji into letters, whose joiner then joins nothing.
  if (joined) folded = folded.replace(stray, '');
  // Lower case and dropped characters may have left marks to be put in order or composed.
  folded = folded.normalize('NFKC');
  // NFKC takes the vowel am of Thai and Lao apart, which no keyboard and no dictionary does.
  return folded.replaceAll('\u0e4d\u0e32', '\u0e33').replaceAll('\u0ecd\u0eb2', '\u0eb3');
}
