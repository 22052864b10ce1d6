const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const ZERO = 0x30;
const POINT = 0x2e;

/** Whether a code unit below 128 stands in a text of JSON as it is. */
const IS_PLAIN = Uint8Array.from({ length: 128 }, (_, unit) =>
  unit >= 0x20 && unit < 0x7f && unit !== QUOTE && unit !== BACKSLASH ? 1 : 0,
);
/** An escaped code unit, `\u001f`, takes most; unescaped ones take three bytes of UTF-8. */
const UNIT_BYTES = 6;
/** No number is longer, nor `null`. */
const NUMBER_BYTES = 32;
const LARGEST_WORD = 0xffff_ffff;
const BILLION = 1e9;
const BILLION_DIGITS = 9;
const MILLION = 1e6;
const MILLION_DIGITS = 6;

const FIRST_BYTES = 64 * 1024;
/** What one large value made of it is not kept. */
const KEPT_BYTES = 1024 * 1024;

/**
 * Writes JSON into bytes that grow: the same as `JSON.stringify` and UTF-8, at half of their price for values of short texts of ASCII and numbers, as neither a text of the whole is made nor
 * a buffer for each.
 */
export class JsonWriter {
  #bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** A copy of what was written since the last time. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.clear();
    return taken;
  }

  clear(): void {
    this.#length = 0;
    if (this.#bytes.length > KEPT_BYTES) this.#bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  }

  /** Leaves four bytes for a number that is told later; gives their place. */
  skipWord(): number {
    const at = this.#length;
    this.#reserve(4);
    this.#length = at + 4;
    return at;
  }

  /** Sets four bytes, little-endian. */
  setWord(at: number, value: number): void {
    this.#bytes.writeUInt32LE(value, at);
  }

  /** Bytes as they are. */
  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Text of ASCII as it is. */
  ascii(text: string): void {
    this.#reserve(text.length);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i);
    this.#length = at;
  }

  /** A value of JSON as `JSON.stringify` gives it: fields that are undefined are left out. */
  value(value: unknown): void {
    if (typeof value === 'string') this.text(value);
    else if (typeof value === 'number') this.number(value);
    else if (value === null) this.ascii('null');
    else if (Array.isArray(value)) this.#list(value);
    else if (isPlainObject(value)) this.#object(value);
    else this.#rare(value);
  }

  text(text: string): void {
    const { length } = text;
    this.#reserve(UNIT_BYTES * length + 2);
    const bytes = this.#bytes;
    let at = this.#length;
    bytes[at++] = QUOTE;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 128 || IS_PLAIN[unit] === 0) {
        // What is written so far is written over.
        this.#length += bytes.write(JSON.stringify(text), this.#length);
        return;
      }
      bytes[at++] = unit;
    }
    bytes[at++] = QUOTE;
    this.#length = at;
  }

  number(value: number): void {
    this.#reserve(NUMBER_BYTES);
    if (value >= 0 && value <= Number.MAX_SAFE_INTEGER && Math.floor(value) === value) {
      this.#integer(value);
      return;
    }
    const millionths = Math.round(value * MILLION);
    // As in serving/json-text.ts: equal quotients mean equal decimals.
    if (value > 0 && value < 1 && millionths / MILLION === value) this.#fraction(millionths);
    else this.ascii(Number.isFinite(value) ? String(value) : 'null');
  }

  #integer(value: number): void {
    if (value <= LARGEST_WORD) {
      let digits = 1;
      for (let power = 10; power <= value; power *= 10) digits++;
      this.#digits(value, digits);
      return;
    }
    const billions = Math.floor(value / BILLION);
    this.#integer(billions);
    this.#digits(value - billions * BILLION, BILLION_DIGITS);
  }

  #fraction(millionths: number): void {
    let digits = MILLION_DIGITS;
    let value = millionths;
    for (; value % 10 === 0; value /= 10) digits--;
    this.#bytes[this.#length++] = ZERO;
    this.#bytes[this.#length++] = POINT;
    this.#digits(value, digits);
  }

  /** So many digits of a number below 2^32. */
  #digits(value: number, digits: number): void {
    const bytes = this.#bytes;
    const begin = this.#length;
    let left = value >>> 0;
    for (let at = begin + digits - 1; at >= begin; at--) {
      const tenth = (left / 10) >>> 0;
      bytes[at] = ZERO + left - tenth * 10;
      left = tenth;
    }
    this.#length = begin + digits;
  }

  #list(list: readonly unknown[]): void {
    this.ascii('[');
    for (let i = 0; i < list.length; i++) {
      if (i > 0) this.#byte(COMMA);
      this.value(list[i] === undefined ? null : list[i]);
    }
    this.ascii(']');
  }

  #object(object: object): void {
    this.ascii('{');
    this.members(object, true);
    this.ascii('}');
  }

  /** The fields of an object, without its braces. */
  members(object: object, areFirst: boolean): void {
    const fields = object as Readonly<Record<string, unknown>>;
    let isFirst = areFirst;
    for (const name in fields) {
      const value = fields[name];
      if (value === undefined) continue;
      if (!isFirst) this.#byte(COMMA);
      isFirst = false;
      this.text(name);
      this.#byte(COLON);
      this.value(value);
    }
  }

  /** Truth values, and objects of classes such as `Date`. */
  #rare(value: unknown): void {
    this.bytes(Buffer.from(JSON.stringify(value)));
  }

  #byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  #reserve(sizeBytes: number): void {
    const needed = this.#length + sizeBytes;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, needed));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

/** Whether a value is an object as JSON tells one: one of a class may say otherwise what it is. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
