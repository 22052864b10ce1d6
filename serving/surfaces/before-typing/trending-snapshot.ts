import { canonicalForm } from '../../../indexer/segment/exact-form.ts';
import type { TrendBaseline } from '../../../ranking/trend/trend-baseline.ts';
import type { MarketChooser } from '../../retrieval/market-choice.ts';
import type { SnapshotContent } from '../../snapshot/snapshot-content.ts';
import type { TrendingSnapshot } from '../live/trending-store.ts';
import { snapshotBaseline } from './snapshot-baseline.ts';

/** What the store of trends asks of a snapshot. */
export function trendingSnapshotOf(
  { segment, manifest }: SnapshotContent,
  chooser: MarketChooser,
): TrendingSnapshot {
  const { minUsers, safety } = manifest;
  const asOfMs = manifest.asOf === null ? null : Date.parse(manifest.asOf);
  return {
    minUsers,
    safety,
    resolveMarket: (market) => chooser.choose(market).market,
    canonicalForm: (normalised) => canonicalForm(segment, normalised),
    baselineOf: (market): TrendBaseline | null =>
      segment.trends === null || asOfMs === null ? null : snapshotBaseline(segment, market, asOfMs),
  };
}
