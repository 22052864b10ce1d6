import { normalise } from '../../../dictionaries/normalise.ts';
import { suggestionId } from '../../../indexer/events/suggestion-id.ts';
import { mergeSpans, spanOf } from '../../retrieval/match-spans.ts';
import { shownScore } from '../../retrieval/suggestion-writer.ts';
import type { EngineAnswer, Suggestion } from '../../suggest-engine.ts';
import { VariantSet } from '../related/variant-test.ts';
import type { FreshCandidate } from './fresh-candidate.ts';

export interface MergeRules {
  readonly limit: number;
  /** Whether the answer's own suggestions all come first. */
  readonly fillsOnly: boolean;
  /** Binary logarithm of the score that the answer's scores are shown against. */
  readonly topLogScore: number;
}

/**
 * An answer with fresh candidates in it. Prefix matches stand among the answer's by score, the others, and entities, which stand below what is searched, in the slots
 * that are left; so do all where the answer's own come first. None that is a mere variant of a suggestion that stands there already.
 */
export function mergeFresh(
  answer: EngineAnswer,
  candidates: readonly FreshCandidate[],
  { limit, fillsOnly, topLogScore }: MergeRules,
): EngineAnswer {
  const known = new VariantSet(answer.normalised, answer.market);
  for (const { text } of answer.suggestions) known.add(normalise(text));
  const list = [...answer.suggestions];
  for (const candidate of candidates) {
    if (!known.add(candidate.normalised)) continue;
    const isPrefix = candidate.match.kind === 'prefix';
    const isAmong = isPrefix && !fillsOnly && candidate.kind === 'query';
    const score = shownScore(candidate.logScore, topLogScore, isAmong);
    const at = isAmong ? list.findIndex((other) => other.score < score) : -1;
    const place = at < 0 ? list.length : at;
    if (place >= limit) continue;
    // What fills a free slot says no more than what it stands behind.
    const least = place === 0 ? 1 : list[place - 1]!.score;
    list.splice(place, 0, describe(candidate, Math.min(score, least)));
  }
  return { ...answer, suggestions: list.slice(0, limit) };
}

function describe(candidate: FreshCandidate, score: number): Suggestion {
  const { normalised, surface, kind, source, match } = candidate;
  const spans = match.ranges.map(({ start, end }) => spanOf(surface, normalised, start, end));
  const matches = mergeSpans(spans);
  return { id: suggestionId(normalised), text: surface, kind, source, score, matches };
}
