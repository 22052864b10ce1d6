import {
  type CandidateTable,
  FROM_FRESH,
  FROM_HISTORY,
  FROM_INFIX,
  FROM_PREFIX,
  FROM_SCRIPT,
  FROM_SESSION,
  FROM_SYNONYM,
  FROM_TYPO,
  FROM_VIDEO,
} from '../../ranking/features/candidate-table.ts';
import { FEATURE_NAMES, FEATURES } from '../../ranking/features/feature-list.ts';
import type { Ranker } from '../../ranking/rankers/ranker.ts';

/** The stages of a pipeline, in their order. */
export const STAGES = ['generate', 'hydrate', 'rank', 'filter', 'select'] as const;

/** Why a suggestion stands where it does. */
export interface SuggestionExplanation {
  /** All ways that it came in by. */
  readonly sources: readonly string[];
  /** The ranker's score: what is added to all, and every contribution. */
  readonly score: number;
  readonly features: Readonly<Record<string, number>>;
  readonly contributions: Readonly<Record<string, number>>;
}

/** How an answer came about. */
export interface AnswerExplanation {
  readonly ranker: string;
  /** Added to every candidate's score. */
  readonly bias: number;
  readonly candidates: number;
  /** Microseconds by stage. */
  readonly stages: Readonly<Record<string, number>>;
  /** One a suggestion. */
  readonly suggestions: readonly SuggestionExplanation[];
}

const SOURCES: readonly (readonly [number, string])[] = [
  [FROM_PREFIX, 'prefix'],
  [FROM_INFIX, 'infix'],
  [FROM_TYPO, 'typo'],
  [FROM_SCRIPT, 'script'],
  [FROM_SYNONYM, 'synonym'],
  [FROM_HISTORY, 'history'],
  [FROM_SESSION, 'session'],
  [FROM_VIDEO, 'video'],
  [FROM_FRESH, 'fresh'],
];

/** The names of a set of sources. */
export function sourceNames(sources: number): readonly string[] {
  return SOURCES.filter(([bit]) => (sources & bit) !== 0).map(([, name]) => name);
}

/** What the features of a row are and add. */
function explainRow(
  ranker: Ranker,
  features: Float32Array,
  row: number,
  sources: number,
): SuggestionExplanation {
  const added = new Float32Array(FEATURES.length);
  const bias = ranker.explain(features, row, added);
  const value = (i: number): number => features[row * FEATURES.length + i] ?? 0;
  return {
    sources: sourceNames(sources),
    score: added.reduce((sum, part) => sum + part, bias),
    features: Object.fromEntries(FEATURE_NAMES.map((name, i) => [name, value(i)])),
    contributions: Object.fromEntries(FEATURE_NAMES.map((name, i) => [name, added[i] ?? 0])),
  };
}

/** Why the shown candidates stand where they do; `candidates` were ranked, in the microseconds of the stages. */
export function explainAnswer(
  ranker: Ranker,
  shown: CandidateTable,
  features: Float32Array,
  candidates: number,
  stageUs: Float64Array,
): AnswerExplanation {
  const { sources, history, size } = shown;
  const suggestions = Array.from({ length: size }, (_, row) =>
    explainRow(ranker, features, row, sources[row]! | (history[row]! < 0 ? 0 : FROM_HISTORY)),
  );
  const stages = Object.fromEntries(STAGES.map((stage, i) => [stage, stageUs[i] ?? 0]));
  const { bias } = ranker.form;
  return { ranker: ranker.name, bias, candidates, stages, suggestions };
}
