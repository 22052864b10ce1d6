import { ProfileError } from './profile-error.ts';
import { BLOCK_LENGTH_BYTES, ID_BYTES } from './profile-writer.ts';
import { unpackTexts } from './text-packing.ts';
import { unzigzag } from './varint.ts';

const LARGEST_VARINT_BYTES = 8;

/** Reads what a `ProfileWriter` wrote. Throws `damaged` where anything ends too early. */
export class ProfileReader {
  /** Of the stored form: 1 or 2. */
  readonly version: number;
  readonly #bytes: Buffer;
  readonly #texts: string;
  #position: number;
  #textPosition = 0;

  constructor(bytes: Buffer, position: number, version: number) {
    this.version = version;
    this.#bytes = bytes;
    this.#position = position;
    this.#texts = '';
    const sizeBytes = bytes.readUInt16LE(this.#take(BLOCK_LENGTH_BYTES));
    const at = this.#take(sizeBytes);
    const texts =
      version === 1
        ? bytes.toString('utf8', at, at + sizeBytes)
        : unpackTexts(bytes.subarray(at, at + sizeBytes));
    if (texts === null) throw this.fault('the end of a run of letters');
    this.#texts = texts;
  }

  get isAtEnd(): boolean {
    return this.#position === this.#bytes.length && this.#textPosition === this.#texts.length;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (let size = 0; size < LARGEST_VARINT_BYTES; size++) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
    throw this.fault('a number of at most 8 bytes');
  }

  signed(): number {
    return unzigzag(this.varint());
  }

  byte(): number {
    const byte = this.#bytes[this.#position];
    if (byte === undefined) throw this.fault('one more byte');
    this.#position++;
    return byte;
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  id(): string {
    const at = this.#take(ID_BYTES);
    return this.#bytes.toString('base64url', at, at + ID_BYTES);
  }

  /** The next text, of so many UTF-16 code units. */
  text(units: number): string {
    const end = this.#textPosition + units;
    if (end > this.#texts.length) throw this.fault(`a text of ${units} code units`);
    const text = this.#texts.slice(this.#textPosition, end);
    this.#textPosition = end;
    return text;
  }

  fault(expected: string): ProfileError {
    const place = `profile, byte ${this.#position} of ${this.#bytes.length}`;
    return new ProfileError('damaged', `${place}: expected ${expected}`);
  }

  #take(sizeBytes: number): number {
    const at = this.#position;
    if (at + sizeBytes > this.#bytes.length) throw this.fault(`${sizeBytes} more bytes`);
    this.#position += sizeBytes;
    return at;
  }
}
