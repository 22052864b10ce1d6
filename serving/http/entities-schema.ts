import { Type } from 'typebox';
import {
  DEFAULT_LIMIT_PER_TEXT,
  LARGEST_LIMIT_PER_TEXT,
} from '../surfaces/entities/entity-finder.ts';
import { closed, inType, problem, TOO_LONG } from './api-schemas.ts';
import { LONGEST_TEXT_CODE_POINTS, MOST_TEXTS } from './entities-request.ts';

/* What /openapi.json says of the links of comments; entities-request.ts decides. */

const id = (description: string) => Type.String({ minLength: 1, description });
const offset = Type.Integer({ minimum: 0, description: 'In UTF-16 code units.' });

const ENTITIES_BODY = Type.Object(
  {
    texts: Type.Array(
      Type.Object(
        {
          id: id('Comes back with the links of the text; 1 to 128 bytes of UTF-8, as all ids.'),
          text: Type.String({ maxLength: LONGEST_TEXT_CODE_POINTS }),
        },
        closed,
      ),
      { maxItems: MOST_TEXTS },
    ),
    video: Type.Optional(id('The video that the texts belong to.')),
    market: Type.Optional(Type.String({ description: 'BCP 47 tag such as en-US.' })),
    user: Type.Optional(id('Opaque id of the user')),
    session: Type.Optional(id('Opaque id of the session')),
    personalise: Type.Optional(Type.Boolean({ default: true })),
    limitPerText: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: LARGEST_LIMIT_PER_TEXT,
        default: DEFAULT_LIMIT_PER_TEXT,
      }),
    ),
  },
  closed,
);

const ENTITY = Type.Object(
  {
    start: offset,
    end: offset,
    surface: Type.String({ description: 'The text between start and end.' }),
    query: Type.String({ description: 'What the link searches for.' }),
    entity: Type.String({ description: 'Stable id, the same as that of the suggestion.' }),
    type: Type.String({
      description: 'An open list; this version: place, person, group, product, work, topic, name.',
    }),
    score: Type.Number({ minimum: 0, maximum: 1 }),
  },
  closed,
);

const ENTITIES_ANSWER = Type.Object(
  {
    requestId: Type.String(),
    snapshot: Type.String(),
    degraded: Type.Array(Type.String()),
    results: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          entities: Type.Array(ENTITY, { description: 'By place; spans do not overlap.' }),
        },
        closed,
      ),
      { description: 'One for each text, in their order.' },
    ),
  },
  closed,
);

export const ENTITIES_ROUTE = {
  operationId: 'entities',
  summary: 'Words of comments that lead to a search',
  tags: ['entities'],
  body: { content: { 'application/json': { schema: ENTITIES_BODY } } },
  response: {
    200: inType('application/json', ENTITIES_ANSWER, 'A text without links has an empty list.'),
    400: problem('The body is no JSON, or a field is unknown, missing or off its form.'),
    413: problem('The body is too large.'),
    415: problem('The body is not application/json.'),
    ...TOO_LONG,
    503: problem('No snapshot is loaded yet, or the server is overloaded; see Retry-After.'),
  },
} as const;
