import { TEXT_PIECES } from './text-pieces.ts';

// Texts have a dozen forms in memory: looked up in each of them, as `text.charCodeAt` does, the method costs four times as much as what it answers.
const { charCodeAt } = String.prototype;

/** Bytes of a packed text below these are pieces; these begin a run of characters that no piece has. */
const ONE_UNIT = 253;
const WIDE_RUN = 254;
const WINDOW_RUN = 255;
const MOST_IN_RUN = 255;
/** A run in a window takes a byte a character: those of the 128 from a multiple of 64 on, below 16,384. */
const WINDOW_SHIFT = 6;
const WINDOW_SIZE = 128;
const LAST_WINDOW = 255;
const SPACE = 0x20;
/** In a window run, what no character of a window is. */
const SPACE_IN_WINDOW = 0x80;
/** Letters have a place of their own in a node of the tree; 0 is for all others. */
const PLACES = 64;

const PIECES = TEXT_PIECES.split('|').slice(0, -1);
const PLACE_OF = new Uint8Array(256);
/** The tree of the pieces: by node and place of the letter the next node, 0 for none; by node the piece that ends there, -1 for none. */
const NEXT: Uint16Array = new Uint16Array(PIECES.length * 6 * PLACES);
const PIECE_AT: Int16Array = new Int16Array(PIECES.length * 6).fill(-1);
const STARTS: Uint16Array = new Uint16Array(PIECES.length + 1);
const UNITS: Uint16Array = new Uint16Array(PIECES.length * 6);
growTree();

function growTree(): void {
  let nodes = 1;
  let places = 1;
  PIECES.forEach((piece, code) => {
    let node = 0;
    let to = STARTS[code]!;
    const { length } = piece;
    for (let at = 0; at < length; at++) {
      const unit = charCodeAt.call(piece, at);
      UNITS[to++] = unit;
      if (PLACE_OF[unit] === 0) PLACE_OF[unit] = places++;
      const slot = node * PLACES + PLACE_OF[unit]!;
      if (NEXT[slot] === 0) NEXT[slot] = nodes++;
      node = NEXT[slot]!;
    }
    STARTS[code + 1] = to;
    PIECE_AT[node] = code;
  });
}

/** Bytes that a text takes when packed. A microsecond for a hundred letters. */
export function packedBytes(text: string): number {
  return packText(text, null, 0);
}

/**
 * Writes a text packed, a byte for the longest piece (TEXT_PIECES) that stands at each place, and runs of other characters at a byte or two each; gives where
 * it ends. Any text of UTF-16 code units comes back from `unpackTexts`; packed texts one behind the other are the packed form of all of them joined.
 */
export function packText(text: string, to: Uint8Array | null, from: number): number {
  const { length } = text;
  let end = from;
  for (let at = 0; at < length; ) {
    let node = 0;
    let code = -1;
    let after = at;
    for (let next = at; next < length; ) {
      const unit = charCodeAt.call(text, next++);
      const place = unit < 256 ? PLACE_OF[unit]! : 0;
      if (place === 0) break;
      node = NEXT[node * PLACES + place]!;
      if (node === 0) break;
      const piece = PIECE_AT[node]!;
      if (piece < 0) continue;
      code = piece;
      after = next;
    }
    if (code < 0) {
      const wideEnd = runEnd(text, at, 0, 0xffff);
      const base = charCodeAt.call(text, at) >>> WINDOW_SHIFT;
      const low = base << WINDOW_SHIFT;
      const windowEnd = base > LAST_WINDOW ? at : runEnd(text, at, low, low + WINDOW_SIZE - 1);
      after = Math.max(wideEnd, windowEnd);
      end =
        windowEnd < after || after === at + 1
          ? packWide(text, at, after, to, end)
          : packWindow(text, at, after, to, end);
    } else {
      if (to !== null) to[end] = code;
      end++;
    }
    at = after;
  }
  return end;
}

/** The end of the run from a place of characters without a piece, in a range, with single spaces between them. */
function runEnd(text: string, from: number, low: number, high: number): number {
  const most = Math.min(text.length, from + MOST_IN_RUN);
  let end = from;
  for (let at = from; at < most; at++) {
    const unit = charCodeAt.call(text, at);
    if (unit === SPACE && at === end) continue;
    if (unit < low || unit > high || (unit < 256 && PLACE_OF[unit] !== 0)) break;
    end = at + 1;
  }
  return end;
}

function packWide(
  text: string,
  from: number,
  until: number,
  to: Uint8Array | null,
  start: number,
): number {
  const units = until - from;
  const isOne = units === 1;
  let end = start + (isOne ? 1 : 2);
  if (to === null) return end + 2 * units;
  to[start] = isOne ? ONE_UNIT : WIDE_RUN;
  if (!isOne) to[start + 1] = units;
  for (let at = from; at < until; at++) {
    const unit = charCodeAt.call(text, at);
    to[end++] = unit >>> 8;
    to[end++] = unit & 0xff;
  }
  return end;
}

function packWindow(
  text: string,
  from: number,
  until: number,
  to: Uint8Array | null,
  start: number,
): number {
  let end = start + 3;
  if (to === null) return end + until - from;
  const base = charCodeAt.call(text, from) >>> WINDOW_SHIFT;
  to[start] = WINDOW_RUN;
  to[start + 1] = base;
  to[start + 2] = until - from;
  for (let at = from; at < until; at++) {
    const unit = charCodeAt.call(text, at);
    to[end++] = unit === SPACE ? SPACE_IN_WINDOW : unit - (base << WINDOW_SHIFT);
  }
  return end;
}

let room = new Uint16Array(1 << 14);

/** The texts that bytes were packed from, joined; null where they end within a run. */
export function unpackTexts(bytes: Uint8Array): string | null {
  const { length } = bytes;
  if (room.length < 6 * length) room = new Uint16Array(6 * length);
  const units = room;
  let end = 0;
  for (let at = 0; at < length; ) {
    const code = bytes[at++]!;
    if (code < ONE_UNIT) {
      for (let from = STARTS[code]!, until = STARTS[code + 1]!; from < until; from++) {
        units[end++] = UNITS[from]!;
      }
      continue;
    }
    if (code === WINDOW_RUN) {
      if (at + 2 > length || at + 2 + bytes[at + 1]! > length) return null;
      const low = bytes[at]! << WINDOW_SHIFT;
      const until = at + 2 + bytes[at + 1]!;
      for (at += 2; at < until; at++) {
        const byte = bytes[at]!;
        units[end++] = byte === SPACE_IN_WINDOW ? SPACE : low + byte;
      }
      continue;
    }
    if (at >= length) return null;
    const count = code === ONE_UNIT ? 1 : bytes[at++]!;
    const until = at + 2 * count;
    if (until > length) return null;
    for (; at < until; at += 2) units[end++] = (bytes[at]! << 8) | bytes[at + 1]!;
  }
  return Buffer.from(units.buffer, 0, 2 * end).toString('utf16le');
}
