import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { People } from '../people/people.ts';
import { ExportUnavailable } from '../people/user-export.ts';
import { admitAdmin } from './admin-admission.ts';
import { HttpProblem } from './http-problem.ts';
import { JSON_CONTENT_TYPE, type RawQuery } from './http-route.ts';
import { parseQueryString } from './query-string.ts';
import { LONGEST_ID_BYTES } from './suggest-request.ts';
import { ERASE_USER_ROUTE, EXPORT_USER_ROUTE } from './users-schema.ts';

const PREFIX = '/v1/users/';
const RETRY = { headers: { 'retry-after': '1' } } as const;

export interface UsersRouteOptions {
  /** Any of them admits. Without one, nobody is admitted: the routes are not there. */
  readonly keys: readonly string[];
  /** Null for a server without a data folder, which cannot tell what others keep. */
  readonly people: Pick<People, 'export' | 'erase'> | null;
}

/** `GET` and `DELETE /v1/users/{user}`: what is kept of a user, and its erasure. */
export function registerUsersRoute(server: FastifyInstance, options: UsersRouteOptions): void {
  const { keys, people } = options;
  if (keys.length === 0) return;
  const url = `${PREFIX}:user`;
  server.get(url, { config: { openapi: EXPORT_USER_ROUTE } }, async (request, reply) => {
    const user = readUser(keys, request);
    const found = await orUnavailable(peopleOf(people).export(user, request.id));
    return send(reply, Readable.from(found));
  });
  server.delete(url, { config: { openapi: ERASE_USER_ROUTE } }, async (request, reply) => {
    const user = readUser(keys, request);
    const receipt = await peopleOf(people).erase(user);
    return send(reply, JSON.stringify({ requestId: request.id, user, ...receipt }));
  });
}

/** What a path of these routes is refused with that the router could not decode; null for other paths. */
export function refuseBrokenUser(
  keys: readonly string[],
  target: string,
  authorization: string | undefined,
): HttpProblem | null {
  if (!target.startsWith(PREFIX)) return null;
  if (keys.length === 0) {
    return new HttpProblem(404, 'not_found', 'Expected a path of /openapi.json, got another');
  }
  try {
    admitAdmin(keys, authorization);
  } catch (error) {
    return error as HttpProblem;
  }
  return new HttpProblem(
    400,
    'invalid_encoding',
    'user: expected percent-encoded UTF-8 in the path',
    { parameter: 'user' },
  );
}

function readUser(keys: readonly string[], request: FastifyRequest): string {
  admitAdmin(keys, request.headers.authorization);
  const [parameter] = parseQueryString((request.query as RawQuery).raw);
  if (parameter !== undefined) {
    throw new HttpProblem(400, 'unknown_parameter', 'Expected no parameters in the query string', {
      parameter: parameter.name,
    });
  }
  const { user } = request.params as { readonly user: string };
  const bytes = Buffer.byteLength(user);
  if (bytes >= 1 && bytes <= LONGEST_ID_BYTES) return user;
  throw new HttpProblem(
    400,
    'invalid_parameter',
    `user: expected an id of 1 to ${LONGEST_ID_BYTES} bytes, got ${bytes} bytes`,
    { parameter: 'user' },
  );
}

function peopleOf(people: UsersRouteOptions['people']): NonNullable<UsersRouteOptions['people']> {
  if (people !== null) return people;
  throw new HttpProblem(503, 'users_unavailable', 'This server has no data folder', RETRY);
}

async function orUnavailable<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (cause) {
    if (!(cause instanceof ExportUnavailable)) throw cause;
    const details = { ...RETRY, cause };
    throw new HttpProblem(
      503,
      'users_unavailable',
      'Something that is kept of the user cannot be read now',
      details,
    );
  }
}

function send(reply: FastifyReply, body: string | Readable): FastifyReply {
  return reply
    .headers({ 'content-type': JSON_CONTENT_TYPE, 'cache-control': 'no-store' })
    .send(body);
}
