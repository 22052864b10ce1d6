import type { ProfileReader } from './profile-reader.ts';
import type { ProfileWriter } from './profile-writer.ts';
import { packedBytes } from './text-packing.ts';
import { varintBytes } from './varint.ts';

/** How a query is written and what is known of its texts. */
export interface QueryTexts {
  readonly normalised: string;
  /** As written last. */
  readonly surface: string;
  /** Whether the blocklist names it. */
  readonly isBlocked: boolean;
}

/** How a surface is stored: not at all where it is the normalised form, by which letters are capitals where that tells it, else in full. */
const SAME = 0;
const CAPITALS = 1;
const IN_FULL = 2;
const KIND_MASK = 3;
const BLOCKED = 4;
/** Whether it was searched once, and whether a byte of flags follows: of most it would be 0. What the code units of the normalised form are multiplied by, above these two. */
const SINGLE = 1;
const FLAGGED = 2;
const UNITS = 4;
/** In version 1 all flags stand below the length. */
const SINGLE_IN_1 = 8;
const UNITS_IN_1 = 16;

/** Bytes that a query's texts take as stored, with how long they are. */
export function textBytesOf({ normalised, surface, isBlocked }: QueryTexts): number {
  const plain = varintBytes(normalised.length * UNITS) + packedBytes(normalised);
  if (surface === normalised) return plain + (isBlocked ? 1 : 0);
  const head = plain + 1;
  if (isCapitalised(normalised, surface)) return head + capitalBytes(normalised);
  return head + varintBytes(surface.length) + packedBytes(surface);
}

/** Writes a query's texts, with whether it was searched once. */
export function writeTexts(
  writer: ProfileWriter,
  { normalised, surface, isBlocked }: QueryTexts,
  isSingle: boolean,
): void {
  const kind =
    surface === normalised ? SAME : isCapitalised(normalised, surface) ? CAPITALS : IN_FULL;
  const flags = kind + (isBlocked ? BLOCKED : 0);
  writer.varint(normalised.length * UNITS + (isSingle ? SINGLE : 0) + (flags === 0 ? 0 : FLAGGED));
  if (flags !== 0) writer.byte(flags);
  writer.text(normalised);
  if (kind === CAPITALS) writeCapitals(writer, normalised, surface);
  if (kind === IN_FULL) {
    writer.varint(surface.length);
    writer.text(surface);
  }
}

export function readTexts(reader: ProfileReader): QueryTexts & { readonly isSingle: boolean } {
  const { units, flags, isSingle } = readHead(reader);
  const kind = flags & KIND_MASK;
  const normalised = reader.text(units);
  let surface = normalised;
  if (kind === CAPITALS) surface = readCapitals(reader, normalised);
  else if (kind === IN_FULL) surface = reader.text(reader.varint());
  else if (kind !== SAME) throw reader.fault('how a surface is stored');
  return {
    normalised,
    surface,
    isBlocked: (flags & BLOCKED) !== 0,
    isSingle,
  };
}

function readHead(reader: ProfileReader): {
  readonly units: number;
  readonly flags: number;
  readonly isSingle: boolean;
} {
  const head = reader.varint();
  if (reader.version === 1) {
    const units = Math.floor(head / UNITS_IN_1);
    return { units, flags: head % SINGLE_IN_1, isSingle: (head & SINGLE_IN_1) !== 0 };
  }
  const flags = (head & FLAGGED) === 0 ? 0 : reader.byte();
  return { units: Math.floor(head / UNITS), flags, isSingle: (head & SINGLE) !== 0 };
}

function capitalBytes(normalised: string): number {
  return Math.ceil(normalised.length / 8);
}

/** Whether a surface differs in nothing but in having capitals for letters from a to z. */
function isCapitalised(normalised: string, surface: string): boolean {
  if (normalised.length !== surface.length) return false;
  for (let at = 0; at < normalised.length; at++) {
    const small = normalised.charCodeAt(at);
    const shown = surface.charCodeAt(at);
    if (small === shown) continue;
    if (small < 0x61 || small > 0x7a || shown !== small - 0x20) return false;
  }
  return true;
}

/** A bit a code unit, set where the surface differs. */
function writeCapitals(writer: ProfileWriter, normalised: string, surface: string): void {
  for (let from = 0; from < normalised.length; from += 8) {
    let bits = 0;
    for (let bit = 0; bit < 8 && from + bit < normalised.length; bit++) {
      if (normalised.charCodeAt(from + bit) !== surface.charCodeAt(from + bit)) bits |= 1 << bit;
    }
    writer.byte(bits);
  }
}

function readCapitals(reader: ProfileReader, normalised: string): string {
  let surface = '';
  let copied = 0;
  for (let from = 0; from < normalised.length; from += 8) {
    for (let bits = reader.byte(), at = from; bits !== 0; bits >>= 1, at++) {
      if ((bits & 1) === 0) continue;
      surface += normalised.slice(copied, at) + normalised.charAt(at).toUpperCase();
      copied = at + 1;
    }
  }
  return surface + normalised.slice(copied);
}
