import { powerOfTwo } from './power-of-two.ts';

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

/** A theme, and how likely it is. */
export interface ThemeChance {
  readonly theme: number;
  readonly chance: number;
}

/** Units say the same twice: their evidence weighs less than were they independent. */
const DEPENDENCE = 0.8;

/** Which themes a query is likely about, by its units: naive Bayes, damped. */
export class ThemeModel {
  readonly size: number;
  private readonly arrays: ThemeArrays;
  private readonly logPriors: Float64Array;
  private readonly likelihoods: Float64Array;
  /** What the units say of the themes that they have cells of; all 0 between requests. */
  private readonly gains: Float64Array;
  /** The first `met` of it are the themes that have a gain: a list that is emptied would be made anew by each request. */
  private readonly touched: number[] = [];
  private met = 0;

  constructor(arrays: ThemeArrays) {
    this.arrays = arrays;
    this.size = arrays.priors.length;
    this.logPriors = Float64Array.from(arrays.priors, (prior) => Math.log2(prior));
    this.likelihoods = new Float64Array(this.size);
    this.gains = new Float64Array(this.size);
  }

  /**
   * The probability of each theme given the units (their numbers; negative ones are unknown and say nothing). Null when none is known. The array is overwritten by the
   * next call, of `likeliest` too. Time: themes plus cells, a power for each theme with a cell.
   */
  posterior(units: readonly number[]): Float64Array | null {
    const { priors } = this.arrays;
    const { likelihoods: out, logPriors, touched, gains } = this;
    if (this.gather(units) === 0) return null;
    const { met } = this;
    let most = -Infinity;
    for (let theme = 0; theme < out.length; theme++) {
      most = Math.max(most, logPriors[theme]! + gains[theme]!);
    }
    // Relative to the likeliest, so that nothing overflows. A theme without a cell keeps its prior.
    const scale = 2 ** -most;
    for (let theme = 0; theme < out.length; theme++) out[theme] = priors[theme]! * scale;
    for (let i = 0; i < met; i++) {
      const theme = touched[i]!;
      out[theme] = 2 ** (logPriors[theme]! + gains[theme]! - most);
    }
    this.forget();
    let sum = 0;
    for (let theme = 0; theme < out.length; theme++) sum += out[theme]!;
    for (let theme = 0; theme < out.length; theme++) out[theme]! /= sum;
    return out;
  }

  /**
   * The themes that are at least so likely given the units, the likeliest first, ties by number, at most `most`; none when no unit is known. As `posterior` tells it, to
   * the last digits, in a quarter of its time.
   */
  likeliest(units: readonly number[], leastChance: number, most: number): ThemeChance[] {
    const { logPriors, gains } = this;
    if (this.gather(units) === 0) return [];
    let highest = -Infinity;
    for (let theme = 0; theme < gains.length; theme++) {
      const log = logPriors[theme]! + gains[theme]!;
      if (log > highest) highest = log;
    }
    const likely = this.weigh(highest, leastChance);
    this.forget();
    if (likely.length > 1) likely.sort((a, b) => b.chance - a.chance || a.theme - b.theme);
    if (likely.length > most) likely.length = most;
    return likely;
  }

  /** Those that are so likely, by what was gathered. */
  private weigh(highest: number, leastChance: number): ThemeChance[] {
    const { priors } = this.arrays;
    const { logPriors, gains, likelihoods: weights } = this;
    const scale = 2 ** -highest;
    let sum = 0;
    for (let theme = 0; theme < gains.length; theme++) {
      const gain = gains[theme]!;
      const weight =
        gain === 0 ? priors[theme]! * scale : powerOfTwo(logPriors[theme]! + gain - highest);
      weights[theme] = weight;
      sum += weight;
    }
    const likely: ThemeChance[] = [];
    const least = leastChance * sum;
    for (let theme = 0; theme < weights.length; theme++) {
      if (weights[theme]! >= least) likely.push({ theme, chance: weights[theme]! / sum });
    }
    return likely;
  }

  /** Adds up what the units say; answers how many are known. */
  private gather(units: readonly number[]): number {
    const { offsets, themes, ratios, rests } = this.arrays;
    const { touched, gains } = this;
    let known = 0;
    let met = 0;
    for (const unit of units) {
      if (unit < 0) continue;
      known++;
      const rest = rests[unit]!;
      const end = offsets[unit + 1]!;
      // What all themes have in common cancels out: a cell counts by what it has beyond the rest.
      for (let at = offsets[unit]!; at < end; at++) {
        const theme = themes[at]!;
        // One that comes back to 0 on the way stands twice, which changes nothing.
        if (gains[theme] === 0) touched[met++] = theme;
        gains[theme]! += DEPENDENCE * (ratios[at]! - rest);
      }
    }
    this.met = met;
    return known;
  }

  /** Makes all gains 0 again. */
  private forget(): void {
    for (let i = 0; i < this.met; i++) this.gains[this.touched[i]!] = 0;
    this.met = 0;
  }
}
