import type { MarketChoice } from '../retrieval/market-choice.ts';
import type { AskerRows } from './asker-rows.ts';
import type { CandidateBlock } from './candidate-block.ts';
import type { LiveColumns } from './live-columns.ts';
import { popularityIn } from './market-popularity.ts';
import type { SnapshotFace } from './snapshot-face.ts';

/** Adds completions to the rows of one request, with all that is known of them whoever asks. */
export class CompletionRows {
  readonly choice: MarketChoice;
  readonly #face: SnapshotFace;
  readonly #rows: AskerRows;
  readonly #live: LiveColumns;
  readonly #nowMs: number;

  constructor(
    face: SnapshotFace,
    block: CandidateBlock,
    rows: AskerRows,
    live: LiveColumns,
    nowMs: number,
  ) {
    this.choice = block.found.choice;
    this.#face = face;
    this.#rows = rows;
    this.#live = live;
    this.#nowMs = nowMs;
  }

  /** Adds one that has no row. Its popularity is still to be filled in, unless it is known. */
  add(id: number, source: number): number {
    const rows = this.#rows;
    const row = rows.addCompletion(id, source);
    if (rows.isInBlock(row)) return row;
    const { market } = this.choice;
    this.#face.facts.read(market, this.#face.factsOf(market), rows.table, row);
    this.#live.readCompletion(this.#face, rows.table, row, this.#nowMs);
    return row;
  }

  /** Whether the block knows the popularity of a row: where several views answer, it may know that of one. */
  isPopularityKnown(row: number): boolean {
    return this.#rows.isInBlock(row) && this.choice.views.length === 1;
  }

  popularityOf(id: number): number {
    return popularityIn(this.#face.segment, this.choice, id);
  }
}
