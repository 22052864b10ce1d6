import { SCRIPT_CODES } from '../../ranking/features/candidate-table.ts';

const CODES = new Map(SCRIPT_CODES.map((script, code) => [script, code]));

/** Place of a script of ISO 15924 in SCRIPT_CODES; 0, which stands for any other, for one that is not there. */
export function scriptCodeOf(script: string): number {
  return CODES.get(script) ?? 0;
}

const LATIN = scriptCodeOf('Latn');
const GREEK = scriptCodeOf('Grek');
const CYRILLIC = scriptCodeOf('Cyrl');
const HEBREW = scriptCodeOf('Hebr');
const ARABIC = scriptCodeOf('Arab');
const DEVANAGARI = scriptCodeOf('Deva');
const THAI = scriptCodeOf('Thai');
const KANA = scriptCodeOf('Jpan');
const HAN = scriptCodeOf('Hani');
const HANGUL = scriptCodeOf('Kore');

/** The script of a character by the first two bytes of its UTF-8: enough to tell those of SCRIPT_CODES apart. */
export function scriptOfBytes(first: number, second: number): number {
  if (first < 0x80) return (first | 0x20) >= 0x61 && (first | 0x20) <= 0x7a ? LATIN : 0;
  if (first >= 0xc3 && first <= 0xc9) return LATIN;
  if (first === 0xcd || first === 0xce || first === 0xcf) return GREEK;
  if (first >= 0xd0 && first <= 0xd3) return CYRILLIC;
  if (first === 0xd6 || first === 0xd7) return HEBREW;
  if (first >= 0xd8 && first <= 0xdb) return ARABIC;
  if (first === 0xe0) {
    if (second === 0xa4 || second === 0xa5) return DEVANAGARI;
    return second === 0xb8 || second === 0xb9 ? THAI : 0;
  }
  if (first === 0xe1)
    return second === 0xb8 || second === 0xb9
      ? LATIN
      : second >= 0x84 && second <= 0x87
        ? HANGUL
        : 0;
  if (first === 0xe3) return second >= 0x81 && second <= 0x83 ? KANA : second >= 0x90 ? HAN : 0;
  if (first >= 0xe4 && first <= 0xe9) return HAN;
  return first >= 0xea && first <= 0xed ? HANGUL : 0;
}
