import type { BoundProfile } from '../features/bound-profile.ts';
import {
  type CandidateTable,
  MOST_TERMS_READ,
  MOST_THEMES_READ,
  SCRIPT_CODES,
} from '../features/candidate-table.ts';
import { allScores, CHANCE, chanceGain, fixedShare, meanLift } from '../features/chance.ts';
import { DAY_PART } from '../features/day-part.ts';
import type { Feature, FeatureContext } from '../features/feature.ts';
import { FEATURES } from '../features/feature-list.ts';
import { FeatureWriter } from '../features/feature-writer.ts';
import { LANGUAGE_FIT } from '../features/language-fit.ts';
import { holdsMarked, unpackTerms } from '../features/packed-terms.ts';
import { SCRIPT_FIT, writeScriptBits } from '../features/script-fit.ts';
import { SESSION_TOPIC } from '../features/session-topic.ts';
import { readEvidenceOf, TERM_EVIDENCE } from '../features/term-evidence.ts';
import { TERM_GROUP } from '../features/term-group.ts';
import { atLeast, quickLiftBits } from '../features/theme-lift.ts';
import { TOPIC_TASTE } from '../features/topic-taste.ts';
import {
  beginPartials,
  PartialScorer,
  partialWidth,
  SUMS_AT,
  wholeScore,
} from './partial-scores.ts';
import {
  FIXED_AT,
  GENERAL_AT,
  LANGUAGE_AT,
  NO_THEME,
  type PreparedRows,
  preparedWords,
  SCRIPT_AT,
  SHARE_STEPS,
  SHARES_AT,
  SLOPES_AT,
  THEMES_AT,
} from './prepared-rows.ts';
import type { Ranker, ScoreForm } from './ranker.ts';

/** What a profile or a session may tell of a row that neither names, in the order of `#values`: what all rows have first, then by themes, then by terms. */
const PERSONAL: readonly Feature[] = [
  SCRIPT_FIT,
  LANGUAGE_FIT,
  DAY_PART,
  TOPIC_TASTE,
  SESSION_TOPIC,
  CHANCE,
  ...TERM_GROUP.features,
];
const [SCRIPT, LANGUAGE, DAY, TASTE, SESSION, GAIN, TERMS] = [0, 1, 2, 3, 4, 5, 6] as const;
const MOST_LANGUAGES = 256;

/**
 * A ranker divided by who changes a feature: what the snapshot, the typed text and live counts tell is summed up once for all who type a text, and what a profile or a session tells is
 * added to that with each request. The scores are those of the ranker over the matrix of all features, but for the last digits.
 *
 * A score is linear in each feature (Rendle, "Factorization Machines", ICDM 2010, section III.A): with the general features of a row known, it is a number, a slope for each personal feature
 * that has factors, and a sum over pairs of those. The chance begins at what it is for somebody without tastes.
 */
export class DividedRanker {
  /** Slopes of a row. */
  readonly slopes: number;
  readonly #form: ScoreForm;
  readonly #general: FeatureWriter;
  readonly #generalScorer: PartialScorer;
  readonly #values: Float32Array;
  readonly #partials: Float64Array;
  /** Where the chance is among the general features; negative where it counts for nothing. */
  readonly #chanceAt: number;
  /** Places in PERSONAL of what has slopes. */
  readonly #sloping: Uint8Array;
  /** Weights and factors of those, and the products of the factors of each two. */
  readonly #weights: Float64Array;
  readonly #factors: Float64Array;
  readonly #products: Float64Array;
  /** Weights by place in PERSONAL of all that have no slope, 0 for others. */
  readonly #plain: Float64Array;
  /** Whether any row may have a slope that counts, whatever its themes and terms. */
  readonly #isSteep: boolean;
  /** Personal features of one row. */
  readonly #asked = new Float64Array(PERSONAL.length);
  readonly #evidence = new Float64Array(TERM_EVIDENCE);
  readonly #terms = new Int32Array(MOST_TERMS_READ);
  readonly #scriptBits = new Float32Array(SCRIPT_CODES.length);
  readonly #noFits = new Float32Array(MOST_LANGUAGES);

  /** @param most candidates of a table that is begun */
  constructor({ form }: Ranker, most: number) {
    this.#form = form;
    const general = FEATURES.filter(
      (feature) => (isGeneral(feature) || feature === CHANCE) && counts(form, feature),
    );
    this.#general = new FeatureWriter(general);
    this.#generalScorer = new PartialScorer(form, placesOf(general));
    this.#chanceAt = general.indexOf(CHANCE);
    this.#values = new Float32Array(most * general.length);
    this.#partials = new Float64Array(most * partialWidth(form));
    const { depth, weights, factors } = form;
    const places = placesOf(PERSONAL);
    const vectors = places.map((at) =>
      Array.from({ length: depth }, (_, k) => factors[at * depth + k]!),
    );
    const all = PERSONAL.map((_, i) => i);
    const sloping = all.filter((i) => vectors[i]!.some((factor) => factor !== 0));
    this.slopes = sloping.length;
    this.#sloping = Uint8Array.from(sloping);
    this.#weights = Float64Array.from(sloping, (i) => weights[places[i]!]!);
    this.#factors = Float64Array.from(sloping.flatMap((i) => vectors[i]!));
    this.#products = Float64Array.from(
      sloping.flatMap((i) => sloping.map((j) => product(vectors[i]!, vectors[j]!))),
    );
    this.#plain = Float64Array.from(all, (i) => (sloping.includes(i) ? 0 : weights[places[i]!]!));
    this.#isSteep = sloping.some((i) => i < TASTE);
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

  /** Writes the scores of the first `end` prepared rows. */
  finish(
    rows: PreparedRows,
    end: number,
    { profile, sessionLifts, languageFits, dayPart }: FeatureContext,
    scores: Float32Array,
  ): void {
    const { floats, halves, bytes } = rows;
    const asked = this.#asked.fill(0);
    const scriptBits = this.#scriptBits;
    const fits = languageFits ?? this.#noFits;
    const tasteLifts = profile?.themeLifts ?? null;
    const hasLifts = tasteLifts !== null || sessionLifts !== null;
    const isSteep = this.#isSteep;
    const words = preparedWords(this.slopes);
    writeScriptBits(profile?.scriptShares ?? null, scriptBits);
    asked[DAY] = profile?.dayParts[dayPart] ?? 0;
    const plain = this.#plain;
    const begun = plain[DAY]! * asked[DAY]!;
    const scriptWeight = plain[SCRIPT]!;
    const languageWeight = plain[LANGUAGE]!;
    const tasteWeight = plain[TASTE]!;
    const sessionWeight = plain[SESSION]!;
    const gainWeight = plain[GAIN]!;
    let isLifted = false;
    let isSharing = false;
    for (let row = 0, at = 0; row < end; row++, at += words) {
      const script = scriptBits[bytes[4 * at + SCRIPT_AT]!]!;
      const fit = fits[bytes[4 * at + LANGUAGE_AT]!]!;
      let score = begun + floats[at + GENERAL_AT]! + scriptWeight * script + languageWeight * fit;
      if (hasLifts && hasThemes(halves, at)) {
        const taste = tasteLifts === null ? 1 : liftOf(halves, bytes, at, tasteLifts);
        const session = sessionLifts === null ? 1 : liftOf(halves, bytes, at, sessionLifts);
        const tasteBits = quickLiftBits(taste);
        const sessionBits = quickLiftBits(session);
        const gain = chanceGain(floats[at + FIXED_AT]!, meanLift(taste, sessionLifts, session));
        score += tasteWeight * tasteBits + sessionWeight * sessionBits + gainWeight * gain;
        asked[TASTE] = tasteBits;
        asked[SESSION] = sessionBits;
        asked[GAIN] = gain;
        isLifted = true;
      } else if (isLifted) {
        asked.fill(0, TASTE, TERMS);
        isLifted = false;
      }
      if (profile !== null && mayShare(rows, row, profile)) {
        this.#readTerms(rows, row, profile);
        for (let i = TERMS; i < PERSONAL.length; i++) score += plain[i]! * asked[i]!;
        isSharing = true;
      } else if (isSharing) {
        asked.fill(0, TERMS);
        isSharing = false;
      }
      if (isSteep || isLifted || isSharing) {
        asked[SCRIPT] = script;
        asked[LANGUAGE] = fit;
        score += this.#rise(floats, at + SLOPES_AT);
      }
      scores[row] = score;
    }
  }

  /** What the personal features that have slopes add to the score of the row whose slopes begin at `at`. */
  #rise(floats: Float32Array, at: number): number {
    const asked = this.#asked;
    const sloping = this.#sloping;
    const products = this.#products;
    const { length } = sloping;
    let sum = 0;
    for (let i = 0; i < length; i++) {
      const value = asked[sloping[i]!]!;
      if (value === 0) continue;
      let slope = floats[at + i]!;
      for (let j = 0; j < i; j++) slope += products[i * length + j]! * asked[sloping[j]!]!;
      sum += slope * value;
    }
    return sum;
  }

  #readTerms(rows: PreparedRows, row: number, profile: BoundProfile): void {
    const evidence = this.#evidence;
    const count = unpackTerms(rows, row, this.#terms, 0);
    readEvidenceOf(this.#terms, 0, count, profile, evidence);
    this.#asked.set(evidence, TERMS);
  }

  /** Writes the slopes of a row that was begun. */
  #writeSlopes(row: number, floats: Float32Array, at: number): void {
    const { depth } = this.#form;
    const sloping = this.#sloping;
    const factors = this.#factors;
    const partials = this.#partials;
    const sums = row * partialWidth(this.#form) + SUMS_AT;
    for (let i = 0; i < sloping.length; i++) {
      let slope = this.#weights[i]!;
      for (let k = 0; k < depth; k++) slope += factors[i * depth + k]! * partials[sums + k]!;
      if (sloping[i] === GAIN) {
        // The chance is among what was begun, and no feature counts with itself.
        const chance = this.#values[row * this.#general.width + this.#chanceAt]!;
        slope -= chance * this.#products[i * sloping.length + i]!;
      }
      floats[at + i] = slope;
    }
  }
}

function hasThemes(halves: Uint16Array, at: number): boolean {
  const first = 2 * at + THEMES_AT;
  return (halves[first]! & halves[first + 1]!) !== NO_THEME;
}

/** `themeLift` of a prepared row. */
function liftOf(halves: Uint16Array, bytes: Uint8Array, at: number, lifts: Float32Array): number {
  let lift = 1;
  for (let i = 0; i < MOST_THEMES_READ; i++) {
    const theme = halves[2 * at + THEMES_AT + i]!;
    if (theme >= lifts.length) continue;
    lift += (bytes[4 * at + SHARES_AT + i]! * (lifts[theme]! - 1)) / SHARE_STEPS;
  }
  return atLeast(lift);
}

function mayShare(rows: PreparedRows, row: number, { termMarks }: BoundProfile): boolean {
  return termMarks === null || holdsMarked(rows, row, termMarks);
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

function product(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, factor, k) => sum + factor * b[k]!, 0);
}
