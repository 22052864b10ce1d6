import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Static, Type } from 'typebox';
import { Check, Errors } from 'typebox/value';
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
import { type EditorialLists, readEditorialLists } from './editorial-list.ts';

const HIGHEST_RATIO = 1e9;
const LONGEST_TIMEOUT_MS = 10_000;
const MOST_DAYS = 36_500;
const closed = { additionalProperties: false } as const;
const fileNames = (what: string) =>
  Type.Optional(
    Type.Array(Type.String({ description: 'a text, [MARKET=]FILE' }), {
      description: `a list of files of ${what}, each [MARKET=]FILE`,
    }),
  );
/** 1 is reached by no link. */
const leastScore = () =>
  Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'a number from 0 to 1' }));
const days = () =>
  Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MOST_DAYS,
      description: `a whole number of days from 1 to ${MOST_DAYS}`,
    }),
  );
const flag = () => Type.Optional(Type.Boolean({ description: 'true or false' }));

/** What a configuration file may say; every description says what is expected, for messages. */
const CONFIG = Type.Object(
  {
    synonyms: fileNames('synonyms'),
    stopWords: fileNames('stop words'),
    corrections: Type.Optional(
      Type.Object(
        {
          enabled: flag(),
          ratio: Type.Optional(
            Type.Number({
              minimum: 1,
              maximum: HIGHEST_RATIO,
              description: `a number from 1 to ${HIGHEST_RATIO}`,
            }),
          ),
          phonetics: flag(),
        },
        { ...closed, description: 'an object' },
      ),
    ),
    inputMethods: flag(),
    features: Type.Optional(
      Type.Object(
        {
          redis: Type.Optional(
            Type.String({ description: 'redis[s]://[[user:]password@]host[:port][,…][/db][?…]' }),
          ),
          redisCa: Type.Optional(Type.String({ description: 'a file of certificates' })),
          timeoutMs: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: LONGEST_TIMEOUT_MS,
              description: `a whole number from 1 to ${LONGEST_TIMEOUT_MS}`,
            }),
          ),
        },
        { ...closed, description: 'an object' },
      ),
    ),
    entities: Type.Optional(
      Type.Object(
        { leastScore: leastScore(), leastUnknownScore: leastScore() },
        { ...closed, description: 'an object' },
      ),
    ),
    retention: Type.Optional(
      Type.Object({ events: days(), served: days() }, { ...closed, description: 'an object' }),
    ),
    editorial: Type.Optional(
      Type.Record(Type.String(), Type.Array(Type.String()), {
        description: 'lists of texts by market',
      }),
    ),
    market: Type.Optional(Type.String({ description: 'a BCP 47 tag such as en-US' })),
  },
  { ...closed, description: 'an object' },
);

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
    ...(features === undefined ? {} : { features }),
    ...(typeof market === 'string' ? { market } : {}),
  };
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

/** What the schema does not admit, each place once: `corrections.ratio: expected a number …, got "x"`. */
function findFaults(value: unknown): string[] {
  const faults = new Map<string, string>();
  for (const error of Errors(CONFIG, value)) {
    const steps = error.instancePath.split('/').slice(1).map(unescapePointer);
    if (error.keyword === 'additionalProperties') {
      const known = Object.keys(schemaAt(steps).properties ?? {}).join(', ');
      for (const key of error.params.additionalProperties) {
        const place = showPath([...steps, key]);
        faults.set(place, `${place}: expected one of the keys ${known}`);
      }
    } else {
      const place = showPath(steps);
      const got = JSON.stringify(valueAt(value, steps));
      const shown = got.length <= 80 ? got : `${got.slice(0, 79)}…`;
      faults.set(place, `${place}: expected ${schemaAt(steps).description}, got ${shown}`);
    }
  }
  return [...faults.values()];
}

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
}

/** The part of the schema for a place in the file; keys and items that it does not know leave it where it is. */
function schemaAt(steps: readonly string[]): Described {
  return steps.reduce<Described>(
    (schema, step) => schema.properties?.[step] ?? schema.items ?? schema,
    CONFIG as unknown as Described,
  );
}

function valueAt(value: unknown, steps: readonly string[]): unknown {
  return steps.reduce((at, step) => (at as Readonly<Record<string, unknown>>)[step], value);
}

function showPath(steps: readonly string[]): string {
  if (steps.length === 0) return 'the whole';
  return steps
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
