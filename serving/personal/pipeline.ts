import { CandidateTable } from '../../ranking/features/candidate-table.ts';
import type { FeatureContext } from '../../ranking/features/feature.ts';
import { FEATURES, writeFeatures } from '../../ranking/features/feature-list.ts';
import { dayPartOf } from '../../ranking/profiles/profile.ts';
import { DividedRanker } from '../../ranking/rankers/divided-ranker.ts';
import type { Ranker } from '../../ranking/rankers/ranker.ts';
import { MAX_LIMIT } from '../retrieval/engine.ts';
import { writeFeatureRows } from '../served/feature-rows.ts';
import type { Suggestion } from '../suggest-engine.ts';
import type { Suppression } from '../suppression.ts';
import type { AskerRows, TextCandidate } from './asker-rows.ts';
import { BLOCK_ROWS, type CandidateBlock, MOST_CANDIDATES } from './candidate-block.ts';
import { allCandidates, copyCandidates, textOf } from './candidate-list.ts';
import { type AnswerExplanation, explainAnswer, STAGES } from './explanation.ts';
import { Generation, type LiveCandidates } from './generation.ts';
import { LiveColumns, type LiveStates } from './live-columns.ts';
import type { Asker, PersonalRequest } from './personal-request.ts';
import { type FilterTask, RowFilter } from './row-filter.ts';
import { RowRanking } from './row-ranking.ts';
import { RowSelection } from './row-selection.ts';
import { RowWriter, type WritingTask } from './row-writer.ts';
import type { SnapshotFace } from './snapshot-face.ts';

/** Rows beyond the limit that the list is chosen from: they take the places of what is filtered, or says the same. */
const SPARE = 24;
const MOST_RANKED = MAX_LIMIT + SPARE;

export interface PipelineOptions {
  readonly ranker: Ranker;
  /** See `diverseRows`. */
  readonly diversity: number;
  readonly live: LiveCandidates;
  readonly states: LiveStates;
  /** Nothing is held back when absent. */
  readonly isSuppressed?: Suppression | undefined;
}

/** The candidates of a request with their features: what weights are fitted over. */
export interface FeatureMatrix {
  readonly rows: number;
  /** Row by row, a number a feature; overwritten by the next request. */
  readonly features: Float32Array;
  readonly candidates: CandidateTable;
  /** By row: the text of what is no completion. */
  readonly generation: { readonly texts: readonly (TextCandidate | undefined)[] };
}

/** What a pipeline answers. */
export interface PipelineAnswer {
  readonly market: string;
  readonly normalised: string;
  readonly suggestions: readonly Suggestion[];
  readonly isCut: boolean;
  readonly explanation: AnswerExplanation | null;
}

/** The same, written down. */
export interface ListedPipelineAnswer extends Omit<PipelineAnswer, 'suggestions' | 'explanation'> {
  /** The JSON of the suggestions, see `RowWriter`. */
  readonly list: string;
}

/** What is chosen to be shown. */
interface Chosen {
  readonly block: CandidateBlock;
  readonly context: FeatureContext;
  readonly count: number;
}

/**
 * Finds what a typed text finds for anybody, adds what is known to who asks, ranks, filters and selects, each stage timed. One request at a time: tables are used again, so that
 * nothing is allocated for a candidate that is not shown.
 */
export class PersonalPipeline {
  /** Microseconds of the stages of the last request, in the order of STAGES. */
  readonly stageUs = new Float64Array(STAGES.length);
  /** Requests that were answered. */
  answers = 0;
  /** Slopes of a row, for blocks. */
  readonly slopes: number;
  readonly #options: PipelineOptions;
  readonly #columns: LiveColumns;
  readonly #generation: Generation;
  readonly #ranking: RowRanking;
  readonly #filter: RowFilter;
  readonly #selection: RowSelection;
  readonly #writer = new RowWriter();
  readonly #whole = new CandidateTable(MOST_CANDIDATES);
  readonly #shown = new CandidateTable(MAX_LIMIT);
  /** Of all candidates, or of what is shown. */
  readonly #features = new Float32Array(Math.max(MAX_LIMIT, MOST_CANDIDATES) * FEATURES.length);
  /** The candidates that are shown. */
  readonly #numbers = new Uint16Array(MAX_LIMIT);
  #chosen: Chosen | null = null;

  constructor(options: PipelineOptions) {
    const { ranker, live, states } = options;
    this.#options = options;
    const divided = new DividedRanker(ranker, BLOCK_ROWS);
    this.slopes = divided.slopes;
    this.#columns = new LiveColumns(states, divided);
    this.#generation = new Generation(live, this.#columns);
    this.#ranking = new RowRanking(ranker, divided, MOST_RANKED);
    this.#filter = new RowFilter(options.isSuppressed);
    this.#selection = new RowSelection(options.diversity, MOST_RANKED);
  }

  /** Candidates of the last request. */
  get candidates(): number {
    return this.#generation.rows.candidates;
  }

  /** The candidates of a request and their features, in memory that the next request overwrites. */
  matrix(face: SnapshotFace, request: PersonalRequest, asker: Asker): FeatureMatrix {
    this.#chosen = null;
    this.answers++;
    const candidates = this.#whole.clear();
    const texts: (TextCandidate | undefined)[] = [];
    const started = performance.now();
    const block = face.blocks.blockOf(request);
    if (block !== null) {
      const { rows } = this.#generation;
      const context = this.#hydrate(face, block, request, asker, started);
      const numbers = allCandidates(block, rows);
      copyCandidates(block, rows, numbers, numbers.length, candidates);
      texts.push(...Array.from(numbers, (number) => textOf(rows, number)));
      writeFeatures(candidates, context, this.#features);
    }
    return { rows: candidates.size, features: this.#features, candidates, generation: { texts } };
  }

  /** The answer to a request, ranked for who asks; null where nothing was typed but signs. */
  answer(
    face: SnapshotFace,
    request: PersonalRequest,
    asker: Asker,
    explain: boolean,
  ): PipelineAnswer | null {
    const chosen = this.#choose(face, request, asker);
    if (chosen === null) return null;
    const { block } = chosen;
    const { ranker } = this.#options;
    const begun = performance.now();
    const suggestions = this.#writer.write(this.#taskOf(face, chosen, request, asker));
    const features = explain ? this.#shownFeatures() : null;
    this.#addWriting(begun);
    const { candidates } = this.#generation.rows;
    return {
      ...{ market: request.market, normalised: block.found.normalised, suggestions },
      isCut: block.found.isCut,
      explanation:
        features === null
          ? null
          : explainAnswer(ranker, this.#shown, features, candidates, this.stageUs),
    };
  }

  /** The same answer, written down at once: for less, as hardly anything is made for a suggestion. */
  answerListed(
    face: SnapshotFace,
    request: PersonalRequest,
    asker: Asker,
  ): ListedPipelineAnswer | null {
    const chosen = this.#choose(face, request, asker);
    if (chosen === null) return null;
    const begun = performance.now();
    const list = this.#writer.writeList(this.#taskOf(face, chosen, request, asker));
    this.#addWriting(begun);
    const { normalised, isCut } = chosen.block.found;
    return { market: request.market, normalised, list, isCut };
  }

  /** Writes the features of each suggestion of the last answer as the ranker saw them from a place on, see `writeFeatureRows`: before another answer, and before any event is told. */
  writeShownFeatures(into: Buffer, begin: number): number {
    const features = this.#shownFeatures();
    return writeFeatureRows(features, this.shown, FEATURES.length, into, begin);
  }

  /** Row by row, in memory that the next request overwrites. */
  #shownFeatures(): Float32Array {
    if (this.#chosen === null) throw new Error('expected an answer before its features');
    const { block, context, count } = this.#chosen;
    const shown = this.#shown.clear();
    copyCandidates(block, this.#generation.rows, this.#numbers, count, shown);
    writeFeatures(shown, context, this.#features);
    return this.#features;
  }

  /** Suggestions of the last answer. */
  get shown(): number {
    return this.#chosen?.count ?? 0;
  }

  get ranker(): Ranker {
    return this.#options.ranker;
  }

  /** Puts the numbers of what is shown into `#numbers`. */
  #choose(face: SnapshotFace, request: PersonalRequest, asker: Asker): Chosen | null {
    const started = performance.now();
    const block = face.blocks.blockOf(request);
    this.#chosen = null;
    this.answers++;
    if (block === null) return null;
    const context = this.#hydrate(face, block, request, asker, started);
    const { rows } = this.#generation;
    const begun = performance.now();
    const { scores, ranked } = this.#ranking;
    const best = this.#ranking.rank(block, rows, context, request.limit + SPARE);
    const judged = performance.now();
    const kept = this.#filter.keep(filterTaskOf(face, block, rows, request, asker), ranked, best);
    const filtered = performance.now();
    const count = this.#selection.choose(
      block,
      rows,
      ranked,
      kept,
      scores,
      request.limit,
      this.#numbers,
    );
    this.stageUs[2] = (judged - begun) * 1000;
    this.stageUs[3] = (filtered - judged) * 1000;
    this.stageUs[4] = (performance.now() - filtered) * 1000;
    this.#chosen = { block, context, count };
    return this.#chosen;
  }

  /** Writing down is part of the last stage. */
  #addWriting(begun: number): void {
    this.stageUs[4] = (this.stageUs[4] ?? 0) + (performance.now() - begun) * 1000;
  }

  #taskOf(
    face: SnapshotFace,
    { block, count }: Chosen,
    { ownerHash }: PersonalRequest,
    { owner }: Asker,
  ): WritingTask {
    const { rows } = this.#generation;
    // Written out, as everywhere on this way: an object that is spread into another is copied field by field.
    return {
      face,
      block,
      rows,
      numbers: this.#numbers,
      count,
      scores: this.#ranking.scores,
      owner,
      ownerHash,
    };
  }

  /** Finds the candidates of who asks, and what is known of them. @param started when the request's work began, as `performance.now()` tells */
  #hydrate(
    face: SnapshotFace,
    block: CandidateBlock,
    request: PersonalRequest,
    asker: Asker,
    started: number,
  ): FeatureContext {
    const { nowMs } = request;
    this.#columns.refresh(face, block, nowMs);
    this.#generation.generate(face, block, asker, nowMs);
    const generated = performance.now();
    const sessionLifts = this.#generation.note(block, asker);
    const { known } = asker;
    const { typedBytes, typedTerms, topPopularity, totalPopularity } = block.context;
    const context: FeatureContext = {
      nowMs,
      dayPart: dayPartOf(nowMs),
      typedBytes,
      typedTerms,
      topPopularity,
      totalPopularity,
      profile: known === null ? null : known.owner.bound,
      sessionLifts,
      languageFits: known === null ? null : known.languageFits(block.found.choice.market),
    };
    const hydrated = performance.now();
    this.stageUs[0] = (generated - started) * 1000;
    this.stageUs[1] = (hydrated - generated) * 1000;
    return context;
  }
}

const NOTHING_REMOVED: FilterTask['removed'] = [];

function filterTaskOf(
  face: SnapshotFace,
  block: CandidateBlock,
  rows: AskerRows,
  { market, ownerHash }: PersonalRequest,
  { owner }: Asker,
): FilterTask {
  const removed = owner?.profile.removed ?? NOTHING_REMOVED;
  return { face, block, rows, market, ownerHash, removed };
}
