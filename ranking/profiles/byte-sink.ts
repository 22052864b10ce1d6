/** Where bytes go one behind the other. Numbers are whole, of at most 53 bits. */
export interface ByteSink {
  /** Seven bits a byte, the lowest first; the highest bit of each but the last byte is set. Not negative. */
  varint(value: number): void;
  uint32(value: number): void;
  raw(bytes: Uint8Array): void;
  /** UTF-8, its size ahead of it. */
  text(text: string): void;
  /** Eight bytes that are written as eleven characters of base64url. */
  id(id: string): void;
}

/** Bytes of the id of a suggestion. */
export const ID_BYTES = 8;

/** Puts the sign into the lowest bit, so that small numbers of either sign stay short. */
export function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

export function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** Counts what a `ByteWriter` would write. */
export class ByteCounter implements ByteSink {
  sizeBytes = 0;

  varint(value: number): void {
    this.sizeBytes += varintSize(value);
  }

  uint32(): void {
    this.sizeBytes += 4;
  }

  raw(bytes: Uint8Array): void {
    this.sizeBytes += bytes.length;
  }

  text(text: string): void {
    const sizeBytes = Buffer.byteLength(text);
    this.sizeBytes += varintSize(sizeBytes) + sizeBytes;
  }

  id(): void {
    this.sizeBytes += ID_BYTES;
  }
}

/** Writes into a buffer that must be large enough. */
export class ByteWriter implements ByteSink {
  readonly #bytes: Buffer;
  position: number;

  constructor(bytes: Buffer, position: number) {
    this.#bytes = bytes;
    this.position = position;
  }

  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.position++] = (rest % 0x80) + 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.position++] = rest;
  }

  uint32(value: number): void {
    this.position = this.#bytes.writeUInt32LE(value, this.position);
  }

  raw(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.position);
    this.position += bytes.length;
  }

  text(text: string): void {
    this.varint(Buffer.byteLength(text));
    this.position += this.#bytes.write(text, this.position);
  }

  id(id: string): void {
    this.position += this.#bytes.write(id, this.position, ID_BYTES, 'base64url');
  }
}

function varintSize(value: number): number {
  let size = 1;
  for (let bound = 0x80; value >= bound; bound *= 0x80) size++;
  return size;
}
