import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpProblem, PROBLEM_CONTENT_TYPE } from './http-problem.ts';
import type { ServerMetrics } from './server-metrics.ts';

/** The longest request line that is answered: method, target and version, without the line end. */
export const LONGEST_REQUEST_LINE_BYTES = 16 * 1024;
/** What a request line has besides its method and its target. */
const REQUEST_LINE_FRAME_BYTES = '  HTTP/1.1'.length;
/** The most headers of a request that is answered. */
export const MOST_HEADERS = 2_000;

/** What is wrong with a request before its route is looked for; null where nothing is. */
export function findFault(request: IncomingMessage): HttpProblem | null {
  const fault = findLengthFault(request);
  if (fault !== null) return fault;
  if (request.rawHeaders.length > 2 * MOST_HEADERS) {
    return new HttpProblem(431, 'headers_too_large', `Expected at most ${MOST_HEADERS} headers`);
  }
  // The router takes `*` for `/`.
  if (request.url === '*') {
    return new HttpProblem(400, 'bad_request', 'Expected a path as target, got *');
  }
  if (request.headers.host !== undefined || request.httpVersion === '1.0') return null;
  return new HttpProblem(400, 'bad_request', 'Expected a Host header, got a request without one');
}

function findLengthFault({ method = '', url = '' }: IncomingMessage): HttpProblem | null {
  const lineBytes = method.length + url.length + REQUEST_LINE_FRAME_BYTES;
  if (lineBytes <= LONGEST_REQUEST_LINE_BYTES) return null;
  return new HttpProblem(
    431,
    'request_line_too_long',
    `Expected a request line of at most ${LONGEST_REQUEST_LINE_BYTES} bytes, got ${lineBytes}`,
  );
}

/** Gives the one function that turns any error into a problem document. */
export function createRefusal(
  metrics: ServerMetrics,
  onFailure: ((error: Error, requestId: string) => void) | undefined,
) {
  return (error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const requestId = request.id;
    const problem = toProblem(error, request.raw);
    if (problem.status === 500) onFailure?.(error, requestId);
    metrics.countProblem(problem.status);
    return reply
      .code(problem.status)
      .headers({ ...problem.headers, 'x-request-id': requestId, 'cache-control': 'no-store' })
      .header('content-type', PROBLEM_CONTENT_TYPE)
      .send(JSON.stringify(problem.toDocument(requestId)));
  };
}

function toProblem(
  error: Error & { readonly statusCode?: number },
  request: IncomingMessage,
): HttpProblem {
  if (error instanceof HttpProblem) return error;
  const status = error.statusCode ?? 500;
  if (status === 413) {
    return new HttpProblem(413, 'payload_too_large', 'Expected a smaller request body');
  }
  if (status >= 400 && status < 500) {
    // Fastify's own complaint, such as a path that is not percent-encoded UTF-8; it did not pass the length check.
    const fault = findLengthFault(request);
    if (fault !== null) return fault;
    return new HttpProblem(400, 'bad_request', error.message, { cause: error });
  }
  return new HttpProblem(500, 'internal_error', 'The server failed; its log says why', {
    cause: error,
  });
}
