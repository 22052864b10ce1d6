/** What a surface is, by the number that is stored. */
export const ENTITY_TYPES = ['topic', 'place', 'person', 'group', 'product', 'work'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

export const NAME = 'linker';
/** Words of 32 bits a slot: both hashes and the value. */
export const NODE_WORDS = 3;
/** The same of a known word: its second hash, as the first is the slot, and the value. */
export const WORD_WORDS = 2;
/** Of a surface's type: it may lead to its own name. */
export const NAMED = 0x80;
/** Logits are kept in sixteenths, from -8 to just below 8. */
const LOGIT_STEPS = 16;

/** The sections `linker.*` as views: FORMAT.md has what each holds. */
export interface LinkerArrays {
  readonly nodes: Uint32Array;
  readonly words: Uint32Array;
  readonly targets: Uint32Array;
  readonly types: Uint8Array;
  readonly logits: Uint8Array;
  readonly contextStarts: Uint32Array;
  readonly context: Uint32Array;
}

/** Slots of an open hash table: a power of two, at most three quarters of them taken. */
export function slotsFor(entries: number): number {
  let slots = 8;
  while (slots * 3 < entries * 4) slots *= 2;
  return slots;
}

/** A logit as the byte that is stored: the nearest sixteenth, or the end of the range. */
export function toByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value * LOGIT_STEPS) + 128));
}

/** The logit that a byte stands for. */
export function fromByte(byte: number): number {
  return (byte - 128) / LOGIT_STEPS;
}
