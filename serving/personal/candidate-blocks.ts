import { LRUCache } from 'lru-cache';
import type { CompletionId } from '../../indexer/segment/completion-id.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { CandidateTable } from '../../ranking/features/candidate-table.ts';
import { FurtherCandidates } from '../retrieval/further-candidates.ts';
import type { MarketChoice } from '../retrieval/market-choice.ts';
import { planQuery, type TermMatcher } from '../retrieval/query-plan.ts';
import { type MarketFacts, readFacts } from './candidate-facts.ts';

/** Candidates that begin with the typed text, a view of the market; and those that hold its terms. */
const MOST_PREFIX = 200;
const MOST_INFIX = 60;
/** Rows of a block: room for both, of one view; what matches in several views takes the first. */
const BLOCK_ROWS = MOST_PREFIX + MOST_INFIX;
/** Blocks that are remembered, about 30 KiB each when they are full; fewer over a small index. */
const MOST_BLOCKS = 1_024;
const LEAST_BLOCKS = 8;
const COMPLETIONS_A_BLOCK = 64;

/** What matches a typed text in a market, whoever asks: rows of `CandidateBlocks.table` with what the snapshot knows of each. */
export interface CandidateBlock {
  /** Those that begin with the text, best first: `first … prefixEnd - 1`. */
  readonly first: number;
  readonly prefixEnd: number;
  /** Those that hold its terms, where the others do not fill a table: up to `infixEnd - 1`; the first may be among them again. */
  readonly infixEnd: number;
  /** Null where nothing can hold the terms. */
  readonly matchers: readonly TermMatcher[] | null;
}

/**
 * The candidates of typed texts. Each of a million completions lies elsewhere in memory, and to fetch what is known of two hundred takes longer than to rank them: those of a text
 * that comes again lie side by side. Memory is taken once, so that remembering a text allocates next to nothing.
 */
export class CandidateBlocks {
  readonly table: CandidateTable;
  readonly #segment: Segment;
  readonly #further: FurtherCandidates;
  readonly #known: LRUCache<string, CandidateBlock>;
  readonly #free: number[] = [];

  constructor(segment: Segment) {
    this.#segment = segment;
    this.#further = new FurtherCandidates(segment);
    const wanted = Math.ceil(segment.completions / COMPLETIONS_A_BLOCK);
    const blocks = Math.max(LEAST_BLOCKS, Math.min(MOST_BLOCKS, wanted));
    this.table = new CandidateTable(blocks * BLOCK_ROWS);
    for (let block = blocks; block > 0; block--) this.#free.push((block - 1) * BLOCK_ROWS);
    this.#known = new LRUCache({
      max: blocks,
      dispose: ({ first }) => {
        this.#free.push(first);
      },
    });
  }

  /** The block of a normalised text, not empty; valid until the next is asked for. `matchers` are those of the text where they are known already. */
  blockOf(
    choice: MarketChoice,
    normalised: string,
    facts: MarketFacts,
    matchers: readonly TermMatcher[] | null,
  ): CandidateBlock {
    const key = `${choice.market} ${normalised}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#free.length === 0) this.#known.pop();
    const first = this.#free.pop()!;
    const block = this.#fill(first, choice, normalised, matchers);
    for (let row = first; row < block.infixEnd; row++) {
      readFacts(this.#segment, facts, this.table, row, this.table.ids[row]!);
    }
    this.#known.set(key, block);
    return block;
  }

  #fill(
    first: number,
    choice: MarketChoice,
    normalised: string,
    known: readonly TermMatcher[] | null,
  ): CandidateBlock {
    const { table } = this;
    const end = first + BLOCK_ROWS;
    table.size = first;
    const visit = (id: CompletionId, logScore: number): void => {
      if (table.size === end) return;
      const row = table.add(id, 0);
      table.popularity[row] = logScore;
    };
    this.#further.visitPrefix(choice, normalised, MOST_PREFIX, visit);
    const prefixEnd = table.size;
    const matchers = known ?? planQuery(this.#segment, normalised);
    if (matchers !== null && prefixEnd - first < MOST_PREFIX) {
      this.#further.visitInfix(choice, matchers, MOST_INFIX, visit);
    }
    return { first, prefixEnd, infixEnd: table.size, matchers };
  }
}
