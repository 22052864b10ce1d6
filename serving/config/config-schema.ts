import { Type } from 'typebox';
import { Errors } from 'typebox/value';

const HIGHEST_RATIO = 1e9;
const LONGEST_TIMEOUT_MS = 10_000;
const MOST_DAYS = 36_500;
/** A score falls by so much where a text says what stands above it: by more, nothing alike is ever shown. */
const MOST_DIVERSITY = 100;
/** With more, nobody is taken to look beyond the first suggestion. */
const MOST_POSITION_BIAS = 3;
/** Without any, a first click would say all. */
const LEAST_SMOOTHING = 0.1;
const MOST_SMOOTHING = 1e6;
const closed = { additionalProperties: false } as const;
const fileNames = (what: string) =>
  Type.Optional(
    Type.Array(Type.String({ description: 'a text, [MARKET=]FILE' }), {
      description: `a list of files of ${what}, each [MARKET=]FILE`,
    }),
  );
const between = (minimum: number, maximum: number) =>
  Type.Optional(
    Type.Number({ minimum, maximum, description: `a number from ${minimum} to ${maximum}` }),
  );
/** 1 is reached by no link. */
const leastScore = () => between(0, 1);
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
export const CONFIG = Type.Object(
  {
    synonyms: fileNames('synonyms'),
    stopWords: fileNames('stop words'),
    corrections: Type.Optional(
      Type.Object(
        {
          enabled: flag(),
          ratio: between(1, HIGHEST_RATIO),
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
    ranking: Type.Optional(
      Type.Object(
        {
          model: Type.Optional(Type.String({ minLength: 1, description: 'a file of a model' })),
          diversity: between(0, MOST_DIVERSITY),
          positionBias: between(0, MOST_POSITION_BIAS),
          smoothing: between(LEAST_SMOOTHING, MOST_SMOOTHING),
        },
        { ...closed, description: 'an object' },
      ),
    ),
    market: Type.Optional(Type.String({ description: 'a BCP 47 tag such as en-US' })),
  },
  { ...closed, description: 'an object' },
);

/** What the schema does not admit, each place once: `corrections.ratio: expected a number …, got "x"`. */
export function findFaults(value: unknown): string[] {
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
