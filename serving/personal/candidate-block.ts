import { CandidateTable } from '../../ranking/features/candidate-table.ts';
import type { FoundSuggestions } from '../retrieval/engine.ts';
import type { Suggestion } from '../suggest-engine.ts';
import type { Tally } from './click-rates.ts';
import { RowIndex } from './row-index.ts';
import type { ShownAfter } from './tallied-completions.ts';
import { type PrefixTest, TextTest } from './typed-test.ts';

/** Candidates of one request. */
export const MOST_CANDIDATES = 200;
/** Rows of a block: as many, and those behind them that a request with few others may still name. */
export const BLOCK_ROWS = MOST_CANDIDATES + 24;

/** Fresh texts of a request. */
export const MOST_FRESH = 16;

/** How a row came to be found by matching what is typed as it is typed. */
export const NOT_FURTHER = 0;

/** What features read of a typed text, whoever asks. */
export interface TypedContext {
  readonly typedBytes: number;
  readonly typedTerms: number;
  readonly topPopularity: number;
  readonly totalPopularity: number;
}

/** The clicks that a row's rates rest on, and what was counted when they were read. */
export interface RowTally {
  readonly row: number;
  readonly tally: Tally;
  /** Whether it is the rate after the typed text. */
  readonly isAfter: boolean;
  looks: number;
  clicks: number;
}

/** As of what the live columns of a block are. */
export interface LiveState {
  nowMs: number;
  /** Revision of the counts. */
  counts: number;
  /** What the tallies were looked up by: see `TalliedCompletions`. */
  tallied: number;
  after: ShownAfter | null;
  /** See `USUAL`. */
  usual: number;
  tallies: RowTally[];
}

const NEVER = {
  ...{ nowMs: Number.NEGATIVE_INFINITY, counts: -1, tallied: -1, after: null, usual: 0 },
} as const;

/**
 * What a typed text finds in a market, whoever asks, with all that does not depend on that: rows in the order for anybody (what is answered to them, then what else begins with the text,
 * then what else holds its words), the facts of each, and the part of its score that they make.
 */
export class CandidateBlock {
  #found: FoundSuggestions | null = null;
  #textTest: TextTest | null = null;
  readonly table = new CandidateTable(BLOCK_ROWS);
  readonly index = new RowIndex(BLOCK_ROWS);
  /** FROM_PREFIX or FROM_INFIX where a row matches as typed beyond being answered to anybody; NOT_FURTHER for others. */
  readonly visits = new Uint8Array(BLOCK_ROWS);
  readonly partials: Float64Array;
  /** How rows were written down, by what is shown; see `RowWriter`. */
  readonly written = new Map<number, Suggestion>();
  test: PrefixTest | null = null;
  context: TypedContext = { typedBytes: 0, typedTerms: 0, topPopularity: 0, totalPopularity: 0 };
  /** Rows of what is answered to anybody: the first ones. */
  slots = 0;
  /** Where the rows end that begin with the text. */
  prefixEnd = 0;
  /** Counts of the snapshot's last hour, day and week, by row, as of its time. */
  readonly snapshotHours = new Float32Array(BLOCK_ROWS);
  readonly snapshotDays = new Float32Array(BLOCK_ROWS);
  readonly snapshotWeeks = new Float32Array(BLOCK_ROWS);
  readonly live: LiveState = { ...NEVER, tallies: [] };

  /** @param width numbers of a partial score */
  constructor(width: number) {
    this.partials = new Float64Array(BLOCK_ROWS * width);
  }

  /** Begins what another text finds. */
  clear(found: FoundSuggestions): void {
    this.#found = found;
    this.#textTest = null;
    this.table.clear();
    this.index.clear();
    this.visits.fill(NOT_FURTHER);
    this.written.clear();
    Object.assign(this.live, NEVER, { tallies: [] });
  }

  /** Rows. */
  get size(): number {
    return this.table.size;
  }

  /** The row of a completion; NONE where it has none. */
  find(id: number): number {
    return this.index.find(id);
  }

  /** Whether a completion may have a row: rules most out at less than `find`. */
  mayHave(id: number): boolean {
    return this.index.mayHave(id);
  }

  /** The completion of a row. */
  idOf(row: number): number {
    return this.table.ids[row]!;
  }

  /** How a row came in: bits as in a table of candidates. */
  sourcesOf(row: number): number {
    return this.table.sources[row]!;
  }

  /** Its place in the order for anybody. */
  placeOf(row: number): number {
    return this.table.places[row]!;
  }

  /** log2 of its score in the market. */
  popularityOf(row: number): number {
    return this.table.popularity[row]!;
  }

  /** How it matches as typed: see `visits`. */
  visitOf(row: number): number {
    return this.visits[row]!;
  }

  /** Adds a copy of a row to a table; gives its number there, or NONE when the table is full. */
  copyRow(row: number, to: CandidateTable): number {
    return to.addCopy(this.table, row);
  }

  /** Copies the terms of a row, and their number, to one of a table. */
  copyTerms(row: number, to: CandidateTable, toRow: number): void {
    to.copyTerms(this.table, row, toRow);
  }

  /** Tells which texts hold the typed one; made when it is first asked for. */
  get textTest(): TextTest {
    this.#textTest ??= new TextTest(this.found.normalised);
    return this.#textTest;
  }

  /** With the matchers of the text, where it has any. @throws before a text was found */
  get found(): FoundSuggestions {
    if (this.#found === null) throw new Error('expected a block with what was found for a text');
    return this.#found;
  }

  set found(found: FoundSuggestions) {
    this.#found = found;
  }
}
