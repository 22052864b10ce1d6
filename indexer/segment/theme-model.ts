/** What is known of themes by the units of a query, in the arrays of the sections `themes.*`. */
export interface ThemeArrays {
  /** Share of each theme among all that was opened; above 0, they sum to 1. */
  readonly priors: Float32Array;
  /** Where each unit's cells begin in `themes`; one more than there are units. */
  readonly offsets: Uint32Array;
  /** The theme of each cell, ascending within a unit. */
  readonly themes: Uint16Array;
  /** log2 of how much likelier a theme is by a unit than by itself; a cell each. */
  readonly ratios: Float32Array;
  /** The same for the themes that a unit has no cell of; a unit each. */
  readonly rests: Float32Array;
}

/** Units say the same twice: their evidence weighs less than were they independent. */
const DEPENDENCE = 0.8;

/** A theme that is so many times halved less likely than the likeliest is not reckoned with. */
const NEGLIGIBLE_BITS = 20;

/** Which themes a query is likely about, by its units: naive Bayes, damped. */
export class ThemeModel {
  readonly size: number;
  private readonly arrays: ThemeArrays;
  private readonly logPriors: Float64Array;
  private readonly likelihoods: Float64Array;

  constructor(arrays: ThemeArrays) {
    this.arrays = arrays;
    this.size = arrays.priors.length;
    this.logPriors = Float64Array.from(arrays.priors, (prior) => Math.log2(prior));
    this.likelihoods = new Float64Array(this.size);
  }

  /**
   * The probability of each theme given the units (their numbers; negative ones are unknown and say nothing). Null when none is known. The array is overwritten by the
   * next call. Time: themes plus cells.
   */
  posterior(units: readonly number[]): Float64Array | null {
    const { offsets, themes, ratios, rests } = this.arrays;
    const out = this.likelihoods;
    let known = 0;
    let most = -Infinity;
    out.set(this.logPriors);
    for (const unit of units) {
      if (unit < 0) continue;
      known++;
      const rest = rests[unit]!;
      const end = offsets[unit + 1]!;
      // What all themes have in common cancels out: a cell counts by what it has beyond the rest.
      for (let at = offsets[unit]!; at < end; at++) {
        out[themes[at]!]! += DEPENDENCE * (ratios[at]! - rest);
      }
    }
    if (known === 0) return null;
    for (let theme = 0; theme < out.length; theme++) most = Math.max(most, out[theme]!);
    let sum = 0;
    for (let theme = 0; theme < out.length; theme++) {
      const behind = out[theme]! - most;
      out[theme] = behind < -NEGLIGIBLE_BITS ? 0 : 2 ** behind;
      sum += out[theme]!;
    }
    for (let theme = 0; theme < out.length; theme++) out[theme] = out[theme]! / sum;
    return out;
  }
}
