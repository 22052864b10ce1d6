import { queryUnits } from '../../dictionaries/query-units.ts';
import { JOINER } from '../../dictionaries/terms.ts';
import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import { ThemeModel } from './theme-model.ts';
import type { ThemeInput } from './theme-section.ts';
import { type UnitHash, unitHashes } from './unit-table.ts';

/**
 * What each completion is about: its likeliest themes, worked out at the build, since a request ranks hundreds of completions and working one out takes
 * microseconds.
 */
const NAME = 'themes';
/** Themes that a completion keeps. */
export const THEMES_A_COMPLETION = 2;
/** What stands in the place of a theme where there are fewer. */
export const NO_THEME = 0xffff;
/** Themes less likely than this are left out. */
const LEAST_SHARE = 0.1;
const SHARE_STEPS = 255;

/** Adds the sections `themes.best` and `themes.shares`, unless there are no themes; `termsOf` gives a completion's sequence terms. */
export function writeCompletionThemes(
  builder: ContainerBuilder,
  input: ThemeInput,
  completions: number,
  termsOf: (id: number) => readonly string[],
): void {
  if (input.members.size === 0) return;
  const model = new ThemeModel(input);
  const unitOf = unitFinder(input.units);
  const best = new Uint16Array(THEMES_A_COMPLETION * completions).fill(NO_THEME);
  const shares = new Uint8Array(THEMES_A_COMPLETION * completions);
  for (let id = 0; id < completions; id++) {
    const posterior = model.posterior(queryUnits(joinTerms(termsOf(id))).map(unitOf));
    if (posterior === null) continue;
    const [first, second] = twoLargest(posterior);
    for (const [place, theme] of [first, second].entries()) {
      if (theme < 0 || posterior[theme]! < LEAST_SHARE) continue;
      best[THEMES_A_COMPLETION * id + place] = theme;
      shares[THEMES_A_COMPLETION * id + place] = Math.round(posterior[theme]! * SHARE_STEPS);
    }
  }
  builder.add(`${NAME}.best`, best);
  builder.add(`${NAME}.shares`, shares);
}

function joinTerms(terms: readonly string[]): string {
  let text = '';
  for (const term of terms) {
    if (term.startsWith(JOINER)) text += term.slice(JOINER.length);
    else text += text === '' ? term : ` ${term}`;
  }
  return text;
}

function unitFinder(units: readonly UnitHash[]): (unit: string) => number {
  const places = new Map(units.map(({ a, b }, place) => [`${a} ${b}`, place]));
  return (unit) => {
    const { a, b } = unitHashes(unit);
    return places.get(`${a} ${b}`) ?? -1;
  };
}

/** Places of the two largest values, ties to the earlier one; -1 where there are fewer. */
function twoLargest(values: Float64Array): readonly [number, number] {
  let first = -1;
  let second = -1;
  for (let at = 0; at < values.length; at++) {
    if (first < 0 || values[at]! > values[first]!) {
      second = first;
      first = at;
    } else if (second < 0 || values[at]! > values[second]!) second = at;
  }
  return [first, second];
}

/** The likeliest themes of a segment's completions, as views. */
export class CompletionThemes {
  /** Share of each theme among all that was opened; they sum to 1. */
  readonly priors: Float32Array;
  /** Themes of completion `id` from `id * THEMES_A_COMPLETION` on, likeliest first; NO_THEME for none. */
  readonly best: Uint16Array;
  private readonly shares: Uint8Array;

  private constructor(container: Container, completions: number) {
    this.priors = container.float32(`${NAME}.priors`);
    this.best = container.uint16(`${NAME}.best`);
    this.shares = container.uint8(`${NAME}.shares`);
    const expected = THEMES_A_COMPLETION * completions;
    if (this.best.length !== expected || this.shares.length !== expected) {
      throw new SegmentError(
        'bad-section',
        `segment sections '${NAME}.best' and '${NAME}.shares': expected ${expected} entries, got ${this.best.length} and ${this.shares.length}`,
      );
    }
  }

  /** Null where no themes were found, and in files before they were kept. */
  static open(container: Container, completions: number): CompletionThemes | null {
    return container.has(`${NAME}.best`) ? new CompletionThemes(container, completions) : null;
  }

  /** How likely the theme at a place of `best` is. */
  shareAt(place: number): number {
    return this.shares[place]! / SHARE_STEPS;
  }

  /** @throws SegmentError when a theme is none of the segment's, or they do not stand likeliest first. */
  verify(): void {
    const { best, shares, priors } = this;
    for (let place = 0; place < best.length; place++) {
      const isThere = best[place] !== NO_THEME;
      const isSecond = place % THEMES_A_COMPLETION > 0;
      const fits = isThere
        ? best[place]! < priors.length && (!isSecond || shares[place]! <= shares[place - 1]!)
        : shares[place] === 0;
      if (fits) continue;
      throw new SegmentError(
        'broken-order',
        `segment section '${NAME}.best', entry ${place}: expected a theme below ${priors.length}, likeliest first, got ${best[place]} with ${shares[place]}`,
      );
    }
  }
}
