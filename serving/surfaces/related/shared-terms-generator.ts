import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import { MAX_RESULTS } from '../../../indexer/segment/range-minimum.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { anyOrderSearchOf } from '../../retrieval/lookup.ts';
import { orderMatchers } from '../../retrieval/query-plan.ts';
import { logScoreOf } from '../../retrieval/view-score.ts';
import type {
  AskedQuery,
  CandidateGenerator,
  Proposal,
  SurfaceRequest,
  WorkBudget,
} from '../generator.ts';
import { readingText } from './asked-units.ts';
import { Gathering } from './gathering.ts';
import type { KnownTerm, KnownTerms } from './known-terms.ts';

/** Completions that are taken of each choice of terms. */
const OF_EACH = 16;
/** Terms that say less than this share of what the query says lead nowhere by themselves. */
const LEAST_SHARE = 0.25;

/** Proposes the most searched completions that hold the query's terms: all of them, all but one, and each that tells enough by itself. */
export class SharedTermsGenerator implements CandidateGenerator {
  readonly name = 'terms';
  readonly source = 'related';
  private readonly segment: Segment;
  private readonly terms: KnownTerms;
  private readonly gathering = new Gathering();
  private readonly found = new Uint32Array(MAX_RESULTS);

  constructor(segment: Segment, terms: KnownTerms) {
    this.segment = segment;
    this.terms = terms;
  }

  generate(request: SurfaceRequest, limit: number, budget: WorkBudget): readonly Proposal[] {
    if (request.query === null) return [];
    const gathering = this.gathering.clear();
    for (const view of request.choice.views) {
      const known = this.termsOf(view, request.query);
      const total = known.reduce((sum, { worth }) => sum + worth, 0);
      for (const chosen of choices(known)) {
        const share = chosen.reduce((sum, { worth }) => sum + worth, 0) / total;
        if (share < LEAST_SHARE || budget.left <= 0) continue;
        this.addHolders(view, chosen, share * share, gathering, budget);
      }
    }
    return gathering.proposals(limit);
  }

  /** Of a query none of whose words is known, those of what it likely means. */
  private termsOf(view: CompletionView, query: AskedQuery): readonly KnownTerm[] {
    const own = this.terms.of(view, query.normalised);
    if (own.some(({ isWhole }) => isWhole)) return own;
    const text = readingText(this.segment, query);
    return text === null ? own : this.terms.of(view, text);
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
    // Ranks ascend: the first one's score is the greatest.
    const top = logScoreOf(this.segment, view, this.found[0]!);
    const parts: number[] = [];
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const part = 2 ** (logScoreOf(this.segment, view, this.found[i]!) - top);
      parts.push(part);
      sum += part;
    }
    for (let i = 0; i < count; i++) {
      gathering.add(view.idOf(this.found[i]!), (belief * parts[i]!) / sum, 'terms');
    }
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
