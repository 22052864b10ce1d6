import {
  type LexiconFileName,
  parseLexiconFileName,
} from '../../dictionaries/lexicon/lexicon-file-name.ts';
import type { LexiconSet } from '../../dictionaries/lexicon/lexicon-set.ts';
import { canonicalMarket } from '../../dictionaries/market-tag.ts';
import { usageError } from '../build-error.ts';
import {
  type BuildReport,
  buildIndex,
  DEFAULT_MIN_VIDEOS,
  DEFAULT_RULES,
  defaultMemoryBytes,
  type IndexOptions,
} from '../build-index.ts';
import { type CommandIo, parseCommandLine } from '../command-line.ts';
import {
  type CommentSource,
  DEFAULT_MIN_MENTIONS,
  type EntityReport,
} from '../entities/entity-build.ts';
import { COMMENT_COLUMNS, parseColumnMapping, VIDEO_COLUMNS } from '../input/column-mapping.ts';
import { parseAsOf } from '../input/time-reader.ts';
import type { VideoReport, VideoSource } from '../phrases/video-build.ts';
import type { VariantsReport } from '../variants/variants-build.ts';
import type { VideoEvidenceReport } from '../video-evidence/video-evidence-build.ts';
import { repeatListOptions } from './file-lists.ts';
import { Progress } from './progress.ts';

export const USAGE = `foretype index [--queries FILE…] [--columns at=time,user=uid,query=q] [--no-header] [--time-format F]
         [--videos FILE…] [--video-columns video="Video ID",title=Title,tags=tags] [--min-videos K]
         [--comments FILE…] [--comment-columns video="Video ID",text=Comment] [--min-mentions K]
         [--synonyms [MARKET=]FILE…] [--stop-words [MARKET=]FILE…]
         [--market M] [--min-users K] [--group none|surface|variants] [--no-safety] [--as-of TIME]
         [--half-life DAYS] [--user-form-cap N] [--user-day-cap N] [--max-malformed SHARE] [--memory GB] --out DIR`;
const NOT_YET = ['events'] as const;
const GROUPS = ['none', 'surface', 'variants'] as const;

/** `foretype index`: builds a snapshot from query logs and lists of videos and publishes it. Resolves to the exit code. */
export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const options = parseIndexOptions(args);
  const progress = new Progress(io, () => performance.now());
  try {
    const report = await buildIndex(options, {
      onStep: (what) => progress.step(what),
      onRows: (rows) => progress.rows(rows),
      nowMs: () => Date.now(),
    });
    progress.finish();
    printReport(report, options, progress.seconds, io);
    return 0;
  } catch (error) {
    progress.finish();
    throw error;
  }
}

function parseIndexOptions(args: readonly string[]): IndexOptions {
  const lists = ['--queries', '--videos', '--comments', '--synonyms', '--stop-words'];
  const { values, positionals } = parseCommandLine(repeatListOptions(args, lists), USAGE, {
    queries: { type: 'string', multiple: true },
    columns: { type: 'string', multiple: true },
    'no-header': { type: 'boolean', default: false },
    'time-format': { type: 'string' },
    market: { type: 'string' },
    'min-users': { type: 'string' },
    group: { type: 'string' },
    'no-safety': { type: 'boolean', default: false },
    'as-of': { type: 'string' },
    'half-life': { type: 'string' },
    'user-form-cap': { type: 'string' },
    'user-day-cap': { type: 'string' },
    'max-malformed': { type: 'string' },
    memory: { type: 'string' },
    out: { type: 'string' },
    videos: { type: 'string', multiple: true },
    'video-columns': { type: 'string', multiple: true },
    synonyms: { type: 'string', multiple: true },
    'stop-words': { type: 'string', multiple: true },
    comments: { type: 'string', multiple: true },
    'comment-columns': { type: 'string', multiple: true },
    events: { type: 'string' },
    'min-mentions': { type: 'string' },
    'min-videos': { type: 'string' },
  });
  const [stray] = positionals;
  if (stray !== undefined) throw usageError(`unexpected ${JSON.stringify(stray)}\nusage: ${USAGE}`);
  for (const name of NOT_YET) {
    if (values[name] !== undefined) throw usageError(`--${name} is not in this version yet`);
  }
  const { queries = [], videos = [], comments = [] } = values;
  const files = [...queries, ...videos, ...comments];
  if (files.includes('') || files.length === 0) {
    throw usageError(
      `expected --queries FILE…, --videos FILE… or --comments FILE…\nusage: ${USAGE}`,
    );
  }
  for (const name of ['comment-columns', 'min-mentions'] as const) {
    if (values[name] !== undefined && comments.length === 0) {
      throw usageError(`--${name} says how --comments are read; give --comments FILE…`);
    }
  }
  for (const name of ['video-columns', 'min-videos'] as const) {
    if (values[name] !== undefined && videos.length === 0) {
      throw usageError(`--${name} says how --videos are read; give --videos FILE…`);
    }
  }
  if (values.out === undefined || values.out === '') {
    throw usageError(`expected --out DIR\nusage: ${USAGE}`);
  }
  const asOf = values['as-of'] === undefined ? undefined : parseAsOf(values['as-of']);
  const group = GROUPS.find((name) => name === (values.group ?? DEFAULT_RULES.group));
  if (group === undefined) {
    throw usageError(
      `--group: expected none, surface or variants, got ${JSON.stringify(values.group)}`,
    );
  }
  const memoryGigabytes = parseNumber('--memory', values.memory, { least: 0.25, preset: 0 });
  const reading = {
    hasHeader: !values['no-header'],
    times: { format: values['time-format'], asOfUs: asOf?.atUs },
  };
  const videoColumns = values['video-columns'] ?? [];
  const videoSource: VideoSource = {
    files: videos,
    layout: {
      ...reading,
      columns: parseColumnMapping(videoColumns, '--video-columns', VIDEO_COLUMNS),
    },
    minVideos: parseNumber('--min-videos', values['min-videos'], {
      least: 1,
      isWhole: true,
      preset: DEFAULT_MIN_VIDEOS,
    }),
  };
  const commentColumns = values['comment-columns'] ?? [];
  const commentSource: CommentSource = {
    files: comments,
    layout: {
      ...reading,
      columns: parseColumnMapping(commentColumns, '--comment-columns', COMMENT_COLUMNS),
    },
    minMentions: parseNumber('--min-mentions', values['min-mentions'], {
      least: 1,
      isWhole: true,
      preset: DEFAULT_MIN_MENTIONS,
    }),
  };
  return {
    queries,
    layout: { ...reading, columns: parseColumnMapping(values.columns ?? [], '--columns') },
    ...(videos.length > 0 ? { videos: videoSource } : {}),
    ...(comments.length > 0 ? { comments: commentSource } : {}),
    lexicon: {
      synonyms: parseFileNames('--synonyms', values.synonyms),
      stopWords: parseFileNames('--stop-words', values['stop-words']),
    },
    asOf,
    market: parseMarket(values.market),
    rules: {
      ...DEFAULT_RULES,
      group,
      safety: !values['no-safety'],
      minUsers: parseNumber('--min-users', values['min-users'], {
        least: 1,
        isWhole: true,
        preset: DEFAULT_RULES.minUsers,
      }),
      halfLifeDays: parseNumber('--half-life', values['half-life'], {
        least: 0,
        preset: DEFAULT_RULES.halfLifeDays,
      }),
      userFormCap: parseNumber('--user-form-cap', values['user-form-cap'], {
        least: 1,
        isWhole: true,
        preset: DEFAULT_RULES.userFormCap,
      }),
      userDayCap: parseNumber('--user-day-cap', values['user-day-cap'], {
        least: 1,
        isWhole: true,
        preset: DEFAULT_RULES.userDayCap,
      }),
    },
    maxMalformedShare:
      values['max-malformed'] === undefined
        ? undefined
        : parseNumber('--max-malformed', values['max-malformed'], { least: 0, most: 1, preset: 0 }),
    memoryBytes: memoryGigabytes === 0 ? defaultMemoryBytes() : memoryGigabytes * 1024 ** 3,
    indexDir: values.out,
  };
}

function parseFileNames(option: string, values: readonly string[] = []): LexiconFileName[] {
  return values.map((value) => {
    const name = parseLexiconFileName(value);
    if (name !== null) return name;
    throw usageError(`${option}: expected [MARKET=]FILE, got ${JSON.stringify(value)}`);
  });
}

interface NumberBounds {
  readonly least: number;
  readonly most?: number;
  readonly isWhole?: boolean;
  /** What holds when the option is not given. */
  readonly preset: number;
}

function parseNumber(option: string, text: string | undefined, bounds: NumberBounds): number {
  if (text === undefined) return bounds.preset;
  const { least, most = 1e9, isWhole = false } = bounds;
  const form = isWhole ? /^\d+$/ : /^\d+(?:\.\d+)?$/;
  const value = form.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    const kind = isWhole ? 'a whole number' : 'a number';
    throw usageError(
      `${option}: expected ${kind} from ${least} to ${most}, got ${JSON.stringify(text)}`,
    );
  }
  return value;
}

function parseMarket(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const market = canonicalMarket(text);
  if (market === null) {
    throw usageError(`--market: expected a BCP 47 tag such as en-US, got ${JSON.stringify(text)}`);
  }
  return market;
}

function printReport(
  report: BuildReport,
  options: IndexOptions,
  seconds: number,
  io: CommandIo,
): void {
  const { losses, totals } = report;
  for (const warning of report.warnings) io.stderr.write(`warning: ${warning}\n`);
  printMalformed('rows', report.malformed, report.malformedExamples, io);
  printMalformed(
    'videos',
    report.videos?.malformed ?? 0,
    report.videos?.malformedExamples ?? [],
    io,
  );
  printMalformed(
    'comments',
    report.comments?.malformed ?? 0,
    report.comments?.malformedExamples ?? [],
    io,
  );
  const left: readonly (readonly [number, string])[] = [
    [report.malformed, 'malformed'],
    [report.empty, 'without a query'],
    [report.afterAsOf, 'later than --as-of'],
    [losses.rows.tooLong, 'over 128 code points'],
    [losses.rows.personalData, 'with personal data'],
    [losses.rows.blocked, 'blocked'],
    [losses.repeats, 'repeats and result-page turns'],
    [losses.keystrokes, 'keystroke traces'],
    [losses.capped, 'over the caps of a user'],
  ];
  const queryLines = [
    `rows read          ${report.rows}`,
    ...left.filter(([rows]) => rows > 0).map(([rows, why]) => `  left out         ${rows} ${why}`),
    `below threshold    ${losses.belowThreshold} (fewer than ${options.rules.minUsers} users in a market)`,
  ];
  const lines = [
    ...(options.queries.length > 0 ? queryLines : []),
    ...commentLines(report.comments),
    ...evidenceLines(report.videoEvidence),
    ...videoLines(report.videos, options.videos?.minVideos ?? DEFAULT_MIN_VIDEOS),
    `completions        ${totals.completions}${totals.aliases > 0 ? ` and ${totals.aliases} other spellings` : ''}`,
    ...variantLines(report.variants),
    `markets            ${totals.markets.map(({ market, completions }) => `${market} ${completions}`).join(', ')}`,
    ...lexiconLines(report.lexicon),
    `as of              ${report.asOf ?? 'no time given'}`,
    `segment            ${report.segmentBytes} bytes`,
    `snapshot           ${report.snapshot} in ${options.indexDir}`,
    `time               ${seconds.toFixed(1)} s, ${Math.round((report.rows + (report.videos?.rows ?? 0)) / seconds)} rows/s`,
  ];
  io.stdout.write(`${lines.join('\n')}\n`);
}

function variantLines(variants: VariantsReport | null): readonly string[] {
  if (variants === null) return [];
  const kinds = Object.entries(variants.byKind).map(([kind, merges]) => `${kind} ${merges}`);
  const byKind = kinds.length === 0 ? '' : ` (${kinds.sort().join(', ')})`;
  return [`variants merged    ${variants.merges}${byKind}; kept apart ${variants.keptApart} pairs`];
}

function lexiconLines(lexicon: LexiconSet): string[] {
  if (lexicon.isEmpty) return [];
  return [
    `lexicon            synonym rules ${lexicon.ruleCount}, stop words ${lexicon.stopWordCount}`,
  ];
}

function evidenceLines(evidence: VideoEvidenceReport | null): readonly string[] {
  if (evidence === null) return [];
  const { videos, pairs, words } = evidence;
  return [
    `after videos       ${videos} videos known, ${pairs} pairs searched, ${words} words that lead on`,
  ];
}

function commentLines(comments: EntityReport | null): readonly string[] {
  if (comments === null) return [];
  const left: readonly (readonly [number, string])[] = [
    [comments.malformed, 'malformed'],
    [comments.empty, 'without a text'],
    [comments.afterAsOf, 'later than --as-of'],
  ];
  return [
    `comments read      ${comments.comments}`,
    ...left
      .filter(([count]) => count > 0)
      .map(([count, why]) => `  left out         ${count} ${why}`),
    `  surfaces         ${comments.surfaces}, of which ${comments.unsearched} are no logged query and ${comments.ambiguous} are judged by the words around them`,
  ];
}

function printMalformed(what: string, count: number, examples: readonly string[], io: CommandIo) {
  if (count === 0) return;
  io.stderr.write(`malformed ${what}: ${count}, the first ones:\n`);
  for (const example of examples) io.stderr.write(`  ${example}\n`);
}

function videoLines(videos: VideoReport | null, minVideos: number): readonly string[] {
  if (videos === null) return [];
  const left: readonly (readonly [number, string])[] = [
    [videos.malformed, 'malformed'],
    [videos.empty, 'without title, tags and description'],
    [videos.afterAsOf, 'later than --as-of'],
    [videos.losses.personalData, 'tags and parts of titles with personal data'],
    [videos.losses.blocked, 'phrases blocked'],
    [videos.losses.unnamed, 'phrases that name nothing (packaging, dates, fragments)'],
  ];
  return [
    `videos read        ${videos.rows}`,
    ...left
      .filter(([count]) => count > 0)
      .map(([count, why]) => `  left out         ${count} ${why}`),
    `  below threshold  ${videos.losses.belowThreshold} tags (fewer than ${minVideos} creators in a market)`,
    `  entities         ${videos.entities}${videos.searched > 0 ? `, and ${videos.searched} phrases that people search for` : ''}`,
  ];
}
