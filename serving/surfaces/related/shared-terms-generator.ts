import { queryTerms } from '../../../dictionaries/terms.ts';
import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import { MAX_RESULTS } from '../../../indexer/segment/range-minimum.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { anyOrderSearchOf } from '../../retrieval/lookup.ts';
import { orderMatchers, planQuery, type TermMatcher } from '../../retrieval/query-plan.ts';
import { logScoreOf } from '../../retrieval/view-score.ts';
import type { CandidateGenerator, Proposal, SurfaceRequest, WorkBudget } from '../generator.ts';
import { Gathering } from './gathering.ts';

/** Terms of a longer query that are looked for. */
const MOST_TERMS = 6;
/** Completions that are taken of each choice of terms. */
const OF_EACH = 16;
/** Terms that say less than this share of what the query says lead nowhere by themselves. */
const LEAST_SHARE = 0.25;

/** A term of the query that some completion holds, and how much it tells. */
export interface KnownTerm {
  readonly matcher: TermMatcher;
  /** Bits: how few completions hold it. */
  readonly worth: number;
}

/** The terms of a query that the index knows, first ones first. */
export function knownTerms(
  segment: Segment,
  view: CompletionView,
  normalised: string,
): readonly KnownTerm[] {
  const known: KnownTerm[] = [];
  for (const { text } of queryTerms(`${normalised} `)) {
    const matcher = planQuery(segment, `${text} `)?.[0];
    if (matcher === undefined) continue;
    const lists = [matcher.spaced, matcher.joined];
    const held = lists.reduce((sum, { low, high }) => sum + weightOf(view, low, high), 0);
    const worth = Math.log2((2 * segment.completions + 2) / (held + 1));
    known.push({ matcher, worth: Math.max(0.1, worth) });
    if (known.length === MOST_TERMS) break;
  }
  return known;
}

function weightOf({ postings }: CompletionView, low: number, high: number): number {
  return low === high ? 0 : postings.weight(postings.listFrom(low), postings.listFrom(high));
}

/** Proposes the most searched completions that hold the query's terms: all of them, all but one, and each that tells enough by itself. */
export class SharedTermsGenerator implements CandidateGenerator {
  readonly name = 'terms';
  readonly source = 'related';
  private readonly segment: Segment;
  private readonly gathering = new Gathering();
  private readonly found = new Uint32Array(MAX_RESULTS);

  constructor(segment: Segment) {
    this.segment = segment;
  }

  generate(request: SurfaceRequest, limit: number, budget: WorkBudget): readonly Proposal[] {
    if (request.query === null) return [];
    const gathering = this.gathering.clear();
    for (const view of request.choice.views) {
      const known = knownTerms(this.segment, view, request.query.normalised);
      const total = known.reduce((sum, { worth }) => sum + worth, 0);
      for (const chosen of choices(known)) {
        const share = chosen.reduce((sum, { worth }) => sum + worth, 0) / total;
        if (share < LEAST_SHARE || budget.left <= 0) continue;
        this.addHolders(view, chosen, share * share, gathering, budget);
      }
    }
    return gathering.proposals(limit);
  }

  private addHolders(
    view: CompletionView,
    chosen: readonly KnownTerm[],
    belief: number,
    gathering: Gathering,
    budget: WorkBudget,
  ): void {
    const matchers = orderMatchers(chosen.map(({ matcher }) => matcher));
    const most = Math.min(OF_EACH, budget.left);
    const count = anyOrderSearchOf(this.segment).best(view, matchers, most, this.found);
    budget.left -= count;
    if (count === 0) return;
    const logs = Array.from(this.found.subarray(0, count), (rank) =>
      logScoreOf(this.segment, view, rank),
    );
    const top = Math.max(...logs);
    const sum = logs.reduce((all, log) => all + 2 ** (log - top), 0);
    logs.forEach((log, i) => {
      gathering.add(view.idOf(this.found[i]!), (belief * 2 ** (log - top)) / sum, 'terms');
    });
  }
}

/** All terms; without each of them, of three or more; each alone. */
function* choices(known: readonly KnownTerm[]): Generator<readonly KnownTerm[]> {
  if (known.length > 0) yield known;
  if (known.length > 2) {
    for (const left of known) yield known.filter((term) => term !== left);
  }
  if (known.length > 1) for (const term of known) yield [term];
}
