import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EventIntake, IntakeAnswer } from '../events/event-intake.ts';
import { IntakeError } from '../events/intake-error.ts';
import { LONGEST_BODY_BYTES, parseEventsBody } from './events-body.ts';
import { EVENTS_ROUTE } from './events-schema.ts';
import { HttpProblem } from './http-problem.ts';
import { JSON_CONTENT_TYPE, type RawQuery } from './http-route.ts';
import { parseQueryString } from './query-string.ts';
import { readMediaType, takeBodies } from './request-body.ts';

const RETRY_SECONDS = '1';

/** `POST /v1/events`. Without an intake, as when a server has no data folder, every batch is refused with 503. */
export function registerEventsRoute(server: FastifyInstance, intake: EventIntake | null): void {
  server.register(async (routes) => {
    takeBodies(routes, LONGEST_BODY_BYTES);
    routes.post('/v1/events', { config: { openapi: EVENTS_ROUTE } }, (request, reply) =>
      handle(intake, request, reply),
    );
  });
}

async function handle(
  intake: EventIntake | null,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  refuseParameters((request.query as RawQuery).raw);
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const mediaType = readMediaType(request.headers);
  try {
    // Before the body is parsed: under load that would be work for nothing.
    if (intake === null) throw new IntakeError('unavailable', 'this server has no data folder');
    intake.refuseWhenUnable(0);
    const answer = await take(intake, mediaType, body);
    return reply
      .code(202)
      .headers({ 'content-type': JSON_CONTENT_TYPE, 'cache-control': 'no-store' })
      .send(JSON.stringify(answer));
  } catch (error) {
    throw error instanceof IntakeError ? toProblem(error) : error;
  }
}

/** Apart, so that nothing holds the parsed body while its events wait for the disk. */
function take(intake: EventIntake, mediaType: string, body: Buffer): Promise<IntakeAnswer> {
  return intake.accept(parseEventsBody(mediaType, body), body.length);
}

function refuseParameters(rawQuery: string): void {
  const [parameter] = parseQueryString(rawQuery);
  if (parameter === undefined) return;
  throw new HttpProblem(400, 'unknown_parameter', 'Expected no parameters in the query string', {
    parameter: parameter.name,
  });
}

function toProblem(error: IntakeError): HttpProblem {
  const details = { headers: { 'retry-after': RETRY_SECONDS }, cause: error };
  return error.code === 'overloaded'
    ? new HttpProblem(429, 'too_many_events', capitalise(error.message), details)
    : new HttpProblem(503, 'events_unavailable', capitalise(error.message), details);
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
