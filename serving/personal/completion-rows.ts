import type { MarketChoice } from '../retrieval/market-choice.ts';
import type { AskerRows } from './asker-rows.ts';
import type { LiveColumns } from './live-columns.ts';
import { popularityIn } from './market-popularity.ts';
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

  /** The market that is asked. @throws before a request has begun */
  get choice(): MarketChoice {
    if (this.#choice === null) throw new Error('expected a request to have begun');
    return this.#choice;
  }

  /** Adds one that has no row. Its popularity is still to be filled in, unless it is known. */
  add(id: number, source: number): number {
    const rows = this.#rows;
    const row = rows.addCompletion(id, source);
    if (rows.isInBlock(row)) return row;
    const face = this.#opened;
    const { market } = this.choice;
    face.facts.read(market, face.factsOf(market), rows.table, row);
    this.#live.readCompletion(face, rows.table, row, this.#nowMs);
    return row;
  }

  /** Whether the block knows the popularity of a row: where several views answer, it may know that of one. */
  isPopularityKnown(row: number): boolean {
    return this.#rows.isInBlock(row) && this.choice.views.length === 1;
  }

  popularityOf(id: number): number {
    return popularityIn(this.#opened.segment, this.choice, id);
  }

  get #opened(): SnapshotFace {
    if (this.#face === null) throw new Error('expected a request to have begun');
    return this.#face;
  }
}
