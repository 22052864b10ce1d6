import {
  CandidateTable,
  FROM_INFIX,
  FROM_PREFIX,
  FROM_SCRIPT,
  FROM_SYNONYM,
  FROM_TYPO,
  NONE,
} from '../../ranking/features/candidate-table.ts';
import type { Placed } from '../retrieval/answer-assembly.ts';
import { sourceOf } from '../retrieval/interpretation/alternative.ts';
import { BLOCK_ROWS, NOT_FURTHER } from './candidate-block.ts';
import { RowIndex } from './row-index.ts';

const READ_SOURCES = { typo: FROM_TYPO, script: FROM_SCRIPT, synonym: FROM_SYNONYM } as const;

/** The rows of one text while they are found, in memory that the next one's use again. */
export class BlockDraft {
  readonly table = new CandidateTable(BLOCK_ROWS);
  /** See `CandidateBlock.visitOf`. */
  readonly visits = new Uint8Array(BLOCK_ROWS);
  readonly #index = new RowIndex(BLOCK_ROWS);

  clear(): void {
    this.table.clear();
    this.visits.fill(NOT_FURTHER);
    this.#index.clear();
  }

  /** Adds what is answered to anybody. */
  addSlot(slot: Placed): void {
    const { table } = this;
    const { id, logScore } = slot.candidate;
    const row = table.add(id, sourceOfSlot(slot));
    this.#index.put(id, row);
    table.popularity[row] = logScore;
    if (slot.kind === 'read') table.readingBits[row] = slot.candidate.bits;
  }

  /** Adds what matches as typed, unless the draft is full or has it; then that it does so, too. */
  addMatch(id: number, logScore: number, source: number): void {
    const { table, visits } = this;
    let row = this.#index.find(id);
    if (row === NONE) {
      row = table.add(id, source);
      if (row === NONE) return;
      this.#index.put(id, row);
      table.popularity[row] = logScore;
    }
    if (visits[row] !== NOT_FURTHER) return;
    visits[row] = source;
    table.sources[row] = withMatch(table.sources[row]!, source);
  }
}

/** How what is answered to anybody came in. */
export function sourceOfSlot(slot: Placed): number {
  if (slot.kind === 'read') return READ_SOURCES[sourceOf(slot.candidate.ways)];
  return slot.kind === 'prefix' ? FROM_PREFIX : FROM_INFIX;
}

/** The sources of a row that is found by matching as typed, too: what begins with the text holds its terms as well, and says so no more. */
export function withMatch(sources: number, visit: number): number {
  return visit === FROM_INFIX && (sources & FROM_PREFIX) !== 0 ? sources : sources | visit;
}
