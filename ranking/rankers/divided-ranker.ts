import type { BoundProfile } from '../features/bound-profile.ts';
import type { CandidateTable } from '../features/candidate-table.ts';
import type { Feature, FeatureContext } from '../features/feature.ts';
import { FEATURES } from '../features/feature-list.ts';
import { FeatureWriter } from '../features/feature-writer.ts';
import { mayShareTerms, readTermEvidence, TERM_EVIDENCE } from '../features/term-evidence.ts';
import { TERM_GROUP } from '../features/term-group.ts';
import { beginPartials, PartialScorer, partialWidth } from './partial-scores.ts';
import type { Ranker, ScoreForm } from './ranker.ts';

/**
 * A ranker divided by who changes a feature: what the snapshot, the typed text and live counts tell is summed up once for all who type a text, and what a profile or a session tells is
 * added to that with each request. The scores are those of the ranker over the matrix of all features, but for the last digits.
 */
export class DividedRanker {
  /** Numbers of a candidate's partial score. */
  readonly width: number;
  readonly #form: ScoreForm;
  readonly #general: FeatureWriter;
  readonly #generalScorer: PartialScorer;
  /** What any candidate may have of a profile or a session. */
  readonly #personal: FeatureWriter;
  readonly #personalScorer: PartialScorer;
  readonly #termScorer: PartialScorer;
  readonly #values: Float32Array;
  readonly #partials: Float64Array;
  readonly #evidence = new Float64Array(TERM_EVIDENCE);

  /** @param most candidates of a table that is scored */
  constructor({ form }: Ranker, most: number) {
    this.#form = form;
    this.width = partialWidth(form);
    const general = FEATURES.filter((feature) => isGeneral(feature) && counts(form, feature));
    const personal = FEATURES.filter(
      (feature) => !isGeneral(feature) && feature.evidence === undefined && counts(form, feature),
    );
    this.#general = new FeatureWriter(general);
    this.#generalScorer = new PartialScorer(form, placesOf(general));
    this.#personal = new FeatureWriter(personal);
    this.#personalScorer = new PartialScorer(form, placesOf(personal));
    this.#termScorer = new PartialScorer(form, placesOf(TERM_GROUP.features));
    this.#values = new Float32Array(most * Math.max(general.length, personal.length));
    this.#partials = new Float64Array(most * this.width);
  }

  /** Writes the partial scores of all candidates of a table: what is the same whoever asks. `context` needs nothing of a profile or session. */
  beginScores(candidates: CandidateTable, context: FeatureContext, partials: Float64Array): void {
    this.#general.write(candidates, context, this.#values);
    beginPartials(this.#form, candidates.size, partials);
    this.#generalScorer.add(this.#values, candidates.size, partials);
  }

  /** Writes the scores of all candidates of a table, which no history, session, video or correction names, from their partial scores. */
  finishScores(
    candidates: CandidateTable,
    context: FeatureContext,
    partials: Float64Array,
    scores: Float32Array,
  ): void {
    const { size } = candidates;
    this.#personal.write(candidates, context, this.#values);
    const { profile } = context;
    let begun = partials;
    if (profile !== null) {
      begun = this.#partials;
      begun.set(partials.subarray(0, size * this.width));
      this.#addTerms(candidates, profile);
    }
    this.#personalScorer.finish(this.#values, size, begun, scores);
  }

  #addTerms(candidates: CandidateTable, profile: BoundProfile): void {
    const evidence = this.#evidence;
    const { termMarks } = profile;
    for (let row = 0; row < candidates.size; row++) {
      if (termMarks !== null && !mayShareTerms(candidates, row, termMarks)) continue;
      readTermEvidence(candidates, row, profile, evidence);
      this.#termScorer.addRow(evidence, 0, this.#partials, row * this.width);
    }
  }
}

function isGeneral({ state }: Feature): boolean {
  return state !== 'profile' && state !== 'session';
}

function counts({ weights, factors, depth }: ScoreForm, feature: Feature): boolean {
  const at = FEATURES.indexOf(feature);
  if (weights[at] !== 0) return true;
  for (let k = 0; k < depth; k++) if (factors[at * depth + k] !== 0) return true;
  return false;
}

function placesOf(features: readonly Feature[]): number[] {
  return features.map((feature) => FEATURES.indexOf(feature));
}
