import { Type } from 'typebox';
import { SUGGEST_QUERY, SUGGEST_ROUTE } from './api-schemas.ts';

/** What /openapi.json says of `GET /v1/related`: as suggest's, but for what it is asked about. */
export const RELATED_ROUTE = {
  ...SUGGEST_ROUTE,
  operationId: 'related',
  summary: 'What to search next, given a query or the video on screen',
  querystring: Type.Object(
    {
      ...SUGGEST_QUERY.properties,
      q: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 128,
          description: 'The query, at most 128 code points, not blank. Exactly one of q and video.',
        }),
      ),
      video: Type.Optional(
        Type.String({
          minLength: 1,
          description:
            'Opaque id of the video on screen; 1 to 128 bytes. Exactly one of q and video.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
} as const;
