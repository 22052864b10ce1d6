import type { Segment } from '../../../indexer/segment/segment.ts';
import { EVERY_MARKET } from '../../../indexer/segment/theme-section.ts';
import type { CandidateGenerator, Proposal, SurfaceRequest, WorkBudget } from '../generator.ts';
import { askedUnits } from './asked-units.ts';
import { Gathering } from './gathering.ts';

/** Themes less likely than this are left alone. */
const LEAST_CHANCE = 0.02;

/** Proposes what is searched most for the themes that the query is likely about. */
export class ThemeGenerator implements CandidateGenerator {
  readonly name = 'themes';
  readonly source = 'related';
  private readonly segment: Segment;
  private readonly gathering = new Gathering();

  constructor(segment: Segment) {
    this.segment = segment;
  }

  generate(request: SurfaceRequest, limit: number, budget: WorkBudget): readonly Proposal[] {
    const { themes } = this.segment;
    if (themes === null || request.query === null) return [];
    const units = askedUnits(this.segment, request.query).map((unit) => themes.unitOf(unit));
    const posterior = themes.model.posterior(units);
    if (posterior === null) return [];
    const { views } = request.choice;
    const tags = views.map((view) => (view === this.segment.all ? EVERY_MARKET : view.market));
    const gathering = this.gathering.clear();
    for (const [at, tag] of tags.entries()) {
      for (let theme = 0; theme < posterior.length; theme++) {
        const chance = posterior[theme]!;
        if (chance < LEAST_CHANCE) continue;
        const { low, high } = themes.listOf(tag, theme);
        for (let place = low; place < high && budget.left > 0; place++) {
          budget.left--;
          const id = themes.memberAt(place);
          // A named market's scores hold those of the rows without market: the second view adds what the first one lacks.
          if (at > 0 && views[0]!.rankOf(id) >= 0) continue;
          gathering.add(id, chance * themes.chanceAt(place), 'theme');
        }
      }
    }
    return gathering.proposals(limit);
  }
}
