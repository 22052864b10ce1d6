import type { Segment } from '../../indexer/segment/segment.ts';
import { CandidateTable, NO_COMPLETION } from '../../ranking/features/candidate-table.ts';
import type { MarketChoice } from '../retrieval/market-choice.ts';
import type { AskerRows } from './asker-rows.ts';
import type { CandidateBlock } from './candidate-block.ts';
import { type MarketFacts, readFacts } from './candidate-facts.ts';
import type { LiveColumns } from './live-columns.ts';
import { popularityIn } from './market-popularity.ts';
import type { SnapshotFace } from './snapshot-face.ts';

/** Completions whose facts are remembered, each in a place of its own: 1.2 MiB. */
const REMEMBERED = 8_192;

/** What a snapshot knows of completions that were asked for a moment ago, whatever was typed: each lies elsewhere in memory. */
export class KnownFacts {
  readonly #segment: Segment;
  readonly #table = new CandidateTable(REMEMBERED);
  readonly #markets: (string | undefined)[] = [];

  constructor(segment: Segment) {
    this.#segment = segment;
    while (this.#table.size < REMEMBERED) this.#table.add(NO_COMPLETION, 0);
  }

  /** Fills in what `readFacts` does. */
  read(market: string, facts: MarketFacts, candidates: CandidateTable, row: number): void {
    const table = this.#table;
    const id = candidates.ids[row]!;
    const known = id & (REMEMBERED - 1);
    if (table.ids[known] !== id || this.#markets[known] !== market) {
      table.reset(known, id, 0);
      readFacts(this.#segment, facts, table, known, id);
      this.#markets[known] = market;
    }
    candidates.copyFacts(table, known, row);
  }
}

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
