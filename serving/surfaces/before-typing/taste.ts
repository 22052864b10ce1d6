import { queryTerms } from '../../../dictionaries/terms.ts';
import type { CompletionId } from '../../../indexer/segment/completion-id.ts';
import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import type { TermRange } from '../../../indexer/segment/term-dictionary.ts';
import { anyOrderSearchOf } from '../../retrieval/lookup.ts';
import type { MarketChoice } from '../../retrieval/market-choice.ts';
import { planQuery, type TermMatcher } from '../../retrieval/query-plan.ts';
import { logScoreOf } from '../../retrieval/view-score.ts';
import { exactCompletion } from './exact-completion.ts';
import { isTelling } from './term-set.ts';
import type { HistoryEntry } from './user-history.ts';

/** The latest searches that tell what a user likes. */
const SEARCHES_READ = 12;
/** Terms of them that are looked for. */
const MOST_TERMS = 8;
/** Completions that are looked at a term. */
const BEST_OF_TERM = 8;
/** A term of a larger share of the completions says nothing of a taste. */
const MOST_COMMON = 1 / 50;
/** A term that few completions hold is rare however small the index is. */
const FEW = 20;
/** Each search back weighs so much less than the one after it. */
const FADING = 0.85;

/** What is searched most with the words of what a user searched lately. */
export interface TasteProposal {
  readonly id: CompletionId;
  readonly weight: number;
}

interface WeighedTerm {
  readonly matchers: readonly TermMatcher[];
  weight: number;
}

/**
 * Popular completions that share a telling word with the user's latest searches, likeliest first: a word weighs more the more, and the more lately, the user
 * searched with it, and the rarer it is. Own searches themselves are left out. Words of scripts without spaces are those of the segmenter. Some tens of microseconds: at most 64 completions are looked at a view.
 */
export function proposeByTaste(
  segment: Segment,
  choice: MarketChoice,
  history: readonly HistoryEntry[],
): readonly TasteProposal[] {
  const latest = history.slice(0, SEARCHES_READ);
  const own = new Set(latest.map(({ normalised }) => exactCompletion(segment, normalised)));
  const terms = tellingTerms(segment, choice, latest);
  const weights = new Map<CompletionId, number>();
  const found = new Uint32Array(BEST_OF_TERM);
  const search = anyOrderSearchOf(segment);
  for (const view of choice.views) {
    for (const { matchers, weight } of terms) {
      const count = search.best(view, matchers, BEST_OF_TERM, found);
      for (let i = 0; i < count; i++) {
        const rank = found[i]!;
        const id = view.idOf(rank);
        if (own.has(id)) continue;
        const popularity = Math.max(0, logScoreOf(segment, view, rank)) + 1;
        weights.set(id, (weights.get(id) ?? 0) + weight * popularity);
      }
    }
  }
  return [...weights]
    .map(([id, weight]) => ({ id, weight }))
    .sort((a, b) => b.weight - a.weight || a.id - b.id);
}

function tellingTerms(
  segment: Segment,
  { views }: MarketChoice,
  history: readonly HistoryEntry[],
): readonly WeighedTerm[] {
  const terms = new Map<string, WeighedTerm>();
  const size = views.reduce((sum, view) => sum + view.size, 0);
  history.forEach(({ normalised, count }, place) => {
    const recency = FADING ** place * Math.log2(1 + count);
    for (const word of new Set(queryTerms(`${normalised} `).map(({ text }) => text))) {
      if (!isTelling(word)) continue;
      // The space says that the word is finished.
      const matchers = planQuery(segment, `${word} `);
      if (matchers === null || matchers.length === 0) continue;
      const holders = views.reduce((sum, view) => sum + mostHolders(view, matchers), 0);
      if (holders === 0 || holders > Math.max(FEW, size * MOST_COMMON)) continue;
      const rarity = Math.log2(1 + size / holders);
      const known = terms.get(word);
      if (known === undefined) terms.set(word, { matchers, weight: recency * rarity });
      else known.weight += recency * rarity;
    }
  });
  return [...terms]
    .sort(([a, { weight: x }], [b, { weight: y }]) => y - x || (a < b ? -1 : 1))
    .slice(0, MOST_TERMS)
    .map(([, term]) => term);
}

/** Completions of a view that can hold a word, at most: those with its rarest character, for one of a script without spaces. */
function mostHolders({ postings }: CompletionView, matchers: readonly TermMatcher[]): number {
  const weightOf = ({ low, high }: TermRange) =>
    low === high ? 0 : postings.weight(postings.listFrom(low), postings.listFrom(high));
  return Math.min(
    ...matchers.flatMap(({ spaced, joined, rest }) => [
      weightOf(spaced) + weightOf(joined),
      ...rest.map(weightOf),
    ]),
  );
}
