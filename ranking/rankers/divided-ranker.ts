import type { CandidateTable } from '../features/candidate-table.ts';
import { allScores, CHANCE, fixedShare } from '../features/chance.ts';
import type { Feature, FeatureContext } from '../features/feature.ts';
import { FEATURES } from '../features/feature-list.ts';
import { FeatureWriter } from '../features/feature-writer.ts';
import {
  beginPartials,
  PartialScorer,
  partialWidth,
  SUMS_AT,
  wholeScore,
} from './partial-scores.ts';
import {
  counts,
  factorsOf,
  GAIN,
  PERSONAL,
  PERSONAL_SIZE,
  type PersonalForm,
  personalFormOf,
  weightOf,
} from './personal-form.ts';
import { PersonalScorer } from './personal-scorer.ts';
import {
  FIXED_AT,
  GENERAL_AT,
  type PreparedRows,
  preparedWords,
  SLOPES_AT,
} from './prepared-rows.ts';
import type { Ranker, ScoreForm } from './ranker.ts';

/**
 * A ranker divided by who changes a feature: what the snapshot, the typed text and live counts tell is summed up once for all who type a text, and what a profile or a session tells is
 * added to that with each request. The scores are those of the ranker over the matrix of all features, but for the last digits.
 *
 * With the general features of a row known, its score is a number, a slope for each personal feature that has factors, and a sum over pairs of those. The chance is among both: it begins at
 * what it is for somebody without tastes, and goes on with what those add.
 */
export class DividedRanker {
  /** Slopes of a row. */
  readonly slopes: number;
  readonly #form: ScoreForm;
  readonly #personalForm: PersonalForm;
  readonly #personal: PersonalScorer;
  readonly #general: FeatureWriter;
  readonly #generalScorer: PartialScorer;
  readonly #values: Float32Array;
  readonly #partials: Float64Array;
  /** Weights and factors of what has slopes. */
  readonly #weights: Float64Array;
  readonly #factors: Float64Array;
  /** Where the chance is among the general features; negative where it counts for nothing. */
  readonly #chanceAt: number;

  /** @param most rows of a table that is begun, or that are finished at once */
  constructor({ form }: Ranker, most: number) {
    const general = FEATURES.filter(
      (feature) => (isGeneral(feature) || feature === CHANCE) && counts(form, feature),
    );
    const personal = personalFormOf(form);
    const sloping = personal.sloping.map((place) => PERSONAL[place]!);
    this.slopes = sloping.length;
    this.#form = form;
    this.#personalForm = personal;
    this.#personal = new PersonalScorer(personal, most);
    this.#general = new FeatureWriter(general);
    this.#generalScorer = new PartialScorer(
      form,
      general.map((feature) => FEATURES.indexOf(feature)),
    );
    this.#values = new Float32Array(most * general.length);
    this.#partials = new Float64Array(most * partialWidth(form));
    this.#weights = Float64Array.from(sloping, (feature) => weightOf(form, feature));
    this.#factors = Float64Array.from(sloping.flatMap((feature) => factorsOf(form, feature)));
    this.#chanceAt = general.indexOf(CHANCE);
  }

  /**
   * Writes what is the same whoever asks of all candidates of a table, none of which a history, session, video or correction names, into the records `numbers[row]` of prepared rows, which have its facts.
   * `context` needs nothing of a profile or session.
   */
  begin(
    candidates: CandidateTable,
    context: FeatureContext,
    prepared: PreparedRows,
    numbers: ArrayLike<number>,
  ): void {
    const { size } = candidates;
    const partials = this.#partials;
    const { floats } = prepared;
    const width = partialWidth(this.#form);
    const words = preparedWords(this.slopes);
    const all = allScores(context);
    this.#general.write(candidates, context, this.#values);
    beginPartials(this.#form, size, partials);
    this.#generalScorer.add(this.#values, size, partials);
    for (let row = 0; row < size; row++) {
      const at = numbers[row]! * words;
      floats[at + GENERAL_AT] = wholeScore(this.#form, partials, row * width);
      floats[at + FIXED_AT] = fixedShare(candidates.popularity[row]!, all);
      this.#writeSlopes(row, floats, at + SLOPES_AT);
    }
  }

  /** Writes the scores of the first `end` prepared rows for who asks. */
  finish(rows: PreparedRows, end: number, context: FeatureContext, scores: Float32Array): void {
    this.#personal.score(rows, end, context, scores);
  }

  /** Writes the slopes of a row that was begun. */
  #writeSlopes(row: number, floats: Float32Array, at: number): void {
    const { depth } = this.#form;
    const { sloping, products } = this.#personalForm;
    const factors = this.#factors;
    const partials = this.#partials;
    const sums = row * partialWidth(this.#form) + SUMS_AT;
    for (let i = 0; i < sloping.length; i++) {
      let slope = this.#weights[i]!;
      for (let k = 0; k < depth; k++) slope += factors[i * depth + k]! * partials[sums + k]!;
      if (sloping[i] === GAIN && this.#chanceAt >= 0) {
        // The chance is among what was begun, and no feature counts with itself.
        const chance = this.#values[row * this.#general.width + this.#chanceAt]!;
        slope -= chance * products[GAIN * PERSONAL_SIZE + GAIN]!;
      }
      floats[at + i] = slope;
    }
  }
}

function isGeneral({ state }: Feature): boolean {
  return state !== 'profile' && state !== 'session';
}
