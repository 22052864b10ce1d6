import type { TermDictionary } from '../../../indexer/segment/term-dictionary.ts';

/** Reads terms letter by letter, as code points: the one place here that knows their bytes are UTF-8, which building has checked. */
export class TermLetters {
  /** After `at`: where the letter that was read ends, in bytes of all terms' text. */
  next = 0;
  private readonly text: Uint8Array;

  constructor({ text }: TermDictionary) {
    this.text = text;
  }

  /** The letter that begins at a byte of the text. */
  at(place: number): number {
    const { text } = this;
    let end = place;
    let letter = text[end++]!;
    if (letter >= 0x80) {
      if (letter < 0xe0) letter = ((letter & 0x1f) << 6) | (text[end++]! & 0x3f);
      else if (letter < 0xf0) {
        letter = ((letter & 0x0f) << 12) | ((text[end++]! & 0x3f) << 6) | (text[end++]! & 0x3f);
      } else {
        letter = ((letter & 0x07) << 18) | ((text[end++]! & 0x3f) << 12);
        letter |= ((text[end++]! & 0x3f) << 6) | (text[end++]! & 0x3f);
      }
    }
    this.next = end;
    return letter;
  }
}

/** Bytes of a letter. */
export function byteLength(codePoint: number): number {
  return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}
