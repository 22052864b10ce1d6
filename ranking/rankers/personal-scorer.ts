import type { BoundProfile } from '../features/bound-profile.ts';
import { MOST_TERMS_READ, SCRIPT_CODES } from '../features/candidate-table.ts';
import { chanceGain, meanLift } from '../features/chance.ts';
import type { FeatureContext } from '../features/feature.ts';
import { holdsMarked, unpackTerms } from '../features/packed-terms.ts';
import { writeScriptBits } from '../features/script-fit.ts';
import { readEvidenceOf } from '../features/term-evidence.ts';
import { atLeast, quickLiftBits } from '../features/theme-lift.ts';
import {
  DAY,
  GAIN,
  LANGUAGE,
  PERSONAL_SIZE,
  type PersonalForm,
  SCRIPT,
  SESSION,
  TASTE,
  TERMS,
  THEMED,
} from './personal-form.ts';
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

const MOST_LANGUAGES = 256;

/** Adds what a profile and a session tell to what is prepared of rows, whoever asks: what themes tell by slopes, the rest by weights, unless that has factors, too. */
export class PersonalScorer {
  readonly #form: PersonalForm;
  /** Words of a record. */
  readonly #words: number;
  /** Whether more than what themes tell has factors. */
  readonly #isSteep: boolean;
  /** By row: what themes tell of it; kept where something else has factors. */
  readonly #themed: Float64Array;
  /** Personal features of one row, and what terms tell among them. */
  readonly #asked = new Float64Array(PERSONAL_SIZE);
  readonly #evidence = this.#asked.subarray(TERMS);
  readonly #terms = new Int32Array(MOST_TERMS_READ);
  readonly #scriptBits = new Float32Array(SCRIPT_CODES.length);

  /** @param most rows that are scored at once */
  constructor(form: PersonalForm, most: number) {
    this.#form = form;
    this.#words = preparedWords(form.sloping.length);
    this.#isSteep = form.sloping.length > THEMED;
    this.#themed = new Float64Array(this.#isSteep ? most * THEMED : 0);
  }

  /** Writes the scores of the first `end` rows. */
  score(rows: PreparedRows, end: number, context: FeatureContext, scores: Float32Array): void {
    const { profile, sessionLifts } = context;
    this.#addWhole(rows, end, context, scores);
    const isLifted = profile?.themeLifts != null || sessionLifts !== null;
    if (this.#isSteep) this.#themed.fill(0, 0, end * THEMED);
    if (isLifted) this.#addThemes(rows, end, context, scores);
    if (this.#isSteep) this.#addSteep(rows, end, context, scores);
    else if (profile !== null) this.#addTerms(rows, end, profile, scores);
  }

  /** Begins with what all rows have: a language, a script, a time of day. */
  #addWhole(
    { floats, bytes }: PreparedRows,
    end: number,
    { profile, languageFits, dayPart }: FeatureContext,
    scores: Float32Array,
  ): void {
    const scriptBits = this.#scriptBits;
    const fits = languageFits ?? NO_FITS;
    writeScriptBits(profile?.scriptShares ?? null, scriptBits);
    const scriptWeight = this.#form.plain[SCRIPT]!;
    const fitWeight = this.#form.plain[LANGUAGE]!;
    const begun = this.#form.plain[DAY]! * (profile?.dayParts[dayPart] ?? 0);
    const words = this.#words;
    for (let row = 0, at = 0; row < end; row++, at += words) {
      const script = scriptBits[bytes[4 * at + SCRIPT_AT]!]!;
      const fit = fits[bytes[4 * at + LANGUAGE_AT]!]!;
      scores[row] = floats[at + GENERAL_AT]! + begun + scriptWeight * script + fitWeight * fit;
    }
  }

  /** Adds what tastes and session tell by themes. */
  #addThemes(
    { floats, halves, bytes }: PreparedRows,
    end: number,
    { profile, sessionLifts }: FeatureContext,
    scores: Float32Array,
  ): void {
    const tastes = profile?.themeLifts ?? NO_LIFTS;
    const sessions = sessionLifts ?? NO_LIFTS;
    const tasteSession = this.#form.products[TASTE * PERSONAL_SIZE + SESSION]!;
    const tasteGain = this.#form.products[TASTE * PERSONAL_SIZE + GAIN]!;
    const sessionGain = this.#form.products[SESSION * PERSONAL_SIZE + GAIN]!;
    const themed = this.#themed;
    const words = this.#words;
    for (let row = 0, at = 0; row < end; row++, at += words) {
      const first = halves[2 * at + THEMES_AT]!;
      const second = halves[2 * at + THEMES_AT + 1]!;
      if ((first & second) === NO_THEME) continue;
      const firstShare = bytes[4 * at + SHARES_AT]! * A_STEP;
      const secondShare = bytes[4 * at + SHARES_AT + 1]! * A_STEP;
      const tasteLift = liftOf(tastes, first, second, firstShare, secondShare);
      const sessionLift = liftOf(sessions, first, second, firstShare, secondShare);
      const lift = meanLift(tasteLift, sessionLifts, sessionLift);
      const taste = quickLiftBits(tasteLift);
      const session = quickLiftBits(sessionLift);
      const gain = chanceGain(floats[at + FIXED_AT]!, lift);
      const slopes = at + SLOPES_AT;
      scores[row] =
        scores[row]! +
        taste * floats[slopes + TASTE]! +
        session * (floats[slopes + SESSION]! + taste * tasteSession) +
        gain * (floats[slopes + GAIN]! + taste * tasteGain + session * sessionGain);
      if (!this.#isSteep) continue;
      themed[THEMED * row + TASTE] = taste;
      themed[THEMED * row + SESSION] = session;
      themed[THEMED * row + GAIN] = gain;
    }
  }

  /** Adds what terms tell, where nothing but themes has factors. */
  #addTerms(rows: PreparedRows, end: number, profile: BoundProfile, scores: Float32Array): void {
    const { termMarks } = profile;
    const plain = this.#form.plain;
    const asked = this.#asked;
    for (let row = 0; row < end; row++) {
      if (termMarks !== null && !holdsMarked(rows, row, termMarks)) continue;
      this.#readTerms(rows, row, profile);
      let sum = 0;
      for (let i = TERMS; i < asked.length; i++) sum += plain[i]! * asked[i]!;
      scores[row] = scores[row]! + sum;
    }
  }

  /** Adds what terms tell, and all that has factors beside what themes tell. */
  #addSteep(
    rows: PreparedRows,
    end: number,
    { profile, languageFits, dayPart }: FeatureContext,
    scores: Float32Array,
  ): void {
    const { floats, bytes } = rows;
    const fits = languageFits ?? NO_FITS;
    const asked = this.#asked;
    const plain = this.#form.plain;
    const words = this.#words;
    asked[DAY] = profile?.dayParts[dayPart] ?? 0;
    for (let row = 0, at = 0; row < end; row++, at += words) {
      for (let i = 0; i < THEMED; i++) asked[i] = this.#themed[THEMED * row + i]!;
      asked[SCRIPT] = this.#scriptBits[bytes[4 * at + SCRIPT_AT]!]!;
      asked[LANGUAGE] = fits[bytes[4 * at + LANGUAGE_AT]!]!;
      if (profile === null) asked.fill(0, TERMS);
      else this.#readTerms(rows, row, profile);
      let sum = this.#rise(floats, at + SLOPES_AT);
      for (let i = TERMS; i < asked.length; i++) sum += plain[i]! * asked[i]!;
      scores[row] = scores[row]! + sum;
    }
  }

  /** What the personal features that have slopes beside what themes tell add to a score, by themselves and by what they make together with those before them. */
  #rise(floats: Float32Array, slopes: number): number {
    const asked = this.#asked;
    let sum = 0;
    for (let s = THEMED; s < this.#form.sloping.length; s++) {
      const one = this.#form.sloping[s]!;
      let slope = floats[slopes + s]!;
      for (let t = 0; t < s; t++) {
        const other = this.#form.sloping[t]!;
        slope += this.#form.products[one * PERSONAL_SIZE + other]! * asked[other]!;
      }
      sum += slope * asked[one]!;
    }
    return sum;
  }

  #readTerms(rows: PreparedRows, row: number, profile: BoundProfile): void {
    const count = unpackTerms(rows, row, this.#terms, 0);
    readEvidenceOf(this.#terms, 0, count, profile, profile.termMarks, this.#evidence);
  }
}

const A_STEP = 1 / SHARE_STEPS;
const NO_LIFTS = new Float32Array(0);
const NO_FITS = new Float32Array(MOST_LANGUAGES);

/** `themeLift` by two themes and their shares; NO_THEME is beyond all lifts. */
function liftOf(
  lifts: Float32Array,
  first: number,
  second: number,
  firstShare: number,
  secondShare: number,
): number {
  let lift = 1;
  if (first < lifts.length) lift += firstShare * (lifts[first]! - 1);
  if (second < lifts.length) lift += secondShare * (lifts[second]! - 1);
  return atLeast(lift);
}
