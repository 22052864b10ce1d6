import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { encodeLexicon } from '../dictionaries/lexicon/lexicon-codec.ts';
import { LexiconSet } from '../dictionaries/lexicon/lexicon-set.ts';
import { BuildError } from './build-error.ts';
import { Workspace } from './clean/workspace.ts';
import { type CompletionTotals, streamCompletions } from './counting/completion-stream.ts';
import { loadJapaneseReader } from './counting/japanese-readings.ts';
import { type CountingLosses, type CountingRules, countQueries } from './counting/query-counter.ts';
import { RowLoader } from './counting/row-loader.ts';
import { type CommentSource, EntityBuild, type EntityReport } from './entities/entity-build.ts';
import type { SurfaceEvidence } from './entities/surface-worth.ts';
import { type Listed, listEvents } from './event-lists.ts';
import { checkCommentLog } from './input/comment-log.ts';
import { checkEvents, type EventReport } from './input/event-source.ts';
import { checkQueryLog, readQueryLog } from './input/query-log.ts';
import type { LogLayout } from './input/row-log.ts';
import { RowTally } from './input/row-tally.ts';
import type { AsOf } from './input/time-reader.ts';
import { checkVideoLog } from './input/video-log.ts';
import { type LexiconFileLists, readLexicon } from './lexicon-files.ts';
import { makeOutputFolder } from './output-folder.ts';
import { CompletionBlend, readSearchedTotals } from './phrases/completion-blend.ts';
import {
  loadVideos,
  minePhrases,
  type VideoReport,
  type VideoSource,
} from './phrases/video-build.ts';
import { mineRelated } from './related/related-build.ts';
import { withBuildLock } from './segment/build-lock.ts';
import { leftoverName } from './segment/leftovers.ts';
import type { SnapshotInfo } from './segment/manifest.ts';
import { publishSnapshot, type SnapshotRecord } from './segment/publish.ts';
import { SegmentBuilder } from './segment/segment-builder.ts';
import { TrendBuild } from './trends/trend-build.ts';
import { buildVariants, type VariantsReport } from './variants/variants-build.ts';
import {
  addVideoEvidence,
  type VideoEvidenceReport,
} from './video-evidence/video-evidence-build.ts';

const GIGABYTE = 1024 ** 3;
/** Times before this in every row look like epoch seconds read as milliseconds. */
const EARLIEST_LIKELY_US = Date.UTC(1973, 0) * 1000;

export interface IndexOptions {
  /** Query logs, read in this order as one. */
  readonly queries: readonly string[];
  readonly layout: LogLayout;
  /** Videos whose phrases become completions, too. */
  readonly videos?: VideoSource;
  /** Comments that say what is named, and so becomes a link. */
  readonly comments?: CommentSource;
  /** A server's data folder, or its event log: what people searched, wrote and watched counts beside the files. */
  readonly events?: string;
  /** Synonyms and stop words that the snapshot keeps. */
  readonly lexicon?: LexiconFileLists;
  /** Instant that ages count from; undefined for that of the newest row. */
  readonly asOf: AsOf | undefined;
  /** Market of requests that name none. */
  readonly market: string | undefined;
  readonly rules: CountingRules;
  /** Share of malformed rows that is let through; undefined for the default of `RowTally`. */
  readonly maxMalformedShare: number | undefined;
  /** Most memory that the cleaning database takes, the segment being built apart. */
  readonly memoryBytes: number;
  /** Folder of the index; it is made if need be. */
  readonly indexDir: string;
}

/** The rules that hold unless the caller says otherwise. */
export const DEFAULT_RULES: CountingRules = {
  group: 'variants',
  safety: true,
  minUsers: 5,
  halfLifeDays: 30,
  sessionPauseMinutes: 30,
  keystrokePauseSeconds: 10,
  userFormCap: 10,
  userDayCap: 500,
};

/** A quarter of the machine's memory, 4 GB at most. */
export function defaultMemoryBytes(): number {
  return Math.min(4 * GIGABYTE, Math.floor(totalmem() / 4));
}

/** Where a build says what it does, and what it takes the wall clock from. */
export interface BuildIo {
  /** Sees what is known of every surface that comments may be linked by: for fitting the weights of entities/. */
  readonly onSurface?: (evidence: SurfaceEvidence) => void;
  /** A step begins. */
  readonly onStep: (what: string) => void;
  /** Rows read so far. */
  readonly onRows: (rows: number) => void;
  readonly nowMs: () => number;
}

export interface BuildReport {
  readonly snapshot: string;
  readonly asOf: string | null;
  readonly rows: number;
  readonly malformed: number;
  /** `FILE:LINE: why` of the first malformed rows. */
  readonly malformedExamples: readonly string[];
  readonly empty: number;
  readonly afterAsOf: number;
  readonly losses: CountingLosses;
  readonly totals: CompletionTotals;
  /** What was merged as variants; null with another grouping. */
  readonly variants: VariantsReport | null;
  /** What came of the videos; null when none were given. */
  readonly videos: VideoReport | null;
  /** What is searched after videos; null when neither a video was given nor a search with one. */
  readonly videoEvidence: VideoEvidenceReport | null;
  /** What came of the comments, and what names were mined of them, of titles, tags and queries. */
  readonly comments: EntityReport;
  /** What came of the events; null when none were given. */
  readonly events: EventReport | null;
  /** The synonyms and stop words that the snapshot keeps. */
  readonly lexicon: LexiconSet;
  readonly segmentBytes: number;
  readonly warnings: readonly string[];
}

/**
 * Builds a snapshot from query logs and lists of videos and makes it current in `indexDir`; the same input and options give the same bytes.
 * What it works with lies in a passing folder of `indexDir`, which is removed in the end, or by the next build.
 *
 * Throws `BuildError` for wrong usage, unreadable input, a malformed lexicon file or too many malformed rows, and `SegmentError` when another build
 * runs; in every case the snapshot before stays current.
 */
export async function buildIndex(options: IndexOptions, io: BuildIo): Promise<BuildReport> {
  await checkQueryLog(options.queries, options.layout);
  if (options.videos !== undefined) {
    await checkVideoLog(options.videos.files, options.videos.layout);
  }
  if (options.comments !== undefined) {
    await checkCommentLog(options.comments.files, options.comments.layout);
  }
  if (options.events !== undefined) await checkEvents(options.events);
  const lexicon =
    options.lexicon === undefined ? LexiconSet.EMPTY : await readLexicon(options.lexicon);
  await makeOutputFolder(options.indexDir);
  return withBuildLock(options.indexDir, async () => {
    const folder = join(options.indexDir, leftoverName('work'));
    await mkdir(folder);
    try {
      const counted = await countInto(folder, options, lexicon, io);
      io.onStep('publishing');
      const { segment, info, records } = counted;
      const { snapshot } = await publishSnapshot(options.indexDir, { segment, info, records });
      return { ...counted.report, snapshot, segmentBytes: segment.byteLength };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

interface Counted {
  readonly segment: Uint8Array;
  readonly info: SnapshotInfo;
  readonly records: readonly SnapshotRecord[];
  readonly report: Omit<BuildReport, 'snapshot' | 'segmentBytes'>;
}

async function countInto(
  folder: string,
  given: IndexOptions,
  lexicon: LexiconSet,
  io: BuildIo,
): Promise<Counted> {
  const { events, options } = await listEvents(folder, given, io.onStep);
  const workspace = await Workspace.open({
    folder,
    memoryBytes: options.memoryBytes,
    threads: availableParallelism(),
  });
  try {
    const tally = new RowTally(options.maxMalformedShare);
    const loader = await loadRows(workspace, options, tally, io);
    const videos = await loadVideos(workspace, options, io);
    const entities = await EntityBuild.open(workspace, options, io);
    if (tally.rows + (videos?.tally.rows ?? 0) + entities.rows === 0) {
      throw noRows(given);
    }
    const asOfUs = newestOf(
      loader.asOfUs,
      options.asOf === undefined ? videos?.newestUs : undefined,
    );
    const { loaded, largestCount } = loader;
    const losses = await countQueries(
      workspace,
      options.rules,
      { asOfUs, loaded, largestCount },
      io.onStep,
    );
    const { group } = options.rules;
    const variants = await buildVariants(workspace, group, loader.markets, io.onStep);
    const related = await mineRelated(workspace, io.onStep);
    const trends = await TrendBuild.read(workspace, loader.markets, {
      minUsers: options.rules.minUsers,
      keepsRises: group !== 'none',
      hasTimes: asOfUs !== undefined,
    });
    const phrases = await minePhrases(workspace, options, videos, asOfUs, io.onStep);
    await entities.choose();
    io.onStep('building the segment');
    const builder = new SegmentBuilder();
    if (!lexicon.isEmpty) builder.setLexicon(encodeLexicon(lexicon));
    const searched = await readSearchedTotals(workspace, loader.markets);
    const blend = new CompletionBlend(
      phrases.entities,
      searched,
      options.rules.group,
      (completion) => {
        entities.addCompletion(completion);
        related.addCompletion(completion);
        trends.addCompletion(completion);
        builder.add(completion);
      },
    );
    await streamCompletions(workspace, loader.markets, (completion) =>
      blend.addSearched(completion),
    );
    const totals = blend.finish();
    const mined = await entities.finish();
    builder.setLinker(mined);
    builder.setRelated(related.finish());
    builder.setTrends(trends.finish());
    const asOf = asOfUs === undefined ? null : new Date(asOfUs / 1000).toISOString();
    const { rows, malformed, empty, examples } = tally;
    const info: SnapshotInfo = {
      asOf,
      market: options.market ?? null,
      markets: totals.markets,
      completions: totals.completions,
      minUsers: options.rules.minUsers,
      group: options.rules.group,
      safety: options.rules.safety,
      halfLifeDays: options.rules.halfLifeDays,
      ...(events === null || events.upTo === null ? {} : { events: events.upTo }),
      input: {
        rows,
        malformed,
        empty: empty + losses.rows.empty,
        afterAsOf: loader.afterAsOf,
        anonymous: loader.anonymous,
        exempt: loader.exempt,
        tooLong: losses.rows.tooLong,
        personalData: losses.rows.personalData,
        blocked: losses.rows.blocked,
        repeats: losses.repeats,
        keystrokes: losses.keystrokes,
        capped: losses.capped,
        belowThreshold: losses.belowThreshold,
        ...(variants === null ? {} : { variants: variants.report.merges }),
        ...phrases.counters(blend),
        ...(events === null
          ? {}
          : { events: events.report.records, eventsRemoved: events.report.removed }),
        ...(mined.report.comments === 0 ? {} : { comments: mined.report.comments }),
        surfaces: mined.report.surfaces,
      },
    };
    const report = {
      asOf,
      rows,
      malformed,
      malformedExamples: examples,
      empty: empty + losses.rows.empty,
      afterAsOf: loader.afterAsOf,
      losses,
      totals,
      videos: phrases.report(blend),
      variants: variants?.report ?? null,
      comments: mined.report,
      events: events?.report ?? null,
      lexicon,
      warnings: warningsOf(loader, losses, totals, events?.report.unnamed ?? 0),
    };
    const records = variants === null ? [] : [variants.audit];
    const finished = await finishSegment(builder, totals, options);
    const { segment, report: videoEvidence } = await addVideoEvidence(
      finished,
      workspace,
      options,
      io,
    );
    return { segment, info, records, report: { ...report, videoEvidence } };
  } finally {
    workspace.close();
  }
}

/** Finishes the segment; the reader of Japanese, which takes a second to load, only for an index that has Japanese text. */
async function finishSegment(
  builder: SegmentBuilder,
  { markets }: CompletionTotals,
  options: Listed<IndexOptions>,
): Promise<Uint8Array> {
  const only = markets.length === 1 ? markets[0]?.market : undefined;
  const market = (only === 'und' ? undefined : only) ?? options.market ?? null;
  const japanese = builder.hasJapanese(market) ? await loadJapaneseReader() : null;
  return builder.finish({ japanese, market });
}

async function loadRows(
  workspace: Workspace,
  options: Listed<IndexOptions>,
  tally: RowTally,
  io: BuildIo,
): Promise<RowLoader> {
  io.onStep('reading rows');
  await workspace.runStep('01-raw-rows');
  const loader = await RowLoader.open(workspace, options.asOf);
  try {
    for await (const rows of readQueryLog(options.queries, options.layout, io.nowMs(), tally)) {
      for (const row of rows) loader.add(row);
      io.onRows(tally.rows);
    }
  } finally {
    loader.close();
  }
  return loader;
}

function noRows({ queries, videos, comments, events }: IndexOptions): BuildError {
  const lists = [queries, videos?.files ?? [], comments?.files ?? [], events ?? []].flat();
  const files = lists.map((file) => (typeof file === 'string' ? file : file.path)).join(', ');
  return new BuildError('no-rows', `no rows in ${files}; the index was left as it is`);
}

/** The later of two instants, either of which may be unknown. */
function newestOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function warningsOf(
  loader: RowLoader,
  losses: CountingLosses,
  totals: CompletionTotals,
  unnamedEvents: number,
): readonly string[] {
  const warnings: string[] = [];
  const { anonymous, exempt, asOfUs } = loader;
  if (anonymous > 0) {
    warnings.push(
      `${anonymous} rows have neither user nor count: each is taken for one search by a user of its own`,
    );
  }
  if (unnamedEvents > 0) {
    warnings.push(
      `${unnamedEvents} search events name no user: those of one query are together taken for one user`,
    );
  }
  if (exempt > 0) {
    warnings.push(
      `${exempt} counted rows tell neither user nor users and pass the threshold; it would have held back ` +
        `${losses.passedExempt} of their completions`,
    );
  }
  if (asOfUs !== undefined && asOfUs < EARLIEST_LIKELY_US && loader.undated < loader.loaded) {
    warnings.push(
      'every time lies before 1973: if the log has epoch seconds, give --time-format %s',
    );
  }
  if (totals.completions === 0) warnings.push('no completion reached the threshold');
  return warnings;
}
