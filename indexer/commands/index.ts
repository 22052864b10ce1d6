import { usageError } from '../build-error.ts';
import { buildIndex } from '../build-index.ts';
import { type CommandIo, type CommandLine, parseCommandLine } from '../command-line.ts';
import type { CountingRules } from '../counting/query-counter.ts';
import { type CommentSource, DEFAULT_MIN_MENTIONS } from '../entities/entity-build.ts';
import { DEFAULT_MIN_VIDEOS } from '../event-lists.ts';
import { DEFAULT_RULES, defaultMemoryBytes, type IndexOptions } from '../index-options.ts';
import { COMMENT_COLUMNS, parseColumnMapping, VIDEO_COLUMNS } from '../input/column-mapping.ts';
import type { LogLayout } from '../input/row-log.ts';
import { parseAsOf } from '../input/time-reader.ts';
import type { VideoSource } from '../phrases/video-build.ts';
import { printReport } from './build-summary.ts';
import { repeatListOptions } from './file-lists.ts';
import { parseFileNames, parseMarket, parseNumber, parseWhole } from './option-values.ts';
import { Progress } from './progress.ts';

export const USAGE = `foretype index [--queries FILE…] [--columns at=time,user=uid,query=q] [--no-header] [--time-format F]
         [--videos FILE…] [--video-columns video="Video ID",title=Title,tags=tags] [--min-videos K]
         [--comments FILE…] [--comment-columns video="Video ID",text=Comment] [--min-mentions K]
         [--events DIR] [--synonyms [MARKET=]FILE…] [--stop-words [MARKET=]FILE…]
         [--market M] [--min-users K] [--group none|surface|variants] [--no-safety] [--as-of TIME]
         [--half-life DAYS] [--user-form-cap N] [--user-day-cap N] [--max-malformed SHARE] [--memory GB] --out DIR`;
const GIGABYTE = 1024 ** 3;
const GROUPS = ['none', 'surface', 'variants'] as const;

/** `foretype index`: builds a snapshot from query logs, lists of videos and comments, and a server's events, and publishes it. Resolves to the exit code. */
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

const OPTIONS = {
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
} as const;

type Values = CommandLine<typeof OPTIONS>['values'];

function parseIndexOptions(args: readonly string[]): IndexOptions {
  const lists = ['--queries', '--videos', '--comments', '--synonyms', '--stop-words'];
  const { values, positionals } = parseCommandLine(repeatListOptions(args, lists), USAGE, OPTIONS);
  const [stray] = positionals;
  if (stray !== undefined) throw usageError(`unexpected ${JSON.stringify(stray)}\nusage: ${USAGE}`);
  checkFiles(values);
  const { queries = [], events, out: indexDir } = values;
  if (indexDir === undefined || indexDir === '') {
    throw usageError(`expected --out DIR\nusage: ${USAGE}`);
  }
  const asOf = values['as-of'] === undefined ? undefined : parseAsOf(values['as-of']);
  const reading = {
    hasHeader: !values['no-header'],
    times: { format: values['time-format'], asOfUs: asOf?.atUs },
  };
  const memory = parseNumber('--memory', values.memory, { least: 0.25, preset: 0 });
  const share = values['max-malformed'];
  return {
    queries,
    layout: { ...reading, columns: parseColumnMapping(values.columns ?? [], '--columns') },
    ...textSourcesOf(values, reading),
    ...(events === undefined ? {} : { events }),
    lexicon: {
      synonyms: parseFileNames('--synonyms', values.synonyms),
      stopWords: parseFileNames('--stop-words', values['stop-words']),
    },
    asOf,
    market: parseMarket(values.market),
    rules: rulesOf(values),
    maxMalformedShare:
      share === undefined
        ? undefined
        : parseNumber('--max-malformed', share, { least: 0, most: 1, preset: 0 }),
    memoryBytes: memory === 0 ? defaultMemoryBytes() : memory * GIGABYTE,
    indexDir,
  };
}

/** Throws unless there is something to read, and for an option that says how something is read which is not given. */
function checkFiles(values: Values): void {
  const { queries = [], videos = [], comments = [], events } = values;
  const files = [...queries, ...videos, ...comments, ...(events === undefined ? [] : [events])];
  if (files.includes('') || files.length === 0) {
    throw usageError(
      `expected --queries FILE…, --videos FILE…, --comments FILE… or --events DIR\nusage: ${USAGE}`,
    );
  }
  for (const [name, list, files] of [
    ['comment-columns', 'comments', comments],
    ['video-columns', 'videos', videos],
  ] as const) {
    if (values[name] !== undefined && files.length === 0) {
      throw usageError(`--${name} says how --${list} are read; give --${list} FILE…`);
    }
  }
  for (const [name, list, files] of [
    ['min-mentions', 'comments', comments],
    ['min-videos', 'videos', videos],
  ] as const) {
    if (values[name] !== undefined && files.length === 0 && events === undefined) {
      throw usageError(
        `--${name} says how --${list} are read; give --${list} FILE… or --events DIR`,
      );
    }
  }
}

/** Videos and comments, in files or among events. */
function textSourcesOf(
  values: Values,
  reading: Omit<LogLayout, 'columns'>,
): Pick<IndexOptions, 'videos' | 'comments'> {
  const { videos = [], comments = [], events } = values;
  const videoColumns = values['video-columns'] ?? [];
  const videoSource: VideoSource = {
    files: videos,
    layout: {
      ...reading,
      columns: parseColumnMapping(videoColumns, '--video-columns', VIDEO_COLUMNS),
    },
    minVideos: parseWhole('--min-videos', values['min-videos'], DEFAULT_MIN_VIDEOS),
  };
  const commentColumns = values['comment-columns'] ?? [];
  const commentSource: CommentSource = {
    files: comments,
    layout: {
      ...reading,
      columns: parseColumnMapping(commentColumns, '--comment-columns', COMMENT_COLUMNS),
    },
    minMentions: parseWhole('--min-mentions', values['min-mentions'], DEFAULT_MIN_MENTIONS),
  };
  return {
    ...(videos.length > 0 || events !== undefined ? { videos: videoSource } : {}),
    ...(comments.length > 0 || events !== undefined ? { comments: commentSource } : {}),
  };
}

function rulesOf(values: Values): CountingRules {
  const group = GROUPS.find((name) => name === (values.group ?? DEFAULT_RULES.group));
  if (group === undefined) {
    throw usageError(
      `--group: expected none, surface or variants, got ${JSON.stringify(values.group)}`,
    );
  }
  const { minUsers, halfLifeDays, userFormCap, userDayCap } = DEFAULT_RULES;
  return {
    ...DEFAULT_RULES,
    group,
    safety: !values['no-safety'],
    minUsers: parseWhole('--min-users', values['min-users'], minUsers),
    halfLifeDays: parseNumber('--half-life', values['half-life'], {
      least: 0,
      preset: halfLifeDays,
    }),
    userFormCap: parseWhole('--user-form-cap', values['user-form-cap'], userFormCap),
    userDayCap: parseWhole('--user-day-cap', values['user-day-cap'], userDayCap),
  };
}
