import { Type } from 'typebox';
import { EVENT_SURFACES, SEARCH_ORIGINS } from '../../indexer/events/event.ts';
import { REJECTION_CODES } from '../../indexer/events/event-rejection.ts';
import { closed, inType, problem, TOO_LONG } from './api-schemas.ts';
import { MOST_EVENTS } from './events-body.ts';

/* What /openapi.json says of events; event-parser.ts of indexer/events decides. */

const id = (description?: string) =>
  Type.String({ minLength: 1, ...(description === undefined ? {} : { description }) });
const text = (longest: number) => Type.String({ maxLength: longest });
const oneOf = (choices: readonly string[]) =>
  Type.Union(choices.map((choice) => Type.Literal(choice)));
const position = Type.Integer({ minimum: 1 });

const COMMON = {
  eventId: id('1 to 128 bytes of UTF-8, as all ids; the same twice counts once.'),
  at: Type.Union([Type.String(), Type.Number()], {
    description: 'ISO 8601 or epoch milliseconds; at most five minutes ahead of the server.',
  }),
  user: Type.Optional(id()),
  session: Type.Optional(id()),
  market: Type.Optional(Type.String({ description: 'BCP 47 tag.' })),
  context: Type.Optional(Type.Record(Type.String(), Type.String())),
};

const TYPES = {
  search: {
    query: text(1_024),
    origin: Type.Optional(oneOf(SEARCH_ORIGINS)),
    requestId: Type.Optional(id()),
    video: Type.Optional(id('The video on screen.')),
    clicked: Type.Optional(id('What was opened from the results: an id or a URL.')),
    results: Type.Optional(
      Type.Union([Type.Integer({ minimum: 0 }), Type.Array(id())], {
        description: 'How many results there were, or which.',
      }),
    ),
  },
  impression: {
    requestId: id(),
    surface: oneOf(EVENT_SURFACES),
    items: Type.Array(Type.Object({ id: id(), position })),
  },
  click: { requestId: id(), surface: oneOf(EVENT_SURFACES), id: id(), position },
  video: {
    video: id(),
    title: text(5_000),
    description: Type.Optional(text(5_000)),
    tags: Type.Optional(Type.Array(text(5_000))),
    transcript: Type.Optional(text(100_000)),
    creator: Type.Optional(id('Absent: the video is its own creator.')),
  },
  comment: { comment: id(), video: id(), text: text(5_000) },
  watch: { video: id(), seconds: Type.Number({ minimum: 0 }) },
  remove: {
    id: Type.Optional(id('Of the entry; or else its query.')),
    query: Type.Optional(text(1_024)),
  },
};

const EVENT = Type.Union(
  Object.entries(TYPES).map(([type, fields]) =>
    Type.Object(
      { type: Type.Literal(type), ...COMMON, ...fields },
      { title: type, description: 'Fields that are not known are ignored.' },
    ),
  ),
);

const ANSWER = Type.Object(
  {
    accepted: Type.Integer({ minimum: 0 }),
    duplicates: Type.Integer({ minimum: 0 }),
    rejected: Type.Array(
      Type.Object(
        {
          index: Type.Integer({
            minimum: 0,
            description: 'Place in the array, or among the lines that are not blank.',
          }),
          code: oneOf(REJECTION_CODES),
          detail: Type.String(),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const EVENTS_ROUTE = {
  operationId: 'events',
  summary: `Takes in what happened: at most ${MOST_EVENTS} events and 1 MiB a batch, each event once`,
  tags: ['events'],
  body: {
    content: {
      'application/json': { schema: Type.Array(EVENT, { maxItems: MOST_EVENTS }) },
      'application/x-ndjson': { schema: Type.Unknown({ description: 'An event a line.' }) },
    },
  },
  response: {
    202: inType(
      'application/json',
      ANSWER,
      'The accepted events are durable, and the next request sees them.',
    ),
    400: problem('The body is not UTF-8 or JSON, or not an array; or there is a parameter.'),
    413: problem('Too many events, or too long a body.'),
    415: problem('Neither application/json nor application/x-ndjson, or encoded.'),
    429: problem('Too much waits to be written; nothing was accepted, see Retry-After.'),
    ...TOO_LONG,
    503: problem(
      'Events cannot be made durable now; the same batch may be sent again, see Retry-After.',
    ),
  },
} as const;
