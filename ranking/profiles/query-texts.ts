import type { QueryTexts } from './profile-query.ts';
import type { ProfileReader } from './profile-reader.ts';
import type { ProfileWriter } from './profile-writer.ts';
import { utf8Bytes } from './utf8-bytes.ts';
import { varintBytes } from './varint.ts';

/** How a surface is stored: not at all where it is the normalised form, by which letters are capitals where that tells it, else in full. */
const SAME = 0;
const CAPITALS = 1;
const IN_FULL = 2;
const KIND_MASK = 3;
const BLOCKED = 4;
const SINGLE = 8;
/** What the code units of the normalised form are multiplied by, above the flags. */
const UNITS = 16;

/** Bytes that a query's texts take as stored, with how long they are. */
export function textBytesOf({ normalised, surface }: QueryTexts): number {
  const head = varintBytes(normalised.length * UNITS) + utf8Bytes(normalised);
  if (surface === normalised) return head;
  if (isCapitalised(normalised, surface)) return head + capitalBytes(normalised);
  return head + varintBytes(surface.length) + utf8Bytes(surface);
}

/** Writes a query's texts, with whether it was searched once. */
export function writeTexts(
  writer: ProfileWriter,
  { normalised, surface, isBlocked }: QueryTexts,
  isSingle: boolean,
): void {
  const kind =
    surface === normalised ? SAME : isCapitalised(normalised, surface) ? CAPITALS : IN_FULL;
  const flags = kind + (isBlocked ? BLOCKED : 0) + (isSingle ? SINGLE : 0);
  writer.varint(normalised.length * UNITS + flags);
  writer.text(normalised);
  if (kind === CAPITALS) writeCapitals(writer, normalised, surface);
  if (kind === IN_FULL) {
    writer.varint(surface.length);
    writer.text(surface);
  }
}

export function readTexts(reader: ProfileReader): QueryTexts & { readonly isSingle: boolean } {
  const head = reader.varint();
  const kind = head & KIND_MASK;
  const normalised = reader.text(Math.floor(head / UNITS));
  let surface = normalised;
  if (kind === CAPITALS) surface = readCapitals(reader, normalised);
  else if (kind === IN_FULL) surface = reader.text(reader.varint());
  else if (kind !== SAME) throw reader.fault('how a surface is stored');
  return {
    normalised,
    surface,
    isBlocked: (head & BLOCKED) !== 0,
    isSingle: (head & SINGLE) !== 0,
  };
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
