import {
  type LexiconFileName,
  parseLexiconFileName,
} from '../../dictionaries/lexicon/lexicon-file-name.ts';
import { ConfigError, readServeConfig, type ServeConfig } from '../config/config-file.ts';
import { LexiconFiles } from '../config/lexicon-files.ts';
import { LexiconHolder } from '../config/lexicon-holder.ts';
import { readRanking } from '../config/ranking-config.ts';
import { DEFAULT_ENGINE_SETTINGS, type EngineSettings } from '../engine-settings.ts';
import {
  type DataFolder,
  DEFAULT_DATA_DIR,
  isWithin,
  openDataFolder,
} from '../events/data-folder.ts';
import type { EventIntake } from '../events/event-intake.ts';
import { readPackageVersion } from '../package-version.ts';
import type { RankingSettings } from '../personal/create-personal-suggest.ts';
import { Enricher } from '../personal/enricher.ts';
import { describeError, type Service, type ServiceOptions, startService } from '../service.ts';
import { IndexDirectory } from '../snapshot/index-directory.ts';
import type { GuardedStore } from '../stores/guarded-store.ts';
import { type FeatureStoreSettings, openFeatureStore } from '../stores/open-feature-store.ts';
import {
  parseRedisAddress,
  type RedisAddress,
  RedisAddressError,
} from '../stores/redis-address.ts';
import { DEFAULT_ENTITY_SETTINGS } from '../surfaces/entities/entity-settings.ts';
import { readPageFiles } from '../web/static-files.ts';
import { parseArguments, parseMarketOption, parseNumberOption, UsageError } from './arguments.ts';
import type { CommandIo } from './command-io.ts';

export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 8080;
const DEFAULT_POLL_MS = 1_000;

export const USAGE =
  'foretype serve --index DIR [--port 8080] [--host 127.0.0.1] [--data DIR] [--market M] [--clock wall|events] [--poll-ms 1000]\n' +
  '         [--redis URL] [--config FILE] [--synonyms [MARKET=]FILE]… [--stop-words [MARKET=]FILE]…';

/**
 * `foretype serve`: serves the current snapshot of an index until SIGTERM or SIGINT, following `current` and the files of synonyms
 * and stop words (SIGHUP looks at once). The last line that it prints when it starts is its address. Resolves to the exit code.
 */
export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const { port, data, featureSettings, ...options } = await parseServeOptions(args, io);
  return serveWithEvents(options, data, [port], io, { featureSettings });
}

interface ServeOptions extends ServiceOptions {
  readonly data: DataFolder;
  readonly featureSettings: FeatureStoreSettings;
}

async function parseServeOptions(args: readonly string[], io: CommandIo): Promise<ServeOptions> {
  const { values } = parseArguments({
    args: [...args],
    strict: true,
    options: {
      index: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string', default: DEFAULT_HOST },
      data: { type: 'string' },
      clock: { type: 'string', default: 'wall' },
      market: { type: 'string' },
      'poll-ms': { type: 'string' },
      redis: { type: 'string' },
      config: { type: 'string' },
      synonyms: { type: 'string', multiple: true },
      'stop-words': { type: 'string', multiple: true },
    },
  });
  if (values.index === undefined) throw new UsageError(`expected --index DIR\n${USAGE}`);
  if (values.clock !== 'wall' && values.clock !== 'events') {
    throw new UsageError(`--clock: expected wall or events, got '${values.clock}'`);
  }
  const data = { path: values.data ?? DEFAULT_DATA_DIR, isRequired: values.data !== undefined };
  if (isWithin(data.path, values.index)) {
    throw new UsageError(
      `--data: expected a folder outside the index ${values.index}, which is only read, got '${data.path}'`,
    );
  }
  const port = parseNumberOption('port', values.port, [0, 65_535], DEFAULT_PORT);
  const pollMs = parseNumberOption('poll-ms', values['poll-ms'], [10, 3_600_000], DEFAULT_POLL_MS);
  const given = {
    market: parseMarketOption(values.market),
    synonyms: parseFileNames('--synonyms', values.synonyms),
    stopWords: parseFileNames('--stop-words', values['stop-words']),
  };
  const { config, ranking } = await readConfig(values.config);
  const log = (line: string) => io.stderr.write(`${line}\n`);
  const files = new LexiconFiles(
    given,
    values.config === undefined ? null : { file: values.config, content: config },
    (file) =>
      log(
        `${file}: corrections, inputMethods, features, ranking, entities, editorial, retention and market are those of the start; restart to change them`,
      ),
  );
  const lexicon = files.isEmpty ? undefined : new LexiconHolder(files, log);
  const market = given.market ?? config.market ?? null;
  const redis = parseRedisOption(values.redis) ?? config.features?.redis;
  return {
    source: new IndexDirectory(values.index, engineSettings(config, market, lexicon), {
      settings: { ...DEFAULT_ENTITY_SETTINGS, ...config.entities },
      defaultMarket: market,
    }),
    lexicon,
    data,
    featureSettings: { ...config.features, redis },
    host: values.host,
    port,
    pollMs,
    market,
    clock: values.clock,
    ...(config.retention === undefined ? {} : { retention: config.retention }),
    ...(config.editorial === undefined ? {} : { editorial: config.editorial }),
    ranking,
    adminKey: io.env.FORETYPE_ADMIN_KEY || null,
    version: readPackageVersion(),
    pageFiles: readPageFiles(),
    log,
  };
}

/** What the configuration says, its model read. What is wrong in it is wrong usage, as on the command line. */
async function readConfig(
  file: string | undefined,
): Promise<{ config: ServeConfig; ranking: RankingSettings }> {
  if (file === undefined) return { config: {}, ranking: {} };
  try {
    const config = await readServeConfig(file);
    return { config, ranking: await readRanking(config.ranking ?? {}, file) };
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function parseRedisOption(value: string | undefined): RedisAddress | undefined {
  try {
    return value === undefined ? undefined : parseRedisAddress(value);
  } catch (error) {
    if (error instanceof RedisAddressError) throw new UsageError(`--redis: ${error.message}`);
    throw error;
  }
}

function parseFileNames(
  option: string,
  values: readonly string[] | undefined,
): readonly LexiconFileName[] | undefined {
  return values?.map((value) => {
    const name = parseLexiconFileName(value);
    if (name === null) throw new UsageError(`${option}: expected [MARKET=]FILE, got '${value}'`);
    return name;
  });
}

function engineSettings(
  { corrections, inputMethods }: ServeConfig,
  defaultMarket: string | null,
  lexicon: LexiconHolder | undefined,
): EngineSettings {
  const preset = DEFAULT_ENGINE_SETTINGS;
  return {
    defaultMarket,
    corrections: { ...preset.corrections, ...corrections },
    inputMethods: inputMethods ?? preset.inputMethods,
    lexicon: lexicon === undefined ? preset.lexicon : () => lexicon.current,
  };
}

/** What a command may want of a server with events, besides. */
interface ServingExtras {
  readonly featureSettings?: FeatureStoreSettings;
  /** Called once the service runs, before its address is printed. */
  readonly prepare?: (events: EventIntake | null) => Promise<void>;
}

/** Serves with the events of a data folder and the profiles made of them, both closed, with everything acknowledged on disk, once the service has stopped. */
export async function serveWithEvents(
  options: Omit<ServiceOptions, 'port' | 'events'>,
  data: DataFolder,
  ports: readonly number[],
  io: CommandIo,
  { featureSettings = {}, prepare }: ServingExtras = {},
): Promise<number> {
  const enricher = new Enricher();
  let events: EventIntake | null = null;
  let features: GuardedStore | null = null;
  try {
    events = await openDataFolder(data, {
      report: options.log,
      enrich: (record) => enricher.enrich(record),
    });
    features = events && (await openFeatureStore(data.path, featureSettings, options.log));
  } catch (error) {
    io.stderr.write(`foretype: ${describeError(error)}\n`);
    await events?.close();
    return 1;
  }
  try {
    const prepareEvents = async () => prepare?.(events);
    const all = { ...options, events, features, enricher };
    return await serveUntilStopped(all, ports, io, prepareEvents);
  } finally {
    await features?.close();
    await events?.close();
  }
}

/**
 * Starts the service on the first of the ports that is free, prints its address last, and stops it when the process is told to
 * end. Resolves to the exit code.
 */
async function serveUntilStopped(
  options: Omit<ServiceOptions, 'port'>,
  ports: readonly number[],
  io: CommandIo,
  prepare: () => Promise<void>,
): Promise<number> {
  let service: Service;
  try {
    service = await startOnFirstFree(options, ports);
  } catch (error) {
    io.stderr.write(`foretype: ${describeError(error)}\n`);
    return 1;
  }
  const stopped = stopOnSignals(service, options.log);
  try {
    await prepare();
  } catch (error) {
    io.stderr.write(`foretype: ${describeError(error)}\n`);
    await service.stop();
    return 1;
  }
  io.stdout.write(`${service.address}\n`);
  await stopped;
  return 0;
}

async function startOnFirstFree(
  options: Omit<ServiceOptions, 'port'>,
  [port = 0, ...others]: readonly number[],
): Promise<Service> {
  try {
    return await startService({ ...options, port });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken || others.length === 0) throw error;
    return startOnFirstFree(options, others);
  }
}

function stopOnSignals(service: Service, log: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const reload = () => void service.reload();
    const stop = (signal: NodeJS.Signals) => {
      log(`${signal}: finishing the requests under way`);
      service.stop().then(() => {
        process.off('SIGTERM', stop).off('SIGINT', stop).off('SIGHUP', reload);
        resolve();
      }, reject);
    };
    process.on('SIGTERM', stop).on('SIGINT', stop).on('SIGHUP', reload);
  });
}
