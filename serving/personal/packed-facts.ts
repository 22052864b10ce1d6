import { type CandidateTable, LEAST_LOG, NONE } from '../../ranking/features/candidate-table.ts';

/** Words of a row's facts: a line of the processor's cache. */
export const FACT_WORDS = 16;

/* Places in the facts of a row, in words of 32 bits; all but the first are floats. */
const ID_AT = 0;
const POPULARITY_AT = 1;
const MERGED_AT = 2;
const READING_AT = 3;
/** What is counted live: hour, day and week, then the rates of clicks, in general and after the typed text. */
export const COUNTS_AT = 4;
export const CLICKS_AT = 7;
export const CLICKS_AFTER_AT = 8;
const RISE_AT = 9;
const NOVELTY_AT = 10;
/** The snapshot's counts of hour, day and week, as of its time. */
export const SNAPSHOT_AT = 11;
/* In halves of a word, and in bytes. */
const SOURCES_AT = 28;
const BYTES_AT = 29;
const TERMS_AT = 60;
const VISIT_AT = 61;

/** Views of one memory. */
export interface PackedMemory {
  readonly words: Int32Array;
  readonly floats: Float32Array;
  readonly halves: Uint16Array;
  readonly bytes: Uint8Array;
}

/**
 * The facts of a row that few requests read: those of its completion whoever asks, but for its terms, themes and languages, which ranking reads of all rows and has elsewhere. Side by side, so
 * that to copy a row touches one place in memory, not one a column.
 *
 * @param at the word at which the facts begin
 * @param visit see `CandidateBlock.visitOf`
 */
export function packFacts(
  table: CandidateTable,
  row: number,
  visit: number,
  { words, floats, halves, bytes }: PackedMemory,
  at: number,
): void {
  words[at + ID_AT] = table.ids[row]!;
  floats[at + POPULARITY_AT] = table.popularity[row]!;
  floats[at + MERGED_AT] = table.mergedPopularity[row]!;
  floats[at + READING_AT] = table.readingBits[row]!;
  floats[at + COUNTS_AT] = floats[at + SNAPSHOT_AT] = table.hourCounts[row]!;
  floats[at + COUNTS_AT + 1] = floats[at + SNAPSHOT_AT + 1] = table.dayCounts[row]!;
  floats[at + COUNTS_AT + 2] = floats[at + SNAPSHOT_AT + 2] = table.weekCounts[row]!;
  floats[at + CLICKS_AT] = table.clickRates[row]!;
  floats[at + CLICKS_AFTER_AT] = table.prefixClickRates[row]!;
  floats[at + RISE_AT] = table.rise[row]!;
  floats[at + NOVELTY_AT] = table.novelty[row]!;
  halves[2 * at + SOURCES_AT] = table.sources[row]!;
  halves[2 * at + BYTES_AT] = table.bytes[row]!;
  bytes[4 * at + TERMS_AT] = table.termCounts[row]!;
  bytes[4 * at + VISIT_AT] = visit;
}

/** Writes them back into a row of a table, of which nothing is known to who asks; not its place. */
export function copyFacts(
  { words, floats, halves, bytes }: PackedMemory,
  at: number,
  table: CandidateTable,
  row: number,
): void {
  table.ids[row] = words[at + ID_AT]!;
  table.popularity[row] = floats[at + POPULARITY_AT]!;
  table.mergedPopularity[row] = floats[at + MERGED_AT]!;
  table.readingBits[row] = floats[at + READING_AT]!;
  table.hourCounts[row] = floats[at + COUNTS_AT]!;
  table.dayCounts[row] = floats[at + COUNTS_AT + 1]!;
  table.weekCounts[row] = floats[at + COUNTS_AT + 2]!;
  table.clickRates[row] = floats[at + CLICKS_AT]!;
  table.prefixClickRates[row] = floats[at + CLICKS_AFTER_AT]!;
  table.rise[row] = floats[at + RISE_AT]!;
  table.novelty[row] = floats[at + NOVELTY_AT]!;
  table.sources[row] = halves[2 * at + SOURCES_AT]!;
  table.bytes[row] = halves[2 * at + BYTES_AT]!;
  table.termCounts[row] = bytes[4 * at + TERMS_AT]!;
  table.history[row] = NONE;
  table.followUp[row] = LEAST_LOG;
  table.video[row] = LEAST_LOG;
  table.slipCorrections[row] = 0;
}

export function packedId({ words }: PackedMemory, at: number): number {
  return words[at + ID_AT]!;
}

export function packedPopularity({ floats }: PackedMemory, at: number): number {
  return floats[at + POPULARITY_AT]!;
}

export function packedSources({ halves }: PackedMemory, at: number): number {
  return halves[2 * at + SOURCES_AT]!;
}

export function packedVisit({ bytes }: PackedMemory, at: number): number {
  return bytes[4 * at + VISIT_AT]!;
}
