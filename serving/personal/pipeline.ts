import { isBlocked } from '../../dictionaries/safety/blocklist.ts';
import { findPersonalData } from '../../dictionaries/safety/personal-data.ts';
import { queryTerms } from '../../dictionaries/terms.ts';
import { historyId, suggestionId } from '../../indexer/events/suggestion-id.ts';
import { CandidateTable, FROM_HISTORY } from '../../ranking/features/candidate-table.ts';
import type { FeatureContext } from '../../ranking/features/feature.ts';
import { FEATURES, writeFeatures } from '../../ranking/features/feature-list.ts';
import { dayPartOf } from '../../ranking/profiles/profile.ts';
import type { Ranker } from '../../ranking/rankers/ranker.ts';
import { bestRows } from '../../ranking/selection/best-rows.ts';
import { diverseRows } from '../../ranking/selection/diverse-rows.ts';
import type { FoundSuggestions } from '../retrieval/engine.ts';
import { topLogScore } from '../retrieval/view-score.ts';
import type { Suggestion } from '../suggest-engine.ts';
import { type AnswerExplanation, explainRow, STAGES } from './explanation.ts';
import { Generation, type LiveCandidates, MOST_CANDIDATES } from './generation.ts';
import { Hydration, type LiveStates } from './hydration.ts';
import { bytesOf } from './own-form.ts';
import type { Asker, PersonalRequest } from './personal-request.ts';
import { RowWriter } from './row-writer.ts';
import type { SnapshotFace } from './snapshot-face.ts';

/** Rows beyond the limit that the list is chosen from: they take the places of what is filtered, or says the same. */
const SPARE = 24;

export interface PipelineOptions {
  readonly ranker: Ranker;
  /** See `diverseRows`. */
  readonly diversity: number;
  readonly live: LiveCandidates;
  readonly states: LiveStates;
  /** Whether a rule of the operator holds a normalised text back in a market; none does when absent. */
  readonly isSuppressed?: ((normalised: string, market: string) => boolean) | undefined;
}

/** The candidates of a request with their features: what is ranked, and what weights are fitted over. */
export interface FeatureMatrix {
  readonly rows: number;
  /** Row by row, a number a feature; overwritten by the next request. */
  readonly features: Float32Array;
  readonly candidates: CandidateTable;
  readonly generation: Generation;
  readonly found: FoundSuggestions;
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
 * Generates candidates, hydrates them, ranks, filters and selects, each stage timed. One request at a time: tables are used again, so that nothing is allocated
 * for a candidate that is not shown.
 */
export class PersonalPipeline {
  /** Microseconds of the stages of the last request, in the order of STAGES. */
  readonly stageUs = new Float64Array(STAGES.length);
  readonly #options: PipelineOptions;
  readonly #generation: Generation;
  readonly #hydration: Hydration;
  readonly #writer = new RowWriter();
  readonly #features = new Float32Array(MOST_CANDIDATES * FEATURES.length);
  readonly #scores = new Float32Array(MOST_CANDIDATES);
  readonly #ranked = new Uint16Array(MOST_CANDIDATES);
  readonly #chosen = new Uint16Array(MOST_CANDIDATES);

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#generation = new Generation(new CandidateTable(MOST_CANDIDATES), options.live);
    this.#hydration = new Hydration(options.states, MOST_CANDIDATES);
  }

  /** Candidates of the last request. */
  get candidates(): number {
    return this.#generation.candidates.size;
  }

  /** The candidates of a request and their features, in memory that the next request overwrites. */
  matrix(face: SnapshotFace, request: PersonalRequest, asker: Asker): FeatureMatrix {
    const { typed, limit, market, nowMs } = request;
    const generation = this.#generation;
    const { candidates } = generation;
    const started = performance.now();
    const found = generation.generate(face, typed, { limit, market }, asker);
    const generated = performance.now();
    const { choice, normalised } = found;
    const task = { choice, typed: normalised, asker, nowMs };
    const sessionLifts = this.#hydration.hydrate(face, generation, task);
    const context: FeatureContext = {
      nowMs,
      dayPart: dayPartOf(nowMs),
      typedBytes: bytesOf(normalised),
      typedTerms: queryTerms(normalised).length,
      topPopularity: topLogScore(face.segment, choice.views),
      totalPopularity: face.totalLogScore(choice),
      profile: asker.owner?.bound ?? null,
      sessionLifts,
      languageFits: face.languageFitsOf(asker.owner, choice.market, nowMs),
    };
    writeFeatures(candidates, context, this.#features);
    const hydrated = performance.now();
    this.stageUs[0] = (generated - started) * 1000;
    this.stageUs[1] = (hydrated - generated) * 1000;
    return { rows: candidates.size, features: this.#features, candidates, generation, found };
  }

  /** The answer to a request, ranked for who asks. */
  answer(
    face: SnapshotFace,
    request: PersonalRequest,
    asker: Asker,
    explain: boolean,
  ): PipelineAnswer {
    const { candidates, features, found } = this.matrix(face, request, asker);
    const { ranker, diversity } = this.#options;
    const { limit, market } = request;
    const begun = performance.now();
    ranker.score(features, candidates.size, this.#scores);
    const { places, size } = candidates;
    const count = bestRows(this.#scores, places, size, limit + SPARE, this.#ranked);
    const ranked = performance.now();
    const kept = this.#filter(face, request, asker, count);
    const filtered = performance.now();
    const firstTerm = Math.max(0, queryTerms(found.normalised).length - 1);
    const chosen = diverseRows(
      candidates,
      this.#scores,
      this.#ranked,
      kept,
      { diversity, limit, firstTerm },
      this.#chosen,
    );
    const rows = this.#chosen.subarray(0, chosen);
    const suggestions = this.#writer.write(face, this.#generation, found, rows, {
      scores: this.#scores,
      owner: asker.owner,
      ownerHash: request.ownerHash,
    });
    const ended = performance.now();
    this.stageUs[2] = (ranked - begun) * 1000;
    this.stageUs[3] = (filtered - ranked) * 1000;
    this.stageUs[4] = (ended - filtered) * 1000;
    return {
      market,
      normalised: found.normalised,
      suggestions,
      isCut: found.isCut,
      explanation: explain ? this.#explain(rows) : null,
      ranker: ranker.name,
      features: copyRows(features, rows),
    };
  }

  /** Keeps, of the ranked rows, what may be shown to who asks; returns their number. */
  #filter(face: SnapshotFace, request: PersonalRequest, asker: Asker, count: number): number {
    const { isSuppressed } = this.#options;
    const removed = asker.owner?.profile.removed ?? [];
    const { texts, candidates } = this.#generation;
    const isWhole = removed.length === 0 && isSuppressed === undefined;
    const ids = removed.length === 0 ? null : new Set(removed.map(({ id }) => id));
    const isKeyed = removed.some((each) => each.isKeyed);
    const ranked = this.#ranked;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = ranked[i]!;
      const text = texts[row];
      if (text !== undefined && !isShowable(text, face.manifest.safety)) continue;
      if (!isWhole) {
        const normalised =
          text?.normalised ??
          face.segment.normalisedTexts(Uint32Array.of(candidates.ids[row]!), 1)[0]!;
        if (ids?.has(suggestionId(normalised)) === true) continue;
        if (isKeyed && ids?.has(historyId(request.ownerHash, normalised)) === true) continue;
        if (isSuppressed?.(normalised, request.market) === true) continue;
      }
      ranked[kept++] = row;
    }
    return kept;
  }

  #explain(rows: Uint16Array): AnswerExplanation {
    const { ranker } = this.#options;
    const { candidates } = this.#generation;
    const suggestions = Array.from(rows, (row) =>
      explainRow(ranker, this.#features, row, candidates.sources[row]! | ownBit(candidates, row)),
    );
    const stages = Object.fromEntries(STAGES.map((stage, i) => [stage, this.stageUs[i] ?? 0]));
    const bias = ranker.explain(this.#features, 0, new Float32Array(FEATURES.length));
    return { ranker: ranker.name, bias, candidates: candidates.size, stages, suggestions };
  }
}

function copyRows(features: Float32Array, rows: Uint16Array): Float32Array {
  const width = FEATURES.length;
  const copied = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    copied.set(features.subarray(row * width, (row + 1) * width), i * width);
  });
  return copied;
}

function ownBit({ history }: CandidateTable, row: number): number {
  return history[row]! < 0 ? 0 : FROM_HISTORY;
}

function isShowable(
  { normalised, surface }: { readonly normalised: string; readonly surface: string },
  safety: boolean,
): boolean {
  if (safety && isBlocked(normalised, surface)) return false;
  return findPersonalData(surface) === null && findPersonalData(normalised) === null;
}
