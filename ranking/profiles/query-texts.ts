import type { ByteSink } from './byte-sink.ts';
import { ByteCounter } from './byte-sink.ts';
import type { ByteSource } from './byte-source.ts';
import type { ProfileQuery } from './profile.ts';

/** How a surface is stored: not at all where it is the normalised form, by which letters are capitals where that tells it, else in full. */
const SAME = 0;
const CAPITALS = 1;
const IN_FULL = 2;

type Texts = Pick<ProfileQuery, 'normalised' | 'surface' | 'isBlocked'>;

/** Bytes that `writeTexts` takes. */
export function textBytesOf(texts: Texts): number {
  const counter = new ByteCounter();
  writeTexts(counter, texts, 0);
  return counter.sizeBytes;
}

/** Writes a query's texts, and a flag (0 or 1) of the caller's beside them. */
export function writeTexts(
  sink: ByteSink,
  { normalised, surface, isBlocked }: Texts,
  flag: number,
): void {
  const capitals = surface === normalised ? null : capitalsOf(normalised, surface);
  const kind = surface === normalised ? SAME : capitals === null ? IN_FULL : CAPITALS;
  sink.varint(kind + (isBlocked ? 4 : 0) + flag * 8);
  sink.text(normalised);
  if (capitals !== null) sink.raw(capitals);
  else if (kind === IN_FULL) sink.text(surface);
}

export function readTexts(source: ByteSource): Texts & { readonly flag: number } {
  const head = source.varint();
  const kind = head & 3;
  if (kind > IN_FULL || head > 15) throw source.fault('how a surface is stored');
  const normalised = source.text();
  let surface = normalised;
  if (kind === IN_FULL) surface = source.text();
  if (kind === CAPITALS) {
    surface = capitalise(normalised, source.raw(Math.ceil(normalised.length / 8)));
  }
  return { normalised, surface, isBlocked: (head & 4) !== 0, flag: head >> 3 };
}

/** A bit a code unit, set where the surface has the capital of the normalised form's letter a to z; null where it differs in another way. */
function capitalsOf(normalised: string, surface: string): Uint8Array | null {
  if (normalised.length !== surface.length) return null;
  const capitals = new Uint8Array(Math.ceil(normalised.length / 8));
  for (let at = 0; at < normalised.length; at++) {
    const small = normalised.charCodeAt(at);
    const shown = surface.charCodeAt(at);
    if (small === shown) continue;
    if (small < 0x61 || small > 0x7a || shown !== small - 0x20) return null;
    capitals[at >> 3] = (capitals[at >> 3] ?? 0) | (1 << (at & 7));
  }
  return capitals;
}

function capitalise(normalised: string, capitals: Uint8Array): string {
  let surface = '';
  for (let at = 0; at < normalised.length; at++) {
    const isCapital = (((capitals[at >> 3] ?? 0) >> (at & 7)) & 1) === 1;
    const unit = normalised.charAt(at);
    surface += isCapital ? unit.toUpperCase() : unit;
  }
  return surface;
}
