import {
  type CandidateTable,
  MOST_TERMS_READ,
  NONE,
} from '../../ranking/features/candidate-table.ts';
import {
  countTerms,
  packedTermHalves,
  packTerms,
  unpackTerms,
} from '../../ranking/features/packed-terms.ts';
import {
  copyPreparedFacts,
  type PreparedRows,
  preparedWords,
  prepareFacts,
} from '../../ranking/rankers/prepared-rows.ts';
import type { FoundSuggestions } from '../retrieval/engine.ts';
import type { BlockMemory } from './block-memory.ts';
import type { Tally } from './click-rates.ts';
import {
  copyFacts,
  FACT_WORDS,
  packedId,
  packedPopularity,
  packedSources,
  packedVisit,
  packFacts,
} from './packed-facts.ts';
import {
  clearIndex,
  findRow,
  indexHalves,
  indexSlots,
  mayHaveRow,
  putRow,
} from './packed-index.ts';
import type { ShownAfter } from './tallied-completions.ts';
import { type PrefixTest, TextTest } from './typed-test.ts';
import { WrittenRows } from './written-rows.ts';

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

/** What a typed text finds: the rows of a block, before they are packed. */
export interface FoundRows {
  readonly found: FoundSuggestions;
  readonly table: CandidateTable;
  /** By row, see `CandidateBlock.visitOf`. */
  readonly visits: Uint8Array;
  readonly slots: number;
  readonly prefixEnd: number;
  readonly test: PrefixTest;
  readonly context: TypedContext;
}

/** Bytes that rows take, with so many slopes (see `DividedRanker`). */
export function blockBytes({ table }: FoundRows, slopes: number): number {
  const { size } = table;
  const words = size * (preparedWords(slopes) + FACT_WORDS);
  return (
    4 * words + 2 * (packedTermHalves(size, countTerms(table)) + indexHalves(indexSlots(size)))
  );
}

/**
 * What a typed text finds in a market, whoever asks, with all that does not depend on that: rows in the order for anybody (what is answered to them, then what else begins with the text,
 * then what else holds its words), the facts of each, and the part of its score that they make. In one piece of memory: what ranking reads of all rows, their terms, an index of their
 * completions, and the facts that are read of few rows.
 */
export class CandidateBlock implements PreparedRows {
  readonly size: number;
  readonly found: FoundSuggestions;
  readonly test: PrefixTest;
  readonly context: TypedContext;
  /** Rows of what is answered to anybody: the first ones. */
  readonly slots: number;
  /** Where the rows end that begin with the text. */
  readonly prefixEnd: number;
  readonly memory: BlockMemory;
  readonly floats: Float32Array;
  readonly halves: Uint16Array;
  readonly bytes: Uint8Array;
  readonly endsAt: number;
  readonly lowsAt: number;
  readonly highsAt: number;
  readonly written: WrittenRows;
  readonly live: LiveState;
  #textTest: TextTest | null = null;
  readonly #words: number;
  readonly #indexAt: number;
  readonly #indexSlots: number;
  /** The word at which the facts begin. */
  readonly #factsAt: number;

  /**
   * Packs rows. What is counted live of them, and their part of the score, is still to be filled in: see `LiveColumns`.
   *
   * @param memory of `blockBytes` at least
   */
  constructor(rows: FoundRows, memory: BlockMemory, slopes: number) {
    const { found, table, visits, slots, prefixEnd, test, context } = rows;
    const { size } = table;
    const terms = countTerms(table);
    this.size = size;
    this.written = new WrittenRows(size);
    this.found = found;
    this.test = test;
    this.context = context;
    this.slots = slots;
    this.prefixEnd = prefixEnd;
    this.memory = memory;
    this.floats = memory.floats;
    this.halves = memory.halves;
    this.bytes = memory.bytes;
    this.#words = preparedWords(slopes);
    this.#factsAt = size * this.#words;
    this.endsAt = 2 * (this.#factsAt + size * FACT_WORDS);
    this.lowsAt = this.endsAt + size;
    this.highsAt = this.lowsAt + terms;
    this.#indexAt = this.endsAt + packedTermHalves(size, terms);
    this.#indexSlots = indexSlots(size);
    this.live = {
      ...{ nowMs: Number.NEGATIVE_INFINITY, counts: -1, tallied: -1, after: null, usual: 0 },
      tallies: [],
    };
    clearIndex(this.halves, this.#indexAt, this.#indexSlots);
    packTerms(table, this);
    for (let row = 0; row < size; row++) {
      prepareFacts(table, row, this, row * this.#words);
      packFacts(table, row, visits[row]!, memory, this.factsAt(row));
      putRow(this.halves, this.#indexAt, this.#indexSlots, table.ids[row]!, row);
    }
  }

  /** Tells which texts hold the typed one; made when it is first asked for. */
  get textTest(): TextTest {
    this.#textTest ??= new TextTest(this.found.normalised);
    return this.#textTest;
  }

  /** The word at which the facts of a row begin: see `packFacts`. */
  factsAt(row: number): number {
    return this.#factsAt + row * FACT_WORDS;
  }

  /** The row of a completion; NONE where it has none. */
  find(id: number): number {
    return findRow(this.memory, this.#indexAt, this.#indexSlots, id, this.#factsAt);
  }

  /** Whether a completion may have a row: rules most out at less than `find`. */
  mayHave(id: number): boolean {
    return mayHaveRow(this.halves, this.#indexAt, this.#indexSlots, id);
  }

  /** The completion of a row. */
  idOf(row: number): number {
    return packedId(this.memory, this.factsAt(row));
  }

  /** How a row came in: bits as in a table of candidates. */
  sourcesOf(row: number): number {
    return packedSources(this.memory, this.factsAt(row));
  }

  /** Its place in the order for anybody: fresh texts may stand between what is answered to them and what comes behind. */
  placeOf(row: number): number {
    return row < this.slots ? row : row + MOST_FRESH;
  }

  /** log2 of its score in the market. */
  popularityOf(row: number): number {
    return packedPopularity(this.memory, this.factsAt(row));
  }

  /** FROM_PREFIX or FROM_INFIX where a row matches as typed beyond being answered to anybody; NOT_FURTHER for others. */
  visitOf(row: number): number {
    return packedVisit(this.memory, this.factsAt(row));
  }

  /** Adds a copy of a row to a table; gives its number there, or NONE when the table is full. */
  copyRow(row: number, to: CandidateTable): number {
    if (to.size === to.capacity) return NONE;
    const copy = to.size++;
    copyFacts(this.memory, this.factsAt(row), to, copy);
    copyPreparedFacts(this, row * this.#words, to, copy);
    unpackTerms(this, row, to.terms, copy * MOST_TERMS_READ);
    to.places[copy] = this.placeOf(row);
    return copy;
  }

  /** Copies the terms of a row, and their number, to one of a table. */
  copyTerms(row: number, to: CandidateTable, toRow: number): void {
    to.termCounts[toRow] = unpackTerms(this, row, to.terms, toRow * MOST_TERMS_READ);
  }
}
