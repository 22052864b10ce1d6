import { Type } from 'typebox';
import { closed, inType, problem, TOO_LONG } from './api-schemas.ts';
import { LONGEST_ID_BYTES } from './suggest-request.ts';

const STATUS = Type.Union([Type.Literal('erased'), Type.Literal('pending')], {
  description: 'pending: not erased yet; it goes on until it is, after a restart too.',
});

const receiptFields = {
  erasure: Type.String(),
  status: STATUS,
  begun: Type.String({ format: 'date-time' }),
  places: Type.Array(
    Type.Object(
      {
        place: Type.String(),
        status: STATUS,
        removed: Type.Integer({ minimum: 0 }),
        detail: Type.String(),
      },
      closed,
    ),
  ),
  stays: Type.Array(
    Type.Object({ place: Type.String(), what: Type.String(), until: Type.String() }, closed),
  ),
};

const RECEIPT = Type.Object(
  { requestId: Type.String(), user: Type.String(), ...receiptFields },
  closed,
);

const anything = (description: string) => Type.Array(Type.Unknown(), { description });

const EXPORT = Type.Object(
  {
    requestId: Type.String(),
    user: Type.String(),
    erasure: Type.Union([Type.Object(receiptFields, closed), Type.Null()], {
      description: 'The erasure of the user that is not done; null when there is none.',
    }),
    exportedAt: Type.String({ format: 'date-time' }),
    profiles: anything('What the profiles of the user hold, one a secret and session.'),
    live: Type.Object({}, { description: 'By place in memory, what it holds of the user.' }),
    events: anything('The events of the log, in order.'),
    served: anything('The lists that were shown, with the features that ranked them.'),
  },
  closed,
);

const refusals = {
  400: problem('The id is off its form, or there is a parameter.'),
  401: problem('Without the admin key, or with another.'),
  ...TOO_LONG,
  503: problem(
    'The server has no data folder, or something that is kept of the user cannot be read now.',
  ),
};

const params = Type.Object({
  user: Type.String({ description: `1 to ${LONGEST_ID_BYTES} bytes of UTF-8, percent-encoded.` }),
});

export const EXPORT_USER_ROUTE = {
  operationId: 'exportUser',
  summary: 'All that is kept of a user',
  description: 'Needs the admin key as a bearer token.',
  tags: ['people'],
  params,
  response: { 200: inType('application/json', EXPORT, 'Empty for an unknown user.'), ...refusals },
} as const;

export const ERASE_USER_ROUTE = {
  operationId: 'eraseUser',
  summary: 'Erases a user from every place',
  description: 'Needs the admin key as a bearer token.',
  tags: ['people'],
  params,
  response: {
    200: inType('application/json', RECEIPT, 'What was erased where, and what stays.'),
    ...refusals,
  },
} as const;
