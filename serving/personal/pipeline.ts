import { isBlocked } from '../../dictionaries/safety/blocklist.ts';
import { findPersonalData } from '../../dictionaries/safety/personal-data.ts';
import { historyId, suggestionId } from '../../indexer/events/suggestion-id.ts';
import { CandidateTable } from '../../ranking/features/candidate-table.ts';
import type { FeatureContext } from '../../ranking/features/feature.ts';
import { FEATURES, writeFeatures } from '../../ranking/features/feature-list.ts';
import { dayPartOf } from '../../ranking/profiles/profile.ts';
import { DividedRanker } from '../../ranking/rankers/divided-ranker.ts';
import type { Ranker } from '../../ranking/rankers/ranker.ts';
import { bestRows } from '../../ranking/selection/best-rows.ts';
import { diverseRows } from '../../ranking/selection/diverse-rows.ts';
import { MAX_LIMIT } from '../retrieval/engine.ts';
import type { Suggestion } from '../suggest-engine.ts';
import type { Suppression } from '../suppression.ts';
import { MOST_ROWS, type TextCandidate } from './asker-rows.ts';
import { BLOCK_ROWS, type CandidateBlock, MOST_CANDIDATES } from './candidate-block.ts';
import { allCandidates, copyCandidates, textOf } from './candidate-list.ts';
import { type AnswerExplanation, explainAnswer, STAGES } from './explanation.ts';
import { Generation, type LiveCandidates } from './generation.ts';
import { LiveColumns, type LiveStates } from './live-columns.ts';
import type { Asker, PersonalRequest } from './personal-request.ts';
import { RowWriter } from './row-writer.ts';
import type { SnapshotFace } from './snapshot-face.ts';

/** Rows beyond the limit that the list is chosen from: they take the places of what is filtered, or says the same. */
const SPARE = 24;
const MOST_RANKED = MAX_LIMIT + SPARE;
const MOST_NUMBERS = BLOCK_ROWS + MOST_ROWS;

interface Showable {
  readonly safety: boolean;
  readonly isShowable: boolean;
}

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
  /** Name of the ranker, and the features of each suggestion as it saw them, row by row. */
  readonly ranker: string;
  readonly features: Float32Array;
}

/**
 * Finds what a typed text finds for anybody, adds what is known to who asks, ranks, filters and selects, each stage timed. One request at a time: tables are used again, so that
 * nothing is allocated for a candidate that is not shown.
 */
export class PersonalPipeline {
  /** Microseconds of the stages of the last request, in the order of STAGES. */
  readonly stageUs = new Float64Array(STAGES.length);
  /** Slopes of a row, for blocks. */
  readonly slopes: number;
  readonly #options: PipelineOptions;
  readonly #divided: DividedRanker;
  readonly #columns: LiveColumns;
  readonly #generation: Generation;
  readonly #writer = new RowWriter();
  readonly #whole = new CandidateTable(MOST_CANDIDATES);
  readonly #ranking = new CandidateTable(MOST_RANKED);
  readonly #shown = new CandidateTable(MAX_LIMIT);
  /** Of the asker's rows, or of all candidates. */
  readonly #features = new Float32Array(Math.max(MOST_ROWS, MOST_CANDIDATES) * FEATURES.length);
  /** By number, see `rowNumber`. */
  readonly #scores = new Float32Array(MOST_NUMBERS);
  readonly #places = new Uint16Array(MOST_NUMBERS);
  readonly #ranked = new Uint16Array(MOST_RANKED);
  /** By place in the ranking. */
  readonly #rankedScores = new Float32Array(MOST_RANKED);
  readonly #kept = new Uint16Array(MOST_RANKED);
  readonly #chosen = new Uint16Array(MOST_RANKED);
  readonly #showable = new WeakMap<TextCandidate, Showable>();

  constructor(options: PipelineOptions) {
    const { ranker, live, states } = options;
    this.#options = options;
    this.#divided = new DividedRanker(ranker, BLOCK_ROWS);
    this.slopes = this.#divided.slopes;
    this.#columns = new LiveColumns(states, this.#divided);
    this.#generation = new Generation(live, this.#columns);
  }

  /** Candidates of the last request. */
  get candidates(): number {
    return this.#generation.rows.candidates;
  }

  /** The candidates of a request and their features, in memory that the next request overwrites. */
  matrix(face: SnapshotFace, request: PersonalRequest, asker: Asker): FeatureMatrix {
    const candidates = this.#whole.clear();
    const texts: (TextCandidate | undefined)[] = [];
    const started = performance.now();
    const block = face.blocks.blockOf(request);
    if (block !== null) {
      const { rows } = this.#generation;
      const context = this.#hydrate(face, block, request, asker, started);
      const numbers = allCandidates(block, rows);
      copyCandidates(block, rows, numbers, candidates);
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
    const started = performance.now();
    const block = face.blocks.blockOf(request);
    if (block === null) return null;
    const context = this.#hydrate(face, block, request, asker, started);
    const { ranker } = this.#options;
    const begun = performance.now();
    const count = this.#rank(block, context, request.limit);
    const ranked = performance.now();
    const kept = this.#filter(face, block, request, asker, count);
    const filtered = performance.now();
    const numbers = this.#select(block, kept, request.limit);
    const { rows } = this.#generation;
    const { market, ownerHash } = request;
    const { owner } = asker;
    const suggestions = this.#writer.write(face, block, rows, numbers, {
      ...{ scores: this.#scores, owner, ownerHash },
    });
    const shown = this.#shown.clear();
    copyCandidates(block, rows, numbers, shown);
    const features = new Float32Array(numbers.length * FEATURES.length);
    writeFeatures(shown, context, features);
    const ended = performance.now();
    this.stageUs[2] = (ranked - begun) * 1000;
    this.stageUs[3] = (filtered - ranked) * 1000;
    this.stageUs[4] = (ended - filtered) * 1000;
    const { candidates } = rows;
    return {
      ...{ market, normalised: block.found.normalised, suggestions, isCut: block.found.isCut },
      explanation: explain
        ? explainAnswer(ranker, shown, features, candidates, this.stageUs)
        : null,
      ranker: ranker.name,
      features,
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

  /** Scores all candidates, and puts the numbers of the best into `#ranked`; returns how many. */
  #rank(block: CandidateBlock, context: FeatureContext, limit: number): number {
    const { rows } = this.#generation;
    const { ranker } = this.#options;
    const scores = this.#scores;
    this.#divided.finish(block, rows.cut, context, scores);
    // What is behind the cut is no candidate, and what the asker's rows stand for is scored there, in full.
    scores.fill(Number.NEGATIVE_INFINITY, rows.cut, BLOCK_ROWS);
    writeFeatures(rows.table, context, this.#features);
    ranker.score(this.#features, rows.table.size, scores.subarray(BLOCK_ROWS));
    for (let row = 0; row < rows.cut; row++) this.#places[row] = block.placeOf(row);
    this.#places.set(rows.table.places.subarray(0, rows.table.size), BLOCK_ROWS);
    for (let row = 0; row < rows.table.size; row++) {
      const known = rows.blockRows[row]!;
      if (known >= 0) scores[known] = Number.NEGATIVE_INFINITY;
    }
    const wanted = limit + SPARE;
    const all = BLOCK_ROWS + rows.table.size;
    let count = bestRows(scores, this.#places, all, wanted, this.#ranked);
    while (count > 0 && scores[this.#ranked[count - 1]!] === Number.NEGATIVE_INFINITY) count--;
    return count;
  }

  /** Keeps, of the ranked rows, what may be shown to who asks; returns their number. */
  #filter(
    face: SnapshotFace,
    block: CandidateBlock,
    request: PersonalRequest,
    asker: Asker,
    count: number,
  ): number {
    const { isSuppressed } = this.#options;
    const removed = asker.owner?.profile.removed ?? [];
    const { rows } = this.#generation;
    const isWhole = removed.length === 0 && isSuppressed === undefined;
    const ids = removed.length === 0 ? null : new Set(removed.map(({ id }) => id));
    const isKeyed = removed.some((each) => each.isKeyed);
    const ranked = this.#ranked;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const number = ranked[i]!;
      const text = textOf(rows, number);
      if (text !== undefined && !this.#isShowable(text, face.manifest.safety)) continue;
      if (!isWhole) {
        const id = number < BLOCK_ROWS ? block.idOf(number) : rows.table.ids[number - BLOCK_ROWS]!;
        const normalised =
          text?.normalised ?? face.segment.normalisedTexts(Uint32Array.of(id), 1)[0]!;
        if (ids?.has(suggestionId(normalised)) === true) continue;
        if (isKeyed && ids?.has(historyId(request.ownerHash, normalised)) === true) continue;
        if (isSuppressed?.(normalised, request.market) === true) continue;
      }
      ranked[kept++] = number;
    }
    return kept;
  }

  /** The numbers of what is shown, in its order. */
  #select(block: CandidateBlock, kept: number, limit: number): Uint16Array {
    const { diversity } = this.#options;
    const { rows } = this.#generation;
    const ranking = this.#ranking.clear();
    const ranked = this.#ranked;
    for (let i = 0; i < kept; i++) {
      const number = ranked[i]!;
      this.#rankedScores[i] = this.#scores[number]!;
      this.#kept[i] = i;
      if (number < BLOCK_ROWS) block.copyTerms(number, ranking, i);
      else ranking.copyTerms(rows.table, number - BLOCK_ROWS, i);
    }
    const firstTerm = Math.max(0, block.context.typedTerms - 1);
    const chosen = diverseRows(
      ranking,
      this.#rankedScores,
      this.#kept,
      kept,
      { diversity, limit, firstTerm },
      this.#chosen,
    );
    const numbers = new Uint16Array(chosen);
    for (let i = 0; i < chosen; i++) numbers[i] = ranked[this.#chosen[i]!]!;
    return numbers;
  }

  /** Whether rules and patterns let a text be shown: remembered, as who searched it is shown it with every key. */
  #isShowable(text: TextCandidate, safety: boolean): boolean {
    const known = this.#showable.get(text);
    if (known?.safety === safety) return known.isShowable;
    const { normalised, surface } = text;
    const isShowable =
      !(safety && isBlocked(normalised, surface)) &&
      findPersonalData(surface) === null &&
      findPersonalData(normalised) === null;
    this.#showable.set(text, { safety, isShowable });
    return isShowable;
  }
}
