import type { Workspace } from '../clean/workspace.ts';
import type { LogFile, LogLayout } from '../input/row-log.ts';
import { RowTally } from '../input/row-tally.ts';
import type { AsOf } from '../input/time-reader.ts';
import { readVideoLog } from '../input/video-log.ts';
import type { CompletionBlend } from './completion-blend.ts';
import {
  countPhrases,
  type Entity,
  type PhraseLosses,
  type PhraseRules,
} from './phrase-counter.ts';
import { VideoLoader } from './video-loader.ts';

/** Lists of videos to take phrases from. */
export interface VideoSource {
  /** Read in this order as one. */
  readonly files: readonly LogFile[];
  readonly layout: LogLayout;
  /** Distinct creators that a phrase needs in its market. */
  readonly minVideos: number;
}

/** What a build needs to know of its videos; a part of `IndexOptions`. */
export interface VideoOptions {
  readonly videos?: VideoSource;
  readonly asOf: AsOf | undefined;
  readonly market: string | undefined;
  readonly rules: Omit<PhraseRules, 'minVideos'>;
  readonly maxMalformedShare: number | undefined;
}

/** What came of the videos. */
export interface VideoReport {
  readonly rows: number;
  readonly malformed: number;
  /** `FILE:LINE: why` of the first malformed rows. */
  readonly malformedExamples: readonly string[];
  /** Rows without title, tags and description. */
  readonly empty: number;
  readonly afterAsOf: number;
  /** Videos without an id, each counted for itself unless it names its creator. */
  readonly unnamed: number;
  /** Completions of kind entity. */
  readonly entities: number;
  /** Phrases that people search for, too. */
  readonly searched: number;
  readonly losses: PhraseLosses;
}

export interface LoadedVideos {
  readonly loader: VideoLoader;
  readonly tally: RowTally;
  readonly newestUs: number | undefined;
  readonly minVideos: number;
}

/** The phrases of a build's videos; none when it has no videos. */
export interface MinedPhrases {
  readonly entities: readonly Entity[];
  report(blend: CompletionBlend): VideoReport | null;
  /** The same for the manifest, by name. */
  counters(blend: CompletionBlend): Readonly<Record<string, number>>;
}

/** Reads the videos into the workspace; null when there are none to read. */
export async function loadVideos(
  workspace: Workspace,
  options: VideoOptions,
  io: {
    readonly onStep: (what: string) => void;
    readonly onRows: (rows: number) => void;
    readonly nowMs: () => number;
  },
): Promise<LoadedVideos | null> {
  const { videos, asOf, market } = options;
  if (videos === undefined || videos.files.length === 0) return null;
  io.onStep('reading videos');
  const tally = new RowTally(options.maxMalformedShare);
  const { group } = options.rules;
  const loader = await VideoLoader.open(workspace, { asOf, market, group });
  try {
    for await (const rows of readVideoLog(videos.files, videos.layout, io.nowMs(), tally)) {
      for (const row of rows) loader.add(row);
      io.onRows(tally.rows);
    }
  } finally {
    loader.close();
  }
  return { loader, tally, newestUs: loader.newestUs, minVideos: videos.minVideos };
}

/** Finds the phrases that enough creators carry; `asOfUs` is the instant that ages count from. */
export async function minePhrases(
  workspace: Workspace,
  options: VideoOptions,
  videos: LoadedVideos | null,
  asOfUs: number | undefined,
  onStep: (what: string) => void,
): Promise<MinedPhrases> {
  if (videos === null) return { entities: [], report: () => null, counters: () => ({}) };
  const { loader, tally } = videos;
  const { group, safety, halfLifeDays } = options.rules;
  const rules = { group, safety, halfLifeDays, minVideos: videos.minVideos };
  const input = { markets: loader.markets, market: options.market, asOfUs };
  const { entities, losses } = await countPhrases(workspace, rules, input, onStep);
  const report = (blend: CompletionBlend): VideoReport => ({
    rows: tally.rows,
    malformed: tally.malformed,
    malformedExamples: tally.examples,
    empty: tally.empty,
    afterAsOf: loader.afterAsOf,
    unnamed: loader.unnamed,
    entities: entities.length - blend.searched,
    searched: blend.searched,
    losses: { ...losses, personalData: losses.personalData + loader.withPersonalData },
  });
  return {
    entities,
    report,
    counters: (blend) => {
      const { losses: left, ...counts } = report(blend);
      return {
        videos: counts.rows,
        videosMalformed: counts.malformed,
        videosEmpty: counts.empty,
        videosAfterAsOf: counts.afterAsOf,
        videosUnnamed: counts.unnamed,
        entities: counts.entities,
        phrasesSearched: counts.searched,
        phrasesBelowThreshold: left.belowThreshold,
        phrasesUnnamed: left.unnamed,
        phrasesBlocked: left.blocked,
        phrasesPersonalData: left.personalData,
      };
    },
  };
}
