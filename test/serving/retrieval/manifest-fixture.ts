import type { Manifest } from '../../../indexer/segment/manifest.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';

/** A manifest that fits a segment built in memory. */
export function manifestFor(segment: Segment, market: string | null = null): Manifest {
  const markets = [...segment.markets.values()].map((view) => ({
    market: view.market,
    completions: view.size,
  }));
  return {
    format: 1,
    snapshot: 's-0000000000000000',
    files: [],
    checksum: '',
    asOf: null,
    market,
    markets: markets.length > 0 ? markets : [{ market: 'und', completions: segment.completions }],
    completions: segment.completions,
    minUsers: 1,
    group: 'none',
    safety: true,
    halfLifeDays: 0,
    input: {},
  };
}
