import type { MarketChoice } from '../retrieval/market-choice.ts';
import type { AskerRows } from './asker-rows.ts';
import type { LiveColumns } from './live-columns.ts';
import type { SnapshotFace } from './snapshot-face.ts';

/** Adds completions to the rows of one request, with all that is known of them whoever asks. */
export class CompletionRows {
  readonly #rows: AskerRows;
  readonly #live: LiveColumns;
  #face: SnapshotFace | null = null;
  #choice: MarketChoice | null = null;
  #nowMs = 0;

  constructor(rows: AskerRows, live: LiveColumns) {
    this.#rows = rows;
    this.#live = live;
  }

  begin(face: SnapshotFace, choice: MarketChoice, nowMs: number): void {
    this.#face = face;
    this.#choice = choice;
    this.#nowMs = nowMs;
  }

  /** Adds one that has no row. */
  add(id: number, source: number): number {
    const rows = this.#rows;
    const { facts } = this.#opened;
    const choice = this.#choice;
    if (choice === null) throw new Error('expected a request to have begun');
    const row = rows.addCompletion(id, source);
    if (!rows.isInBlock(row)) {
      facts.read(choice, rows.table, row);
      this.#live.readCompletion(this.#opened, rows.table, row, this.#nowMs);
    } else if (choice.views.length > 1) {
      // Where several views answer, the block may know the popularity in one.
      rows.table.popularity[row] = facts.popularityOf(choice, id);
    }
    return row;
  }

  get #opened(): SnapshotFace {
    if (this.#face === null) throw new Error('expected a request to have begun');
    return this.#face;
  }
}
