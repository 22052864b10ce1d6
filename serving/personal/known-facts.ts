import type { Segment } from '../../indexer/segment/segment.ts';
import { CandidateTable, NO_COMPLETION } from '../../ranking/features/candidate-table.ts';
import { type MarketFacts, readFacts } from './candidate-facts.ts';

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
