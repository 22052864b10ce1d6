import type { Segment } from '../../../indexer/segment/segment.ts';
import type { CandidateGenerator, Proposal, SurfaceRequest, WorkBudget } from '../generator.ts';
import { askedUnits } from './asked-units.ts';
import { Gathering } from './gathering.ts';
import type { MemberSets } from './member-set.ts';

/** Proposes what enough people searched after any query with a word of this one: reaches queries that were never seen. */
export class UnitGenerator implements CandidateGenerator {
  readonly name = 'words';
  readonly source = 'related';
  private readonly segment: Segment;
  private readonly gathering = new Gathering();
  private readonly members: MemberSets;

  constructor(segment: Segment, members: MemberSets) {
    this.segment = segment;
    this.members = members;
  }

  generate(request: SurfaceRequest, limit: number, budget: WorkBudget): readonly Proposal[] {
    const { related } = this.segment;
    if (related === null || request.query === null) return [];
    const isMember = this.members.of(request.choice);
    const units = askedUnits(this.segment, request.query);
    const gathering = this.gathering.clear();
    for (const unit of units) {
      const place = related.unitOf(unit);
      if (place < 0) continue;
      const { low, high } = related.units.range(place, 0);
      for (let edge = low; edge < high && budget.left > 0; edge++) {
        budget.left--;
        const target = related.units.targets[edge]!;
        if (!isMember(target)) continue;
        gathering.add(target, related.units.chanceAt(edge) / units.length, 'words');
      }
    }
    return gathering.proposals(limit);
  }
}
