import { createHash } from 'node:crypto';
import { normalise } from '../../dictionaries/normalise.ts';
import { createManifest, type Manifest, SEGMENT_FILE } from '../../indexer/segment/manifest.ts';
import { Segment } from '../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../indexer/segment/segment-builder.ts';
import { DEFAULT_ENGINE_SETTINGS, type EngineSettings } from '../../serving/engine-settings.ts';
import { Engine } from '../../serving/retrieval/engine.ts';
import type { ScoredText } from '../micro/texts/scored-text.ts';
import type { TenBest } from './scoring.ts';

/** Everything that an engine does. */
export const EVERYTHING: Partial<EngineSettings> = {};
/** Exact retrieval: what begins with the typed text, or holds its words. */
export const EXACT_ONLY: Partial<EngineSettings> = {
  corrections: { ...DEFAULT_ENGINE_SETTINGS.corrections, enabled: false },
  inputMethods: false,
};
/** Spelling and input methods, without likeness of sound. */
export const WITHOUT_PHONETICS: Partial<EngineSettings> = {
  corrections: { ...DEFAULT_ENGINE_SETTINGS.corrections, phonetics: false },
};

/** A text of a set with the market that its language is told by, where it has one. */
export interface MarketText extends ScoredText {
  readonly market?: string;
}

/** A segment of texts in memory with the manifest that `foretype index --group surface` would write. */
export interface MeasuredIndex {
  readonly segment: Segment;
  readonly manifest: Manifest;
}

/** Builds the segment of a set; all texts of one market, or without any. `prepare` may give the builder what else the segment keeps. */
export function indexTexts(
  texts: readonly MarketText[],
  prepare: (builder: SegmentBuilder) => void = () => {},
): MeasuredIndex {
  const builder = new SegmentBuilder();
  for (const { normalised, surface, score, market } of texts) {
    const markets = market === undefined ? {} : { markets: [{ market, score }] };
    builder.add({ normalised, surface, score, ...markets });
  }
  prepare(builder);
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

/** The engine over an index; settings that are not given are as a server has them. */
export function openEngine(
  { segment, manifest }: MeasuredIndex,
  settings: Partial<EngineSettings>,
): Engine {
  return new Engine(segment, manifest, settings);
}

/** The normalised forms of an engine's ten best. */
export function tenBestOf(engine: Engine): TenBest {
  return (typed) =>
    engine.suggest(typed, { limit: 10 }).suggestions.map(({ text }) => normalise(text));
}
