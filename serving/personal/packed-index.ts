import { NONE } from '../../ranking/features/candidate-table.ts';
import { FACT_WORDS, type PackedMemory, packedId } from './packed-facts.ts';

const LEAST_SLOTS = 16;
/** Bits that tell at once of nearly all that has no row that it has none. */
const MARKS_A_SLOT = 4;
const HALF_BITS = 16;

/** Slots of an index of so many rows: half of them stay free. */
export function indexSlots(rows: number): number {
  let slots = LEAST_SLOTS;
  while (slots < 2 * rows) slots *= 2;
  return slots;
}

/** Halves of a word that an index of so many slots takes: its marks, then the slots. */
export function indexHalves(slots: number): number {
  return markHalves(slots) + slots;
}

/** Forgets all. The index stands at `at`, as everywhere here. */
export function clearIndex(halves: Uint16Array, at: number, slots: number): void {
  halves.fill(0, at, at + indexHalves(slots));
}

/**
 * Notes the row of a completion that has none yet. A slot has the number after the row, and eight bits of the completion's hash; 0 where it is free. A kilobyte for two hundred rows: the ids
 * are with the facts, and looked at of a row whose bits are the same alone.
 *
 * @param row below 255
 */
export function putRow(
  halves: Uint16Array,
  at: number,
  slots: number,
  id: number,
  row: number,
): void {
  const hash = Math.imul(id, FACTOR);
  const mark = markOf(hash, slots);
  halves[at + (mark >>> 4)]! |= 1 << (mark & 15);
  const first = at + markHalves(slots);
  let slot = hash & (slots - 1);
  while (halves[first + slot] !== 0) slot = (slot + 1) & (slots - 1);
  halves[first + slot] = (tagOf(hash) << 8) | (row + 1);
}

/** Whether a completion may have a row: of those that have none, one in ten may seem to. */
export function mayHaveRow(halves: Uint16Array, at: number, slots: number, id: number): boolean {
  const mark = markOf(Math.imul(id, FACTOR), slots);
  return (halves[at + (mark >>> 4)]! & (1 << (mark & 15))) !== 0;
}

/** The row of a completion; NONE where it has none. The facts of rows begin at the word `factsAt`. */
export function findRow(
  memory: PackedMemory,
  at: number,
  slots: number,
  id: number,
  factsAt: number,
): number {
  const { halves } = memory;
  const hash = Math.imul(id, FACTOR);
  const tag = tagOf(hash);
  const first = at + markHalves(slots);
  for (let slot = hash & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
    const known = halves[first + slot]!;
    if (known === 0) return NONE;
    const row = (known & 255) - 1;
    if (known >>> 8 === tag && packedId(memory, factsAt + FACT_WORDS * row) === id) return row;
  }
}

const FACTOR = 0x9e3779b1;

function markHalves(slots: number): number {
  return (slots * MARKS_A_SLOT) / HALF_BITS;
}

function markOf(hash: number, slots: number): number {
  return hash >>> Math.clz32(slots * MARKS_A_SLOT - 1);
}

/** Eight bits beside those that choose a slot: of up to 512 slots the lower nine. */
function tagOf(hash: number): number {
  return (hash >>> 12) & 255;
}
