import { LRUCache } from 'lru-cache';
import type { LexiconSet } from '../../dictionaries/lexicon/lexicon-set.ts';
import { normaliseTyped } from '../../dictionaries/normalise.ts';
import { queryTerms } from '../../dictionaries/terms.ts';
import type { CompletionId } from '../../indexer/segment/completion-id.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { FROM_INFIX, FROM_PREFIX } from '../../ranking/features/candidate-table.ts';
import type { Engine, FoundSuggestions } from '../retrieval/engine.ts';
import { FurtherCandidates } from '../retrieval/further-candidates.ts';
import { planQuery } from '../retrieval/query-plan.ts';
import { topLogScore } from '../retrieval/view-score.ts';
import { BlockDraft } from './block-draft.ts';
import { BlockMemories, type BlockMemory } from './block-memory.ts';
import { blockBytes, CandidateBlock, type FoundRows } from './candidate-block.ts';
import { type MarketFacts, readFacts } from './candidate-facts.ts';
import { bytesOf } from './own-form.ts';
import type { PersonalRequest } from './personal-request.ts';
import { PrefixTest } from './typed-test.ts';

/** Candidates that begin with the typed text, a view of the market; and those that hold its terms. */
const MOST_PREFIX = 200;
const MOST_INFIX = 60;
/** Matches that are looked at, of all views. */
const MOST_LOOKED_AT = MOST_PREFIX + MOST_INFIX;
/** Memory of the blocks that are remembered, as texts come: some 20 KiB each, less for texts that find little. */
const MOST_BYTES = 64 * 2 ** 20;
/** Blocks that are remembered; fewer over a small index. */
const MOST_BLOCKS = 8_192;
const LEAST_BLOCKS = 8;
const COMPLETIONS_A_BLOCK = 64;

/** What blocks are made from. */
export interface BlockSource {
  readonly segment: Segment;
  readonly engine: Engine;
  /** What is known of the completions of a market. */
  factsOf(market: string): MarketFacts;
  totalLogScore(choice: CandidateBlock['found']['choice']): number;
}

/**
 * What typed texts find, whoever asks. Each of a million completions lies elsewhere in memory, and to fetch what is known of two hundred takes longer than to rank them: those of a text
 * that comes again lie side by side, with what all who ask have in common. What was asked for longest ago goes, and leaves its memory to what comes.
 */
export class CandidateBlocks {
  readonly #source: BlockSource;
  readonly #further: FurtherCandidates;
  readonly #known: LRUCache<string, CandidateBlock>;
  readonly #memories = new BlockMemories(MOST_BYTES);
  readonly #draft = new BlockDraft();
  readonly #slopes: number;
  #lexicon: LexiconSet | null = null;

  /** @param slopes of a row, see `DividedRanker` */
  constructor(source: BlockSource, slopes: number) {
    this.#source = source;
    this.#slopes = slopes;
    this.#further = new FurtherCandidates(source.segment);
    const wanted = Math.ceil(source.segment.completions / COMPLETIONS_A_BLOCK);
    this.#known = new LRUCache({
      max: Math.max(LEAST_BLOCKS, Math.min(MOST_BLOCKS, wanted)),
      dispose: ({ memory }) => this.#memories.giveBack(memory),
    });
  }

  /** The block of a typed text; null where nothing but signs was typed. Valid until the next is asked for. */
  blockOf({ typed, limit, market }: PersonalRequest): CandidateBlock | null {
    const { normalised } = normaliseTyped(typed);
    if (normalised === '') return null;
    const lexicon = this.#source.engine.lexiconInForce;
    if (lexicon !== this.#lexicon) {
      this.#known.clear();
      this.#lexicon = lexicon;
    }
    const key = `${limit} ${market} ${normalised}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size === this.#known.max) this.#known.pop();
    const block = this.#fill(typed, limit, market);
    this.#known.set(key, block);
    return block;
  }

  /** Finds what a text finds. */
  #fill(typed: string, limit: number, market: string): CandidateBlock {
    const { segment, engine } = this.#source;
    const draft = this.#draft;
    draft.clear();
    const found = engine.find(typed, { limit, market });
    for (const slot of found.placed) draft.addSlot(slot);
    const slots = draft.table.size;
    const { whole, prefixEnd } = this.#addFurther(found);
    const { choice, normalised } = found;
    const { table, visits } = draft;
    const facts = this.#source.factsOf(choice.market);
    for (let row = 0; row < table.size; row++) {
      readFacts(segment, facts, table, row, table.ids[row]!);
    }
    const rows: FoundRows = {
      ...{ found: whole, table, visits, slots, prefixEnd },
      test: new PrefixTest(segment, normalised),
      context: {
        typedBytes: bytesOf(normalised),
        typedTerms: queryTerms(normalised).length,
        topPopularity: topLogScore(segment, choice.views),
        totalPopularity: this.#source.totalLogScore(choice),
      },
    };
    const memory = this.#memoryOf(blockBytes(rows, this.#slopes));
    return new CandidateBlock(rows, memory, this.#slopes);
  }

  /** Adds what else matches as typed; gives what was found with the matchers of the text, and where the rows end that begin with it. */
  #addFurther(found: FoundSuggestions): { whole: FoundSuggestions; prefixEnd: number } {
    const { choice, normalised, matchers: known } = found;
    const draft = this.#draft;
    let looked = 0;
    let source = FROM_PREFIX;
    const visit = (id: CompletionId, logScore: number): void => {
      if (looked === MOST_LOOKED_AT) return;
      looked++;
      draft.addMatch(id, logScore, source);
    };
    this.#further.visitPrefix(choice, normalised, MOST_PREFIX, visit);
    const prefixEnd = draft.table.size;
    const matchers = known ?? planQuery(this.#source.segment, normalised);
    if (matchers === null) return { whole: found, prefixEnd };
    const whole = { ...found, matchers };
    if (looked >= MOST_PREFIX) return { whole, prefixEnd };
    source = FROM_INFIX;
    this.#further.visitInfix(choice, matchers, MOST_INFIX, visit);
    return { whole, prefixEnd };
  }

  /** Memory for a block: what was asked for longest ago makes room. */
  #memoryOf(sizeBytes: number): BlockMemory {
    for (;;) {
      const memory = this.#memories.take(sizeBytes);
      if (memory !== null) return memory;
      this.#known.pop();
    }
  }
}
