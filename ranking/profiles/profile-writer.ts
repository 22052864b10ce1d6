import { packText } from './text-packing.ts';

/** Bytes of the id of a suggestion, which is written as eleven characters of base64url. */
export const ID_BYTES = 8;
/** How long the block of texts is stands ahead of it. */
export const BLOCK_LENGTH_BYTES = 2;

/** Writes numbers one behind the other, and texts packed into one block ahead of them: hundreds of short texts are decoded at the price of one. */
export class ProfileWriter {
  readonly #numbers: Buffer;
  readonly #texts: Buffer;
  #textEnd = 0;
  #position = 0;

  /** @param numbers, @param texts room for them, overwritten */
  constructor(numbers: Buffer, texts: Buffer) {
    this.#numbers = numbers;
    this.#texts = texts;
  }

  varint(value: number): void {
    const numbers = this.#numbers;
    let at = this.#position;
    let rest = value;
    // Above 31 bits the operators on bits would cut.
    while (rest > 0x7fffffff) {
      numbers[at++] = (rest % 0x80) + 0x80;
      rest = Math.floor(rest / 0x80);
    }
    for (; rest >= 0x80; rest >>>= 7) numbers[at++] = (rest & 0x7f) | 0x80;
    numbers[at++] = rest;
    this.#position = at;
  }

  byte(value: number): void {
    this.#numbers[this.#position++] = value;
  }

  uint32(value: number): void {
    const numbers = this.#numbers;
    const at = this.#position;
    numbers[at] = value;
    numbers[at + 1] = value >>> 8;
    numbers[at + 2] = value >>> 16;
    numbers[at + 3] = value >>> 24;
    this.#position = at + 4;
  }

  id(id: string): void {
    this.#position += this.#numbers.write(id, this.#position, ID_BYTES, 'base64url');
  }

  /** The text alone: its length goes among the numbers, as the caller likes. */
  text(text: string): void {
    this.#textEnd = packText(text, this.#texts, this.#textEnd);
  }

  /** All that was written behind `headerBytes` that are to be filled in. */
  finish(headerBytes: number): Buffer {
    const sizeBytes = this.#textEnd;
    const begin = headerBytes + BLOCK_LENGTH_BYTES + sizeBytes;
    const bytes = Buffer.allocUnsafe(begin + this.#position);
    bytes.writeUInt16LE(sizeBytes, headerBytes);
    this.#texts.copy(bytes, headerBytes + BLOCK_LENGTH_BYTES, 0, sizeBytes);
    this.#numbers.copy(bytes, begin, 0, this.#position);
    return bytes;
  }
}
