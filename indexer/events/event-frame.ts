import { crc32 } from 'node:zlib';
import { JsonWriter } from './json-writer.ts';

/*
 * A frame is what one group commit wrote: the records of all appends that shared a write and an fsync. FORMAT.md has the bytes.
 */

/** `FTG1` */
const MAGIC = Buffer.from('FTG1', 'latin1');
export const FRAME_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 4;
/** No frame that was ever written is longer: the bound of a group, and one append beyond it. */
export const LONGEST_FRAME_BYTES = 256 * 1024 * 1024;

/** A whole frame, as views of the bytes that it was read from. */
export interface Frame {
  readonly first: number;
  readonly records: readonly Buffer[];
  /** All of it, as it was written. */
  readonly bytes: Buffer;
  readonly sizeBytes: number;
}

/** Records as a frame has them: each behind its length. */
export interface EncodedRecords {
  readonly count: number;
  readonly bytes: Buffer;
}

/** Records that `write` writes, one at a time; `scratch` is overwritten. */
export function encodeRecords<T>(
  records: readonly T[],
  write: (record: T, into: JsonWriter) => void,
  scratch: JsonWriter,
): EncodedRecords {
  scratch.clear();
  for (const record of records) {
    const at = scratch.skipWord();
    write(record, scratch);
    scratch.setWord(at, scratch.length - at - RECORD_HEADER_BYTES);
  }
  return { count: records.length, bytes: scratch.take() };
}

/** The bytes of a frame with these records, the first of which has the offset `first`. */
export function encodeFrame(first: number, records: readonly Buffer[]): Buffer {
  const write = (record: Buffer, into: JsonWriter) => into.bytes(record);
  return joinFrame(first, [encodeRecords(records, write, new JsonWriter())]);
}

/** The same with records that are encoded already, one part behind the other. */
export function joinFrame(first: number, parts: readonly EncodedRecords[]): Buffer {
  let sizeBytes = FRAME_HEADER_BYTES;
  let count = 0;
  for (const part of parts) {
    sizeBytes += part.bytes.length;
    count += part.count;
  }
  const bytes = Buffer.allocUnsafe(sizeBytes);
  MAGIC.copy(bytes, 0);
  bytes.writeUInt32LE(sizeBytes - FRAME_HEADER_BYTES, 8);
  bytes.writeUInt32LE(count, 12);
  bytes.writeBigUInt64LE(BigInt(first), 16);
  let at = FRAME_HEADER_BYTES;
  for (const part of parts) at += part.bytes.copy(bytes, at);
  bytes.writeUInt32LE(crc32(bytes.subarray(8)), 4);
  return bytes;
}

/** How long the frame is that begins here, from its header alone; `null` when no frame can begin here. */
export function frameSize(bytes: Buffer): number | null {
  if (bytes.length < FRAME_HEADER_BYTES || !bytes.subarray(0, 4).equals(MAGIC)) return null;
  const sizeBytes = FRAME_HEADER_BYTES + bytes.readUInt32LE(8);
  return sizeBytes <= LONGEST_FRAME_BYTES ? sizeBytes : null;
}

/** The frame at the beginning of `bytes`, which hold at least all of it; `null` when what is there is no whole one. */
export function decodeFrame(bytes: Buffer): Frame | null {
  const sizeBytes = frameSize(bytes);
  if (sizeBytes === null || sizeBytes > bytes.length) return null;
  if (crc32(bytes.subarray(8, sizeBytes)) !== bytes.readUInt32LE(4)) return null;
  const records: Buffer[] = [];
  const count = bytes.readUInt32LE(12);
  let at = FRAME_HEADER_BYTES;
  while (at + RECORD_HEADER_BYTES <= sizeBytes) {
    const begin = at + RECORD_HEADER_BYTES;
    at = begin + bytes.readUInt32LE(at);
    records.push(bytes.subarray(begin, at));
  }
  if (at !== sizeBytes || records.length !== count) return null;
  const first = Number(bytes.readBigUInt64LE(16));
  return { first, records, bytes: bytes.subarray(0, sizeBytes), sizeBytes };
}

/** Where a whole frame with records from `least` on begins, at or after a place; -1 when none does. */
export function findFrame(bytes: Buffer, from: number, least: number): number {
  for (let at = bytes.indexOf(MAGIC, from); at >= 0; at = bytes.indexOf(MAGIC, at + 1)) {
    const frame = decodeFrame(bytes.subarray(at));
    if (frame !== null && frame.first >= least) return at;
  }
  return -1;
}
