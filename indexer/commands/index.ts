import {
  type LexiconFileName,
  parseLexiconFileName,
} from '../../dictionaries/lexicon/lexicon-file-name.ts';
import { canonicalMarket } from '../../dictionaries/market-tag.ts';
import { usageError } from '../build-error.ts';
import { buildIndex } from '../build-index.ts';
import { type CommandIo, parseCommandLine } from '../command-line.ts';
import { type CommentSource, DEFAULT_MIN_MENTIONS } from '../entities/entity-build.ts';
import { DEFAULT_MIN_VIDEOS } from '../event-lists.ts';
import { DEFAULT_RULES, defaultMemoryBytes, type IndexOptions } from '../index-options.ts';
import { COMMENT_COLUMNS, parseColumnMapping, VIDEO_COLUMNS } from '../input/column-mapping.ts';
import { parseAsOf } from '../input/time-reader.ts';
import type { VideoSource } from '../phrases/video-build.ts';
import { printReport } from './build-summary.ts';
import { repeatListOptions } from './file-lists.ts';
import { Progress } from './progress.ts';

export const USAGE = `foretype index [--queries FILE…] [--columns at=time,user=uid,query=q] [--no-header] [--time-format F]
         [--videos FILE…] [--video-columns video="Video ID",title=Title,tags=tags] [--min-videos K]
         [--comments FILE…] [--comment-columns video="Video ID",text=Comment] [--min-mentions K]
         [--events DIR] [--synonyms [MARKET=]FILE…] [--stop-words [MARKET=]FILE…]
         [--market M] [--min-users K] [--group none|surface|variants] [--no-safety] [--as-of TIME]
         [--half-life DAYS] [--user-form-cap N] [--user-day-cap N] [--max-malformed SHARE] [--memory GB] --out DIR`;
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
    ...(videos.length > 0 || events !== undefined ? { videos: videoSource } : {}),
    ...(comments.length > 0 || events !== undefined ? { comments: commentSource } : {}),
    ...(events === undefined ? {} : { events }),
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
