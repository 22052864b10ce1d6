import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { MarketScore } from '../../indexer/segment/counted-completion.ts';
import { createManifest, type Manifest, SEGMENT_FILE } from '../../indexer/segment/manifest.ts';
import { Segment } from '../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../indexer/segment/segment-builder.ts';
import { type Random, randomBelow, seededRandom } from '../micro/seeded-random.ts';
import { simulateTexts } from '../micro/texts/simulated-texts.ts';
import { drawEvidence } from '../surfaces/next-query-graph.ts';

/** Markets of the index, the largest first; every text is of one, one in four of a second as well. */
export const MARKETS = ['de-DE', 'en-US', 'fr-FR', 'tr-TR'] as const;
const MARKET_SKEW = 2;
const SHARED_ONE_IN = 4;

export interface TimedIndex {
  readonly segment: Segment;
  readonly manifest: Manifest;
}

/**
 * An index as a large log gives it: texts of several markets, the query graph as full as the format allows, themes. `file` keeps its bytes from one run to the next; null for
 * nowhere.
 */
export function openTimedIndex(completions: number, seed: number, file: string | null): TimedIndex {
  const isKept = file !== null && existsSync(file);
  const bytes = isKept ? new Uint8Array(readFileSync(file)) : buildIndex(completions, seed);
  if (file !== null && !isKept) writeFileSync(file, bytes);
  const segment = Segment.open(bytes);
  const markets = MARKETS.map((market) => ({
    market,
    completions: segment.markets.get(market)?.size ?? 0,
  }));
  const manifest = createManifest(
    {
      ...{ asOf: null, market: null, markets, completions, minUsers: 1, group: 'surface' },
      ...{ safety: true, halfLifeDays: 0, input: {} },
    },
    [
      {
        file: SEGMENT_FILE,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    ],
  );
  return { segment, manifest };
}

function buildIndex(completions: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const texts = simulateTexts({ count: completions, seed });
  const builder = new SegmentBuilder();
  for (const { normalised, surface, score } of texts) {
    builder.add({ normalised, surface, score, markets: drawMarkets(score, random) });
  }
  builder.setRelated(drawEvidence(texts, random));
  return builder.finish();
}

function drawMarkets(score: number, random: Random): readonly MarketScore[] {
  const home = Math.floor(MARKETS.length * random() ** MARKET_SKEW);
  const market = MARKETS[home] ?? MARKETS[0];
  if (score < 2 || randomBelow(random, SHARED_ONE_IN) > 0) return [{ market, score }];
  const other = MARKETS[(home + 1) % MARKETS.length] ?? MARKETS[0];
  const there = Math.max(1, Math.floor(score / SHARED_ONE_IN));
  return [
    { market, score: score - there },
    { market: other, score: there },
  ];
}
