import { RELATED_KINDS, type RelatedKind } from '../../../indexer/segment/related-section.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import type { CandidateGenerator, Proposal, SurfaceRequest, WorkBudget } from '../generator.ts';
import { Gathering } from './gathering.ts';
import type { MemberSets } from './member-set.ts';

/** Proposes what enough people searched with the query, by some kinds of evidence. */
export class PairGenerator implements CandidateGenerator {
  readonly name: string;
  readonly source = 'related';
  private readonly segment: Segment;
  private readonly gathering = new Gathering();
  private readonly members: MemberSets;
  private readonly kinds: readonly RelatedKind[];

  constructor(name: string, kinds: readonly RelatedKind[], segment: Segment, members: MemberSets) {
    this.name = name;
    this.kinds = kinds;
    this.segment = segment;
    this.members = members;
  }

  generate(request: SurfaceRequest, limit: number, budget: WorkBudget): readonly Proposal[] {
    const table = this.segment.related?.queries;
    if (table === undefined || request.query === null) return [];
    const isMember = this.members.of(request.choice);
    const gathering = this.gathering.clear();
    for (const reading of request.query.readings) {
      const belief = 2 ** -reading.bits;
      for (const kind of this.kinds) {
        const { low, high } = table.range(reading.id, RELATED_KINDS.indexOf(kind));
        for (let edge = low; edge < high && budget.left > 0; edge++) {
          budget.left--;
          const target = table.targets[edge]!;
          if (!isMember(target)) continue;
          gathering.add(target, belief * table.chanceAt(edge), kind);
        }
      }
    }
    return gathering.proposals(limit);
  }
}
