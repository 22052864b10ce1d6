import { ID_BYTES, unzigzag } from './byte-sink.ts';
import { ProfileError } from './profile-error.ts';

const LARGEST_VARINT_BYTES = 8;

/** Reads what a `ByteWriter` wrote. Throws `damaged` where the bytes end too early. */
export class ByteSource {
  readonly #bytes: Buffer;
  #position: number;

  constructor(bytes: Buffer, position: number) {
    this.#bytes = bytes;
    this.#position = position;
  }

  get isAtEnd(): boolean {
    return this.#position === this.#bytes.length;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (let size = 0; size < LARGEST_VARINT_BYTES; size++) {
      const byte = this.#bytes[this.#take(1)] ?? 0;
      value += (byte % 0x80) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
    throw this.fault('a number of at most 8 bytes');
  }

  signed(): number {
    return unzigzag(this.varint());
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  raw(sizeBytes: number): Buffer {
    const at = this.#take(sizeBytes);
    return this.#bytes.subarray(at, at + sizeBytes);
  }

  text(): string {
    const sizeBytes = this.varint();
    const at = this.#take(sizeBytes);
    return this.#bytes.toString('utf8', at, at + sizeBytes);
  }

  id(): string {
    const at = this.#take(ID_BYTES);
    return this.#bytes.toString('base64url', at, at + ID_BYTES);
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
