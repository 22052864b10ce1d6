import { brandCompletion } from '../../../indexer/segment/completion-id.ts';
import { findExactForm } from '../../../indexer/segment/exact-form.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import {
  type QueryHistory,
  type TrendBaseline,
  USUAL_SPREAD,
} from '../../../ranking/trend/trend-baseline.ts';

/** What a snapshot counted for a market up to its as-of; null where it has nothing of the market. */
export function snapshotBaseline(
  segment: Segment,
  market: string,
  asOfMs: number,
): TrendBaseline | null {
  const table = segment.trends?.tableOf(market) ?? null;
  if (table === null) return null;
  const unknown: QueryHistory = {
    // Less than so many searches were not worth a row: one that has none may have had as many.
    windows: [0, 0, 0],
    before: table.leastSearches / 2,
    spread: USUAL_SPREAD,
  };
  return {
    asOfMs,
    all: table.all,
    recent: table.recent().map((id) => textOf(segment, id)),
    historyOf: (query) => {
      const id = findExactForm(segment, query);
      const known = id === null ? null : table.historyOf(id);
      return known === null ? unknown : { ...known, spread: known.spread ?? USUAL_SPREAD };
    },
  };
}

function textOf(segment: Segment, id: number): string {
  return segment.normalisedTexts(Uint32Array.of(brandCompletion(id)), 1)[0]!;
}
