import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Static } from 'typebox';
import { Check } from 'typebox/value';
import {
  type LexiconFileName,
  parseLexiconFileName,
} from '../../dictionaries/lexicon/lexicon-file-name.ts';
import { canonicalMarket } from '../../dictionaries/market-tag.ts';
import type { RetentionDays } from '../people/retention.ts';
import {
  parseRedisAddress,
  type RedisAddress,
  RedisAddressError,
} from '../stores/redis-address.ts';
import type { EntitySettings } from '../surfaces/entities/entity-settings.ts';
import { CONFIG, findFaults } from './config-schema.ts';
import { type EditorialLists, readEditorialLists } from './editorial-list.ts';

/** How suggestions are ordered for who asks. */
export interface RankingConfig {
  /** File of the model whose weights order; see `readRankerModel`. */
  readonly model?: string;
  /** Instead of the model's. */
  readonly diversity?: number;
  /** See `ClickRateOptions`. */
  readonly positionBias?: number;
  readonly smoothing?: number;
}

/** What a configuration file says, checked; absent is what it does not say. */
export interface ServeConfig {
  readonly synonyms?: readonly LexiconFileName[];
  readonly stopWords?: readonly LexiconFileName[];
  readonly corrections?: {
    readonly enabled?: boolean;
    readonly ratio?: number;
    readonly phonetics?: boolean;
  };
  readonly inputMethods?: boolean;
  /** Where profiles are kept. */
  readonly features?: {
    readonly redis?: RedisAddress;
    readonly redisCa?: string;
    readonly timeoutMs?: number;
  };
  /** What a link in a comment must be worth. */
  readonly entities?: Partial<EntitySettings>;
  /** For how many days what is kept of people is kept. */
  readonly retention?: Partial<RetentionDays>;
  readonly editorial?: EditorialLists;
  readonly ranking?: RankingConfig;
  /** Canonical tag. */
  readonly market?: string;
}

/** A configuration file says what it may not; the message has all that is wrong, a line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads `--config FILE`. Paths in it are taken from the folder that it lies in. Throws `ConfigError`, or an error that says
 * why it cannot be read.
 */
export async function readServeConfig(file: string): Promise<ServeConfig> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${file}: cannot be read: ${why}`, { cause });
  }
  return parseServeConfig(text, file);
}

/** What the text of a configuration file says; `file` stands in messages, and its folder before relative paths. */
export function parseServeConfig(text: string, file: string): ServeConfig {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`${file}: expected JSON: ${why}`, { cause });
  }
  if (!Check(CONFIG, value)) {
    throw new ConfigError(
      findFaults(value)
        .map((fault) => `${file}: ${fault}`)
        .join('\n'),
    );
  }
  return resolveConfig(value, file);
}

function resolveConfig(config: Static<typeof CONFIG>, file: string): ServeConfig {
  const faults: string[] = [];
  const namesOf = (key: 'synonyms' | 'stopWords') =>
    config[key]?.flatMap((text, i) => {
      const name = parseLexiconFileName(text);
      if (name !== null) return [{ ...name, file: path.resolve(path.dirname(file), name.file) }];
      faults.push(`${file}: ${key}[${i}]: expected [MARKET=]FILE, got ${JSON.stringify(text)}`);
      return [];
    });
  const synonyms = namesOf('synonyms');
  const stopWords = namesOf('stopWords');
  const market = config.market === undefined ? undefined : canonicalMarket(config.market);
  if (market === null) {
    const got = JSON.stringify(config.market);
    faults.push(`${file}: market: expected a BCP 47 tag such as en-US, got ${got}`);
  }
  const editorialFaults: string[] = [];
  const editorial = readEditorialLists(config.editorial ?? {}, editorialFaults);
  faults.push(...editorialFaults.map((fault) => `${file}: ${fault}`));
  const features = resolveFeatures(config, file, faults);
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  return {
    ...(synonyms === undefined ? {} : { synonyms }),
    ...(stopWords === undefined ? {} : { stopWords }),
    ...(config.corrections === undefined ? {} : { corrections: config.corrections }),
    ...(config.inputMethods === undefined ? {} : { inputMethods: config.inputMethods }),
    ...(config.entities === undefined ? {} : { entities: config.entities }),
    ...(config.retention === undefined ? {} : { retention: config.retention }),
    ...(config.editorial === undefined ? {} : { editorial }),
    ...(config.ranking === undefined ? {} : { ranking: resolveRanking(config.ranking, file) }),
    ...(features === undefined ? {} : { features }),
    ...(typeof market === 'string' ? { market } : {}),
  };
}

function resolveRanking({ model, ...numbers }: RankingConfig, file: string): RankingConfig {
  if (model === undefined) return numbers;
  return { ...numbers, model: path.resolve(path.dirname(file), model) };
}

function resolveFeatures(
  { features }: Static<typeof CONFIG>,
  file: string,
  faults: string[],
): ServeConfig['features'] {
  if (features === undefined) return undefined;
  const { redis, redisCa, ...others } = features;
  const ca = redisCa === undefined ? {} : { redisCa: path.resolve(path.dirname(file), redisCa) };
  try {
    const address = redis === undefined ? {} : { redis: parseRedisAddress(redis) };
    return { ...others, ...ca, ...address };
  } catch (error) {
    if (!(error instanceof RedisAddressError)) throw error;
    faults.push(`${file}: features.redis: ${error.message}`);
    return undefined;
  }
}
