import { LRUCache } from 'lru-cache';
import type { LexiconSet } from '../../dictionaries/lexicon/lexicon-set.ts';
import { normaliseTyped } from '../../dictionaries/normalise.ts';
import { queryTerms } from '../../dictionaries/terms.ts';
import type { CompletionId } from '../../indexer/segment/completion-id.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import {
  FROM_INFIX,
  FROM_PREFIX,
  FROM_SCRIPT,
  FROM_SYNONYM,
  FROM_TYPO,
  NONE,
} from '../../ranking/features/candidate-table.ts';
import type { Placed } from '../retrieval/answer-assembly.ts';
import type { Engine } from '../retrieval/engine.ts';
import { FurtherCandidates } from '../retrieval/further-candidates.ts';
import { sourceOf } from '../retrieval/interpretation/alternative.ts';
import { planQuery } from '../retrieval/query-plan.ts';
import { topLogScore } from '../retrieval/view-score.ts';
import { BLOCK_ROWS, CandidateBlock, MOST_FRESH, NOT_FURTHER } from './candidate-block.ts';
import { type MarketFacts, readFacts } from './candidate-facts.ts';
import { bytesOf } from './own-form.ts';
import type { PersonalRequest } from './personal-request.ts';
import { PrefixTest } from './typed-test.ts';

/** Candidates that begin with the typed text, a view of the market; and those that hold its terms. */
const MOST_PREFIX = 200;
const MOST_INFIX = 60;
/** Matches that are looked at, of all views. */
const MOST_LOOKED_AT = MOST_PREFIX + MOST_INFIX;
/** Blocks that are remembered, about 45 KiB each: 90 MiB when all are taken, as texts come; fewer over a small index. */
const MOST_BLOCKS = 2_048;
const LEAST_BLOCKS = 8;
const COMPLETIONS_A_BLOCK = 64;

const READ_SOURCES = { typo: FROM_TYPO, script: FROM_SCRIPT, synonym: FROM_SYNONYM } as const;

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
 * that comes again lie side by side, with what all who ask have in common. Blocks are used again, so that remembering a text allocates next to nothing; what was asked for longest ago goes.
 */
export class CandidateBlocks {
  readonly #source: BlockSource;
  readonly #further: FurtherCandidates;
  readonly #known: LRUCache<string, CandidateBlock>;
  readonly #free: CandidateBlock[] = [];
  readonly #width: number;
  #lexicon: LexiconSet | null = null;

  /** @param width numbers of a partial score */
  constructor(source: BlockSource, width: number) {
    this.#source = source;
    this.#width = width;
    this.#further = new FurtherCandidates(source.segment);
    const wanted = Math.ceil(source.segment.completions / COMPLETIONS_A_BLOCK);
    this.#known = new LRUCache({
      max: Math.max(LEAST_BLOCKS, Math.min(MOST_BLOCKS, wanted)),
      dispose: (block) => {
        this.#free.push(block);
      },
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

  #fill(typed: string, limit: number, market: string): CandidateBlock {
    const { segment, engine } = this.#source;
    const found = engine.find(typed, { limit, market });
    const block = this.#free.pop() ?? new CandidateBlock(this.#width);
    block.clear(found);
    for (const slot of found.placed) addSlot(block, slot);
    block.slots = block.table.size;
    this.#addFurther(block);
    const facts = this.#source.factsOf(found.choice.market);
    const { table } = block;
    for (let row = 0; row < table.size; row++) {
      readFacts(segment, facts, table, row, table.ids[row]!);
    }
    block.snapshotHours.set(table.hourCounts);
    block.snapshotDays.set(table.dayCounts);
    block.snapshotWeeks.set(table.weekCounts);
    block.test = new PrefixTest(segment, found.normalised);
    block.context = {
      typedBytes: bytesOf(found.normalised),
      typedTerms: queryTerms(found.normalised).length,
      topPopularity: topLogScore(segment, found.choice.views),
      totalPopularity: this.#source.totalLogScore(found.choice),
    };
    return block;
  }

  /** Adds what else matches as typed. */
  #addFurther(block: CandidateBlock): void {
    const { choice, normalised, matchers: known } = block.found;
    let looked = 0;
    let source = FROM_PREFIX;
    const visit = (id: CompletionId, logScore: number): void => {
      if (looked === MOST_LOOKED_AT) return;
      looked++;
      addMatch(block, id, logScore, source);
    };
    this.#further.visitPrefix(choice, normalised, MOST_PREFIX, visit);
    block.prefixEnd = block.table.size;
    const matchers = known ?? planQuery(this.#source.segment, normalised);
    if (matchers === null) return;
    block.found = { ...block.found, matchers };
    if (looked >= MOST_PREFIX) return;
    source = FROM_INFIX;
    this.#further.visitInfix(choice, matchers, MOST_INFIX, visit);
  }
}

function addSlot({ table, index }: CandidateBlock, slot: Placed): void {
  const { id, logScore } = slot.candidate;
  const row = table.add(id, sourceOfSlot(slot));
  index.put(id, row);
  table.popularity[row] = logScore;
  if (slot.kind === 'read') table.readingBits[row] = slot.candidate.bits;
}

/** How what is answered to anybody came in. */
export function sourceOfSlot(slot: Placed): number {
  if (slot.kind === 'read') return READ_SOURCES[sourceOf(slot.candidate.ways)];
  return slot.kind === 'prefix' ? FROM_PREFIX : FROM_INFIX;
}

/** Fresh texts may stand between what is answered to anybody and what comes here. */
function addMatch(block: CandidateBlock, id: number, logScore: number, source: number): void {
  const { table, index, visits } = block;
  let row = index.find(id);
  if (row === NONE) {
    if (table.size === BLOCK_ROWS) return;
    row = table.add(id, source);
    index.put(id, row);
    table.popularity[row] = logScore;
    table.places[row] = row + MOST_FRESH;
  }
  if (visits[row] !== NOT_FURTHER) return;
  visits[row] = source;
  table.sources[row] = withMatch(table.sources[row]!, source);
}

/** The sources of a row that is found by matching as typed, too: what begins with the text holds its terms as well, and says so no more. */
export function withMatch(sources: number, visit: number): number {
  return visit === FROM_INFIX && (sources & FROM_PREFIX) !== 0 ? sources : sources | visit;
}
