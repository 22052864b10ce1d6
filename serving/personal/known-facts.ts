import type { Segment } from '../../indexer/segment/segment.ts';
import { CandidateTable, MOST_TERMS_READ } from '../../ranking/features/candidate-table.ts';
import {
  copyPreparedFacts,
  preparedWords,
  prepareFacts,
} from '../../ranking/rankers/prepared-rows.ts';
import type { MarketChoice } from '../retrieval/market-choice.ts';
import { type MarketFacts, readFacts } from './candidate-facts.ts';
import { popularityIn } from './market-popularity.ts';
import {
  copyFacts,
  FACT_WORDS,
  type PackedMemory,
  packedPopularity,
  packFacts,
} from './packed-facts.ts';

/** Completions whose facts are remembered: 12 MiB at most, a twentieth of what an index of so many takes by itself; fewer over a small one. */
const MOST_REMEMBERED = 65_536;
const COMPLETIONS_A_RECORD = 8;
/** Each has its record in a set of so many, by its id; in a full one they make room in turn. */
const WAYS = 4;

/* A record: facts as `packFacts` writes them, what `prepareFacts` does, the terms; in words of 32 bits. */
const PREPARED_AT = FACT_WORDS;
const TERMS_AT = PREPARED_AT + preparedWords(0);
/** In whole lines of the processor's cache: of a completion of few terms two are read. */
const RECORD_WORDS = 16 * Math.ceil((TERMS_AT + MOST_TERMS_READ) / 16);

/** What a snapshot knows of completions that were asked for a moment ago, whatever was typed: each lies elsewhere in memory, in many places. */
export class KnownFacts {
  readonly #segment: Segment;
  readonly #factsOf: (market: string) => MarketFacts;
  readonly #sets: number;
  /** Of each record the completion and the market, in turns: 0 for the market where there is none. */
  readonly #tags: Int32Array;
  /** The way that makes room next. */
  #next = 0;
  readonly #memory: PackedMemory;
  /** Markets by number, from 1 on. */
  readonly #markets = new Map<string, number>();
  #market = '';
  #number = 0;
  readonly #row = new CandidateTable(1);

  /**
   * @param factsOf what is known of the completions of a market beside the segment
   * @param most completions, a power of two
   */
  constructor(segment: Segment, factsOf: (market: string) => MarketFacts, most = MOST_REMEMBERED) {
    const wanted = 2 ** Math.ceil(Math.log2(1 + segment.completions / COMPLETIONS_A_RECORD));
    this.#sets = Math.max(1, Math.min(most, wanted) / WAYS);
    this.#tags = new Int32Array(2 * WAYS * this.#sets);
    this.#segment = segment;
    this.#factsOf = factsOf;
    const buffer = new ArrayBuffer(4 * RECORD_WORDS * WAYS * this.#sets);
    this.#memory = {
      words: new Int32Array(buffer),
      floats: new Float32Array(buffer),
      halves: new Uint16Array(buffer),
      bytes: new Uint8Array(buffer),
    };
  }

  /** Fills in what is known of a row's completion whoever asks: what `readFacts` does, and its popularity. Some cache lines where it was asked for before, microseconds else. */
  read(choice: MarketChoice, candidates: CandidateTable, row: number): void {
    const at = this.#find(choice, candidates.ids[row]!);
    const memory = this.#memory;
    const sources = candidates.sources[row]!;
    copyFacts(memory, at, candidates, row);
    copyPreparedFacts(memory, at + PREPARED_AT, candidates, row);
    candidates.sources[row] = sources;
    const read = Math.min(candidates.termCounts[row]!, MOST_TERMS_READ);
    for (let i = 0; i < read; i++) {
      candidates.terms[row * MOST_TERMS_READ + i] = memory.words[at + TERMS_AT + i]!;
    }
  }

  /** log2 of a completion's score in the market, see `popularityIn`. */
  popularityOf(choice: MarketChoice, id: number): number {
    return packedPopularity(this.#memory, this.#find(choice, id));
  }

  /** Where the record of a completion begins; it is read where it is not known. */
  #find(choice: MarketChoice, id: number): number {
    const market = this.#numberOf(choice.market);
    const tags = this.#tags;
    const first = WAYS * (id & (this.#sets - 1));
    for (let record = first; record < first + WAYS; record++) {
      if (tags[2 * record] === id && tags[2 * record + 1] === market) return RECORD_WORDS * record;
    }
    const record = first + this.#next;
    this.#next = (this.#next + 1) % WAYS;
    const at = RECORD_WORDS * record;
    const row = this.#row.clear();
    row.add(id, 0);
    readFacts(this.#segment, this.#factsOf(choice.market), row, 0, id);
    row.popularity[0] = popularityIn(this.#segment, choice, id);
    packFacts(row, 0, 0, this.#memory, at);
    prepareFacts(row, 0, this.#memory, at + PREPARED_AT);
    this.#memory.words.set(row.terms, at + TERMS_AT);
    tags[2 * record] = id;
    tags[2 * record + 1] = market;
    return at;
  }

  #numberOf(market: string): number {
    if (market === this.#market) return this.#number;
    let number = this.#markets.get(market);
    if (number === undefined) {
      number = this.#markets.size + 1;
      this.#markets.set(market, number);
    }
    this.#market = market;
    this.#number = number;
    return number;
  }
}
