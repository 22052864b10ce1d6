import type { IdKey } from '../events/id-hash.ts';
import type { ClickTallies } from './click-tallies.ts';

/** What a checkpoint of click rates holds (serving/events/FORMAT.md). */
export interface ClickRatesContent {
  /** Typed texts are named by their hash under this key. */
  readonly key: IdKey;
  /** Looks are counted by it: under another one they mean something else. */
  readonly positionBias: number;
  readonly looks: number;
  readonly clicks: number;
  readonly tallies: Pick<ClickTallies, 'size' | 'entries'>;
  /** The same by hash of a typed text and id. */
  readonly ofPrefix: Pick<ClickTallies, 'size' | 'entries'>;
}

type PutTally = (key: string, looks: number, clicks: number, atMs: number) => void;

const VERSION = 1;
const HEAD_BYTES = 44;
const NUMBERS_BYTES = 24;
/** Keys are an id of at most 128 bytes, behind a hash of at most 16 digits and a space. */
const LONGEST_KEY_BYTES = 255;

export function encodeClickRates(content: ClickRatesContent): Buffer {
  const { key, positionBias, looks, clicks, tallies, ofPrefix } = content;
  const most =
    HEAD_BYTES + (tallies.size + ofPrefix.size) * (1 + LONGEST_KEY_BYTES + NUMBERS_BYTES);
  const bytes = Buffer.allocUnsafe(most);
  bytes.writeUInt32LE(VERSION, 0);
  bytes.writeUInt32LE(key.low >>> 0, 4);
  bytes.writeUInt32LE(key.high >>> 0, 8);
  bytes.writeDoubleLE(positionBias, 12);
  bytes.writeDoubleLE(looks, 20);
  bytes.writeDoubleLE(clicks, 28);
  bytes.writeUInt32LE(tallies.size, 36);
  bytes.writeUInt32LE(ofPrefix.size, 40);
  let at = HEAD_BYTES;
  for (const table of [tallies, ofPrefix]) {
    for (const [text, tally] of table.entries()) {
      const length = bytes.write(text, at + 1, LONGEST_KEY_BYTES);
      bytes.writeUInt8(length, at);
      at += 1 + length;
      bytes.writeDoubleLE(tally.looks, at);
      bytes.writeDoubleLE(tally.clicks, at + 8);
      bytes.writeDoubleLE(tally.atMs, at + 16);
      at += NUMBERS_BYTES;
    }
  }
  return bytes.subarray(0, at);
}

/** Reads what `encodeClickRates` wrote. Throws `RangeError` for what it did not write. */
export function decodeClickRates(
  bytes: Buffer,
  put: { readonly tally: PutTally; readonly ofPrefix: PutTally },
): Omit<ClickRatesContent, 'tallies' | 'ofPrefix'> {
  const version = bytes.readUInt32LE(0);
  if (version !== VERSION) {
    throw new RangeError(`expected click rates of version ${VERSION}, got ${version}`);
  }
  const counts = [bytes.readUInt32LE(36), bytes.readUInt32LE(40)];
  let at = HEAD_BYTES;
  for (const [table, count] of counts.entries()) {
    for (let left = count; left > 0; left--) {
      const end = at + 1 + bytes.readUInt8(at);
      const text = bytes.toString('utf8', at + 1, end);
      const numbers = [0, 8, 16].map((place) => bytes.readDoubleLE(end + place));
      const [looks = 0, clicks = 0, atMs = 0] = numbers;
      if (!(looks >= 0 && clicks >= 0 && numbers.every(Number.isFinite))) {
        throw new RangeError(`expected looks, clicks and a time, got ${numbers.join(', ')}`);
      }
      (table === 0 ? put.tally : put.ofPrefix)(text, looks, clicks, atMs);
      at = end + NUMBERS_BYTES;
    }
  }
  const [looks, clicks] = [bytes.readDoubleLE(20), bytes.readDoubleLE(28)];
  if (!(looks > 0 && clicks > 0 && Number.isFinite(looks + clicks))) {
    throw new RangeError(`expected all looks and clicks above 0, got ${looks} and ${clicks}`);
  }
  if (at !== bytes.length) throw new RangeError(`expected ${at} bytes, got ${bytes.length}`);
  return {
    key: { low: bytes.readUInt32LE(4), high: bytes.readUInt32LE(8) },
    positionBias: bytes.readDoubleLE(12),
    looks,
    clicks,
  };
}
