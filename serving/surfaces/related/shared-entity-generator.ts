import { MAX_RESULTS } from '../../../indexer/segment/range-minimum.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { anyOrderSearchOf } from '../../retrieval/lookup.ts';
import { planQuery } from '../../retrieval/query-plan.ts';
import { logScoreOf } from '../../retrieval/view-score.ts';
import { exactCompletion } from '../before-typing/exact-completion.ts';
import type { CandidateGenerator, Proposal, SurfaceRequest, WorkBudget } from '../generator.ts';
import { readingText } from './asked-units.ts';
import { Gathering } from './gathering.ts';

/** Words of the longest entity, and of the query's beginning, that are looked at. */
const LONGEST = 4;
const MOST_WORDS = 10;
const OF_EACH = 16;

/** Proposes completions about an entity that the query names: the longest runs of its words that name one. */
export class SharedEntityGenerator implements CandidateGenerator {
  readonly name = 'entities';
  readonly source = 'related';
  private readonly segment: Segment;
  private readonly gathering = new Gathering();
  private readonly found = new Uint32Array(MAX_RESULTS);

  constructor(segment: Segment) {
    this.segment = segment;
  }

  generate(request: SurfaceRequest, limit: number, budget: WorkBudget): readonly Proposal[] {
    const { segment } = this;
    if (request.query === null || !segment.hasEntities) return [];
    const gathering = this.gathering.clear();
    const own = this.entitiesOf(request.query.normalised);
    const meant = own.length > 0 ? null : readingText(segment, request.query);
    const entities = meant === null ? own : this.entitiesOf(meant);
    for (const entity of entities) {
      const matchers = planQuery(segment, `${entity} `);
      if (matchers === null) continue;
      for (const view of request.choice.views) {
        const most = Math.min(OF_EACH, budget.left);
        if (most <= 0) continue;
        const count = anyOrderSearchOf(segment).best(view, matchers, most, this.found);
        budget.left -= count;
        const logs = Array.from(this.found.subarray(0, count), (rank) =>
          logScoreOf(segment, view, rank),
        );
        const top = Math.max(...logs);
        const sum = logs.reduce((all, log) => all + 2 ** (log - top), 0) * entities.length;
        logs.forEach((log, i) => {
          gathering.add(view.idOf(this.found[i]!), 2 ** (log - top) / sum, 'entity');
        });
      }
    }
    return gathering.proposals(limit);
  }

  /** From the left, the longest entity that begins at a word; then on behind it. */
  private entitiesOf(normalised: string): readonly string[] {
    const words = normalised.split(' ').slice(0, MOST_WORDS);
    const entities: string[] = [];
    for (let at = 0; at < words.length; at++) {
      for (let length = Math.min(LONGEST, words.length - at); length > 0; length--) {
        const name = words.slice(at, at + length).join(' ');
        const id = exactCompletion(this.segment, name);
        if (id === null || !this.segment.isEntity(id)) continue;
        entities.push(name);
        at += length - 1;
        break;
      }
    }
    return entities;
  }
}
