import { findExactForm } from '../../../indexer/segment/exact-form.ts';
import { type MarketChoice, MarketChooser } from '../../retrieval/market-choice.ts';
import { topLogScore } from '../../retrieval/view-score.ts';
import type { SnapshotContent } from '../../snapshot/snapshot-content.ts';
import type { FreshRules } from './fresh-tally.ts';

/** What fresh completions need to know of the snapshot that is current. */
export interface FreshSnapshot extends FreshRules {
  /** Whether the blocklist holds. */
  readonly safety: boolean;
  /** Whether nothing may come between its own direct matches. */
  readonly fillsOnly: boolean;
  /** The choice for a canonical tag. */
  choose(market: string): MarketChoice;
  /** Whether a market has a completion of this form, or one of which it is another spelling. */
  holds(form: string, choice: MarketChoice): boolean;
  /** Binary logarithm of the score of what is searched most. */
  topLogScore(choice: MarketChoice): number;
}

/** That of a loaded snapshot. */
export function freshSnapshotOf({ segment, manifest }: SnapshotContent): FreshSnapshot {
  const { minUsers, halfLifeDays, safety, group, markets } = manifest;
  const chooser = new MarketChooser(
    segment,
    markets.map(({ market }) => market),
    [],
  );
  return {
    ...{ minUsers, halfLifeDays, safety },
    fillsOnly: group === 'none',
    choose: (market) => chooser.choose(market),
    holds: (form, { views }) => {
      const id = findExactForm(segment, form);
      return id !== null && views.some((view) => view.rankOf(id) >= 0);
    },
    topLogScore: ({ views }) => topLogScore(segment, views),
  };
}
