import { Type } from 'typebox';
import { PROBLEM_TITLES } from './http-problem.ts';
import { DEFAULT_LIMIT, LARGEST_LIMIT, LONGEST_ID_BYTES } from './suggest-request.ts';

/*
 * What /openapi.json says of the routes. Requests are parsed by suggest-request.ts, which is stricter than JSON schema can
 * be (raw bytes, repeats); these schemas describe, and a test holds them against what is really answered.
 */

/** Everything of the description is closed: a property that is answered but not described fails the test of truth. */
export const closed = { additionalProperties: false } as const;

const opaqueId = (what: string) =>
  Type.Optional(
    Type.String({ minLength: 1, description: `${what}; 1 to ${LONGEST_ID_BYTES} bytes of UTF-8.` }),
  );

export const SUGGEST_QUERY = Type.Object(
  {
    q: Type.Optional(
      Type.String({
        maxLength: 128,
        default: '',
        description:
          'What was typed, at most 128 code points as received. Empty or only spaces asks for suggestions before typing.',
      }),
    ),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: LARGEST_LIMIT,
        default: DEFAULT_LIMIT,
        description: 'Most suggestions to answer.',
      }),
    ),
    market: Type.Optional(
      Type.String({
        description: 'BCP 47 tag such as en-US. An unknown one falls back: en-GB, en, und.',
      }),
    ),
    user: opaqueId('Opaque id of the user'),
    session: opaqueId('Opaque id of the session'),
    video: opaqueId('Opaque id of the video on screen'),
    context: Type.Optional(
      Type.Array(Type.String({ pattern: '^-?[^:-][^:]*:.+$' }), {
        description:
          'Repeatable. `key:value` must hold, `-key:value` excludes. This version does not filter by it and says so in `degraded`.',
      }),
    ),
    personalise: Type.Optional(
      Type.Boolean({ default: true, description: 'false: user and session are ignored.' }),
    ),
    explain: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Adds where each suggestion came from. Needs the admin key as a bearer token.',
      }),
    ),
  },
  closed,
);

const MATCH = Type.Object(
  { start: Type.Integer({ minimum: 0 }), end: Type.Integer({ minimum: 0 }) },
  { ...closed, description: 'A half-open span of `text` in UTF-16 code units.' },
);

const EXPLANATION = Type.Object(
  {
    generator: Type.String({ description: 'The candidate generator that found it.' }),
    features: Type.Record(Type.String(), Type.Number(), {
      description: 'What the order was made from.',
    }),
    sources: Type.Optional(
      Type.Array(Type.String(), {
        description: 'In a personal answer: all ways that it came in by.',
      }),
    ),
    rankScore: Type.Optional(
      Type.Number({
        description:
          "In a personal answer: the ranker's score, the sum of its bias and all contributions.",
      }),
    ),
    contributions: Type.Optional(
      Type.Record(Type.String(), Type.Number(), {
        description: 'In a personal answer: what each feature adds to the score.',
      }),
    ),
    rules: Type.Array(Type.String(), { description: 'The rules that it passed.' }),
  },
  closed,
);

/** Described, not restricted: the list is open. */
const SOURCES =
  'How it was found. An open list, which may grow: prefix, infix, typo, script, synonym, history, taste, session, trending, fresh, editorial, related, video.';

const SUGGESTION = Type.Object(
  {
    id: Type.String({ description: 'Stable across rebuilds and markets.' }),
    text: Type.String(),
    kind: Type.Union([Type.Literal('query'), Type.Literal('entity')]),
    source: Type.String({ description: SOURCES }),
    score: Type.Number(),
    matches: Type.Array(MATCH),
    explain: Type.Optional(EXPLANATION),
  },
  closed,
);

const ANSWER_EXPLANATION = Type.Object(
  {
    ranker: Type.String(),
    bias: Type.Number({ description: 'Added to the score of every candidate.' }),
    candidates: Type.Integer({ minimum: 0 }),
    stageMicroseconds: Type.Record(Type.String(), Type.Number()),
  },
  { ...closed, description: 'With `explain`, in a personal answer: how it was ranked.' },
);

const SUGGEST_ANSWER = Type.Object(
  {
    requestId: Type.String(),
    snapshot: Type.String({ description: 'Name of the snapshot that answered.' }),
    market: Type.String({ description: 'The market that was used.' }),
    personalised: Type.Boolean(),
    degraded: Type.Array(Type.String(), {
      description: 'What was asked for and could not be done; the answer comes all the same.',
    }),
    query: Type.Object(
      {
        text: Type.String({
          description: 'Without leading space; with at most one trailing space.',
        }),
        normalised: Type.String(),
      },
      closed,
    ),
    suggestions: Type.Array(SUGGESTION),
    explain: Type.Optional(ANSWER_EXPLANATION),
  },
  closed,
);

const PROBLEM = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.Union(Object.keys(PROBLEM_TITLES).map((code) => Type.Literal(code))),
    parameter: Type.Optional(Type.String({ description: 'The query parameter at fault.' })),
    requestId: Type.String(),
  },
  { ...closed, description: 'RFC 9457.' },
);

const REQUEST_ID_HEADER = {
  'x-request-id': Type.String({ description: 'Also in the body of answers in JSON.' }),
};

export const inType = (mediaType: string, schema: object, description: string) => ({
  description,
  headers: REQUEST_ID_HEADER,
  content: { [mediaType]: { schema } },
});

export const problem = (description: string) =>
  inType('application/problem+json', PROBLEM, description);

export const TOO_LONG = { 431: problem('The request line is over 16 KiB.') };

export const SUGGEST_ROUTE = {
  operationId: 'suggest',
  summary: 'Suggestions for what is being typed',
  tags: ['suggestions'],
  querystring: SUGGEST_QUERY,
  response: {
    200: inType('application/json', SUGGEST_ANSWER, 'Best first; nothing found is an empty list.'),
    400: problem('A parameter is unknown, repeated, off its form or not valid UTF-8.'),
    401: problem('`explain=true` without the admin key, or with another.'),
    403: problem('`explain=true` on a server that has no admin key.'),
    ...TOO_LONG,
    503: problem('No snapshot is loaded yet, or the server is overloaded; see Retry-After.'),
  },
} as const;

export const HEALTH_ROUTE = {
  operationId: 'health',
  summary: 'Whether the process answers',
  tags: ['operation'],
  response: {
    200: inType(
      'application/json',
      Type.Object({ status: Type.Literal('ok') }, closed),
      'It does.',
    ),
    ...TOO_LONG,
  },
} as const;

export const READY_ROUTE = {
  operationId: 'ready',
  summary: 'Whether a snapshot is loaded, and which',
  tags: ['operation'],
  response: {
    200: inType(
      'application/json',
      Type.Object(
        {
          status: Type.Literal('ready'),
          snapshot: Type.String(),
          completions: Type.Integer({ minimum: 0 }),
          markets: Type.Array(Type.String()),
          degraded: Type.Optional(
            Type.Array(Type.Literal('events'), {
              description: 'events: those of the log are still being read in, none are taken',
            }),
          ),
        },
        closed,
      ),
      'Ready to answer.',
    ),
    ...TOO_LONG,
    503: problem('No snapshot is loaded yet.'),
  },
} as const;

/** A route that answers one media type with something that is not worth a schema. */
export function describePage(
  operationId: string,
  summary: string,
  tag: 'operation' | 'pages',
  mediaType: string,
) {
  return {
    operationId,
    summary,
    tags: [tag],
    response: { 200: inType(mediaType, Type.Unknown(), summary), ...TOO_LONG },
  };
}
