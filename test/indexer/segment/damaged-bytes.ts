import { crc32 } from 'node:zlib';
import { brandCompletion } from '../../../indexer/segment/completion-id.ts';
import { SegmentError } from '../../../indexer/segment/errors.ts';
import type { KeyRange } from '../../../indexer/segment/key-table.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import type { TermKeyTable } from '../../../indexer/segment/term-keys-section.ts';
import type { TextKeyTable } from '../../../indexer/segment/text-keys-section.ts';

const HEADER_BYTES = 32;
const ENTRY_BYTES = 48;
const NAME_BYTES = 24;

/** Where a section lies, read from the table as FORMAT.md describes it. */
export interface SectionPlace {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Where its entry of the table begins. */
  readonly entry: number;
}

export function sectionPlaces(file: Uint8Array): SectionPlace[] {
  const view = new DataView(file.buffer, file.byteOffset);
  return Array.from({ length: view.getUint32(12, true) }, (_, index) => {
    const entry = HEADER_BYTES + index * ENTRY_BYTES;
    const name = Buffer.from(file.subarray(entry, entry + NAME_BYTES)).toString('utf8');
    const start = view.getFloat64(entry + NAME_BYTES, true);
    const end = start + view.getFloat64(entry + NAME_BYTES + 8, true);
    return { name: name.replace(/\0+$/, ''), start, end, entry };
  });
}

/** The end of the header and the section table. */
export function tableEnd(file: Uint8Array): number {
  return HEADER_BYTES + sectionPlaces(file).length * ENTRY_BYTES;
}

/** Makes the checksums of one changed section, and of the table, right again, in place. */
export function reseal(file: Uint8Array, { start, end, entry }: SectionPlace): void {
  const view = new DataView(file.buffer, file.byteOffset);
  view.setUint32(entry + NAME_BYTES + 16, crc32(file.subarray(start, end)), true);
  const head = crc32(file.subarray(0, 24));
  view.setUint32(24, crc32(file.subarray(28, tableEnd(file)), head), true);
}

/** The message of the SegmentError that `work` throws, null when it throws none; any other error is thrown on. */
export function segmentFault(work: () => void): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof SegmentError) return error.message;
    throw error;
  }
}

/** All that can be read of a small segment, for comparing two that differ in a few bits. */
export function describeSegment(segment: Segment): string {
  const { completions, rows, terms } = segment;
  const each = <T>(count: number, read: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => read(index));
  const found = new Uint32Array(32);
  const views = [segment.all, ...segment.markets.values()].map((view) => ({
    market: view.market,
    scores: view.scores === null ? null : [...view.scores],
    ids: each(view.size, (rank) => view.idOf(rank)),
    best: each(rows * rows, (pair) => {
      const range = { low: pair % rows, high: Math.floor(pair / rows) + 1 };
      return [...found.subarray(0, view.best(range, 20, found))].join();
    }),
    union: each(terms.size, (term) => {
      const low = view.postings.listFrom(term);
      const high = view.postings.listFrom(term + 1);
      return [...found.subarray(0, view.postings.smallestOfUnion(low, high, 32, found, 0))].join();
    }),
  }));
  return JSON.stringify({
    surfaces: each(completions, (id) => segment.surfaceTexts(Uint32Array.of(id), 1)),
    forms: each(rows, (row) => segment.normalisedTexts(Uint32Array.of(row), 1)),
    targets: each(rows, (row) => segment.completionOfRow(row)),
    places: [...segment.order.rows],
    terms: each(terms.size, (id) => [
      terms.find(terms.termText(id), id >= terms.spaced),
      terms.prefixRange(terms.termText(id).slice(0, 1), id >= terms.spaced),
      terms.prefixRange(terms.termText(id).slice(0, 2), id >= terms.spaced),
    ]),
    logScores: [...segment.logScores],
    signatures: [...segment.signatures],
    views,
    entities: each(completions, (id) => segment.isEntity(brandCompletion(id))),
    lexicon: segment.lexicon === null ? null : [...segment.lexicon],
    termKeys: describeTermKeys(segment.termKeys),
    textKeys: describeTextKeys(segment.textKeys),
  });
}

const TERM_KINDS = ['fold', 'roman', 'jamo', 'initials', 'emoji', 'sound'] as const;
const TEXT_KINDS = ['pinyin', 'pinyinInitials', 'romaji'] as const;
const best = new Uint32Array(64);

/** The best entries of each kind, and of each first letter of a kind's keys, with all that they say. */
function describeTermKeys(table: TermKeyTable | null): unknown {
  if (table === null) return null;
  return TERM_KINDS.flatMap((kind) =>
    beginnings(table.range(kind, '', 'beginning'), (entry) => table.keyAt(entry)).map((key) => {
      const count = table.best(table.range(kind, key, 'beginning'), 64, best);
      const entries = Array.from(best.subarray(0, count));
      return [
        kind,
        table.range(kind, key, 'whole'),
        entries.map((e) => [table.keyAt(e), table.termAt(e), table.bestCompletionAt(e)]),
      ];
    }),
  );
}

function describeTextKeys(table: TextKeyTable | null): unknown {
  if (table === null) return null;
  return TEXT_KINDS.flatMap((kind) =>
    beginnings(table.prefixRange(kind, ''), (entry) => table.keyAt(entry)).map((key) => {
      const count = table.best(table.prefixRange(kind, key), 64, best);
      const entries = Array.from(best.subarray(0, count));
      return [
        kind,
        table.exactRange(kind, key),
        entries.map((e) => [
          ...[table.keyAt(e), table.completionAt(e), table.startAt(e)],
          ...table.stepsAt(e),
        ]),
      ];
    }),
  );
}

/** The empty key and the first two letters of each entry's. */
function beginnings({ low, high }: KeyRange, keyAt: (entry: number) => string): string[] {
  const keys = Array.from({ length: high - low }, (_, i) => keyAt(low + i).slice(0, 2));
  return [...new Set(['', ...keys])];
}
