import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import { GrowableBytes } from './growable-array.ts';

/**
 * Sorted keys, front-coded in buckets of 16: the first key of a bucket is whole, of each further one are kept the number of
 * bytes that it shares with the one before, and its rest. Larger buckets take longer to read than the bytes are worth.
 *
 *     keys    ber       berlin    berlin    bern
 *     bytes   03 ber    33 lin    60        31 n        header: shared bytes in the high half, the rest's in the low one
 *
 * Source: Witten, Moffat and Bell, "Managing Gigabytes", 1999, section 4.1.
 */
const BUCKET_SHIFT = 4;
const BUCKET = 1 << BUCKET_SHIFT;
/** A half of a header that says that its number goes on in a varint. */
const LONG = 15;
/** Longer keys than anybody can type are not kept. */
export const MAX_KEY_UNITS = 1024;
const MAX_KEY_BYTES = 3 * MAX_KEY_UNITS;

/** Entries of a table of keys, half-open; `low === high` for none. */
export interface KeyRange {
  readonly low: number;
  readonly high: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** How a key stands to what is looked for: below it, it, beginning with it, or beyond all of these. */
const BELOW = -1;
const EQUAL = 0;
const LONGER = 1;
const BEYOND = 2;

/** UTF-8 of a key into `bytes`; returns its length. */
function encodeKey(key: string, bytes: Uint8Array): number {
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i);
    if (unit >= 0x80) return encoder.encodeInto(key, bytes).written;
    bytes[i] = unit;
  }
  return key.length;
}

/** Adds `<name>.keys` and `<name>.buckets` for entries given as ascending numbers into the ascending, distinct `keys`. */
export function writeKeyBuckets(
  builder: ContainerBuilder,
  name: string,
  keys: readonly string[],
  entryKeys: Uint32Array,
): void {
  const bytes = new GrowableBytes();
  const starts = new Uint32Array(Math.ceil(entryKeys.length / BUCKET) + 1);
  let key = new Uint8Array(MAX_KEY_BYTES);
  let spare = new Uint8Array(MAX_KEY_BYTES);
  let length = 0;
  let number = -1;
  for (let entry = 0; entry < entryKeys.length; entry++) {
    let shared = length;
    if (entryKeys[entry] !== number) {
      number = entryKeys[entry]!;
      [key, spare] = [spare, key];
      const before = length;
      length = encodeKey(keys[number]!, key);
      shared = sharedLength(spare, before, key, length);
    }
    if ((entry & (BUCKET - 1)) === 0) {
      starts[entry >>> BUCKET_SHIFT] = bytes.length;
      shared = 0;
    }
    bytes.push((Math.min(shared, LONG) << 4) | Math.min(length - shared, LONG));
    pushRest(bytes, shared);
    pushRest(bytes, length - shared);
    bytes.append(key.subarray(shared, length));
  }
  starts[starts.length - 1] = bytes.length;
  builder.add(`${name}.keys`, bytes.view());
  builder.add(`${name}.buckets`, starts);
}

function sharedLength(a: Uint8Array, aLength: number, b: Uint8Array, bLength: number): number {
  const limit = Math.min(aLength, bLength);
  let shared = 0;
  while (shared < limit && a[shared] === b[shared]) shared++;
  return shared;
}

function pushRest(bytes: GrowableBytes, value: number): void {
  if (value < LONG) return;
  let rest = value - LONG;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
}

// One lookup runs at a time in a thread, so what is looked for and the key that is read are shared.
const target = new Uint8Array(MAX_KEY_BYTES);
const current = new Uint8Array(MAX_KEY_BYTES);

/** Sorted keys: where those that begin with some bytes stand, and what they are. One look-up at a time. */
export class KeyBuckets {
  private readonly bytes: Uint8Array;
  /** Where each bucket begins, and the end of the last. */
  private readonly starts: Uint32Array;
  private readonly entries: number;
  private readonly name: string;
  /** Where the reader stands, and the header that it read last. */
  private at = 0;
  private shared = 0;
  private rest = 0;

  constructor(container: Container, name: string, entries: number) {
    this.bytes = container.uint8(`${name}.keys`);
    this.starts = container.uint32(`${name}.buckets`);
    this.entries = entries;
    this.name = name;
    const expected = Math.ceil(entries / BUCKET) + 1;
    if (
      this.starts.length !== expected ||
      this.starts[expected - 1] !== this.bytes.length ||
      this.starts[0] !== 0
    ) {
      throw new SegmentError(
        'bad-section',
        `segment section '${name}.buckets': expected ${expected} entries from 0 to ${this.bytes.length}, got ${this.starts.length}`,
      );
    }
  }

  /** The entries whose key is `key`, or begins with it. */
  range(key: string, isBeginning: boolean): KeyRange {
    if (key.length > MAX_KEY_UNITS) return { low: 0, high: 0 };
    const length = encodeKey(key, target);
    const low = this.firstEntry(length, EQUAL, 0);
    return { low, high: this.firstEntry(length, isBeginning ? BEYOND : LONGER, low) };
  }

  /** The first entry, not before `from`, that stands to the target as `standing` says or beyond. */
  private firstEntry(length: number, standing: number, from: number): number {
    let low = from >>> BUCKET_SHIFT;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.standingOfFirst(middle, length) < standing) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : this.firstInBucket(low - 1, length, standing);
  }

  private standingOfFirst(bucket: number, length: number): number {
    const { bytes } = this;
    this.at = this.starts[bucket]!;
    this.readHeader();
    const { at, rest } = this;
    const limit = rest < length ? rest : length;
    for (let i = 0; i < limit; i++) {
      const difference = bytes[at + i]! - target[i]!;
      if (difference !== 0) return difference < 0 ? BELOW : BEYOND;
    }
    if (rest < length) return BELOW;
    return rest === length ? EQUAL : LONGER;
  }

  /**
   * The first such entry in a bucket, or the one after its last. Keys are not put together: how many bytes of the target the
   * key before had tells, with the number of bytes that a key shares with it, whether there is anything to compare.
   */
  private firstInBucket(bucket: number, length: number, standing: number): number {
    const { bytes } = this;
    const first = bucket << BUCKET_SHIFT;
    const end = Math.min(first + BUCKET, this.entries);
    let matched = 0;
    this.at = this.starts[bucket]!;
    for (let entry = first; entry < end; entry++) {
      this.readHeader();
      const { at, shared, rest } = this;
      this.at = at + rest;
      // It leaves the target sooner than the key before, upwards.
      if (shared < matched) return entry;
      if (shared > matched) {
        // As the key before: below, or beginning with the target.
        if (matched === length && standing <= LONGER) return entry;
        continue;
      }
      let i = 0;
      while (matched < length && i < rest && bytes[at + i] === target[matched]) {
        i++;
        matched++;
      }
      let found = BELOW;
      if (matched === length) found = shared + rest === length ? EQUAL : LONGER;
      else if (i < rest && bytes[at + i]! > target[matched]!) found = BEYOND;
      if (found >= standing) return entry;
    }
    return end;
  }

  keyAt(entry: number): string {
    this.at = this.starts[entry >>> BUCKET_SHIFT]!;
    let length = 0;
    for (let left = entry & (BUCKET - 1); left >= 0; left--) length = this.readKey();
    return decoder.decode(current.subarray(0, length));
  }

  /** Calls `visit` with each entry's key as UTF-8, which it must not keep, in order. */
  forEachKey(visit: (entry: number, key: Uint8Array) => void): void {
    this.at = 0;
    for (let entry = 0; entry < this.entries; entry++) {
      const length = this.readKey();
      visit(entry, current.subarray(0, length));
    }
  }

  /** Puts the next key over the one before it; returns its length. */
  private readKey(): number {
    const { bytes } = this;
    this.readHeader();
    const { shared, rest, at } = this;
    if (shared + rest > MAX_KEY_BYTES || at + rest > bytes.length) {
      throw new SegmentError(
        'broken-order',
        `segment section '${this.name}.keys', byte ${at}: expected a key of at most ${MAX_KEY_BYTES} bytes inside the section, got ${shared + rest}`,
      );
    }
    for (let i = 0; i < rest; i++) current[shared + i] = bytes[at + i]!;
    this.at = at + rest;
    return shared + rest;
  }

  private readHeader(): void {
    const header = this.bytes[this.at++]!;
    const shared = header >>> 4;
    const rest = header & LONG;
    this.shared = shared < LONG ? shared : this.readRest();
    this.rest = rest < LONG ? rest : this.readRest();
  }

  private readRest(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.bytes[this.at++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return LONG + value;
  }

  /** @throws SegmentError when keys do not ascend, share other bytes than they say, or a bucket does not fit its place. */
  verify(): void {
    const before = new Uint8Array(MAX_KEY_BYTES);
    let beforeLength = 0;
    this.at = 0;
    for (let entry = 0; entry < this.entries; entry++) {
      const isFirst = (entry & (BUCKET - 1)) === 0;
      if (isFirst && this.at !== this.starts[entry >>> BUCKET_SHIFT]) {
        this.fail('buckets', entry, `expected its bucket at byte ${this.at}`);
      }
      const length = this.readKey();
      const shared = sharedLength(before, beforeLength, current, length);
      if (this.shared > beforeLength || this.shared !== (isFirst ? 0 : shared)) {
        this.fail('keys', entry, `expected ${shared} shared bytes, got ${this.shared}`);
      }
      const isAscending =
        shared === beforeLength || (shared < length && before[shared]! < current[shared]!);
      if (length === 0 || !isAscending) {
        this.fail('keys', entry, 'expected it not before the entry ahead of it');
      }
      before.set(current.subarray(0, length));
      beforeLength = length;
    }
    if (this.at !== this.bytes.length) {
      this.fail('keys', this.entries, `expected the end at byte ${this.at}`);
    }
  }

  private fail(section: string, entry: number, what: string): never {
    throw new SegmentError(
      'broken-order',
      `segment section '${this.name}.${section}', entry ${entry}: ${what}`,
    );
  }
}
