import { queryUnits } from '../../dictionaries/query-units.ts';
import type { MarketScore } from '../segment/counted-completion.ts';
import { ThemeModel } from '../segment/theme-model.ts';
import {
  EVERY_MARKET,
  MOST_MEMBERS,
  type ThemeInput,
  type ThemeMember,
} from '../segment/theme-section.ts';
import { type UnitHash, unitHashes } from '../segment/unit-table.ts';
import type { LearntThemes } from './learnt-themes.ts';

/** A completion belongs to a theme from this probability on. */
const LEAST_SHARE = 0.05;
/** And when the theme is so many times likelier than without its words. */
const LEAST_LIFT = 2;

interface Candidate {
  readonly input: number;
  readonly text: string;
  readonly worth: number;
}

interface Shelf {
  candidates: Candidate[];
  /** Of all candidates that ever came. */
  total: number;
}

/** Finds the completions of each theme, by market, while they are added to a segment. */
export class ThemeMembers {
  private readonly learnt: LearntThemes;
  private readonly model: ThemeModel;
  private readonly shelves = new Map<string, Shelf[]>();
  private added = 0;

  constructor(learnt: LearntThemes) {
    this.learnt = learnt;
    this.model = new ThemeModel(learnt);
  }

  addCompletion(completion: {
    readonly normalised: string;
    readonly score: number;
    readonly markets?: readonly MarketScore[];
  }): void {
    const input = this.added++;
    const text = completion.normalised;
    const units = queryUnits(text).map((unit) => this.learnt.numbers.get(unit) ?? -1);
    const posterior = this.model.posterior(units);
    if (posterior === null) return;
    const unplaced = completion.markets?.find(({ market }) => market === 'und')?.score ?? 0;
    for (let theme = 0; theme < posterior.length; theme++) {
      const share = posterior[theme]!;
      if (share < LEAST_SHARE || share < LEAST_LIFT * this.learnt.priors[theme]!) continue;
      this.put(EVERY_MARKET, theme, { input, text, worth: completion.score * share });
      for (const { market, score } of completion.markets ?? []) {
        const worth = (market === 'und' ? score : score + unplaced) * share;
        this.put(market, theme, { input, text, worth });
      }
    }
  }

  finish(): ThemeInput {
    const { learnt } = this;
    const members = new Map<string, readonly (readonly ThemeMember[])[]>();
    for (const [tag, shelves] of this.shelves) {
      const listed = learnt.priors.length;
      members.set(
        tag,
        Array.from({ length: listed }, (_, theme) => membersOf(shelves[theme])),
      );
    }
    const units: readonly UnitHash[] = [...learnt.numbers.keys()].map(unitHashes);
    return { ...learnt, units, members };
  }

  private put(tag: string, theme: number, candidate: Candidate): void {
    if (!(candidate.worth > 0)) return;
    const shelves = this.shelves.get(tag) ?? [];
    this.shelves.set(tag, shelves);
    shelves[theme] ??= { candidates: [], total: 0 };
    const shelf = shelves[theme];
    shelf.total += candidate.worth;
    shelf.candidates.push(candidate);
    if (shelf.candidates.length >= 8 * MOST_MEMBERS) shelf.candidates = best(shelf.candidates);
  }
}

function best(candidates: Candidate[]): Candidate[] {
  return candidates
    .sort((a, b) => b.worth - a.worth || (a.text < b.text ? -1 : 1))
    .slice(0, MOST_MEMBERS);
}

function membersOf(shelf: Shelf | undefined): readonly ThemeMember[] {
  if (shelf === undefined) return [];
  return best(shelf.candidates).map(({ input, worth }) => ({
    input,
    bits: -Math.log2(worth / shelf.total),
  }));
}
