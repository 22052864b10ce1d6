import type { Socket } from 'node:net';
import { HttpProblem, PROBLEM_CONTENT_TYPE } from './http-problem.ts';

/** How much of a refused request is read and thrown away, and how long, before the connection is cut. */
const DRAINED_BYTES = 4 * 1024 * 1024;
const DRAINED_MS = 2_000;

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/**
 * Answers what Node's HTTP parser gave up on, with a problem document like any other. The rest of the request is read
 * for a while before the connection closes: closing at once resets it, and the client may never see the answer.
 */
export function createBrokenRequestHandler(
  nextRequestId: () => string,
  countProblem: (status: number) => void,
): (error: Error & { readonly code?: string }, socket: Socket) => void {
  const answered = new WeakSet<Socket>();
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed) {
      socket.destroy();
      return;
    }
    // The parser complains again about whatever follows; one answer is enough.
    if (answered.has(socket)) return;
    answered.add(socket);
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    const problem = toProblem(error.code);
    const requestId = nextRequestId();
    countProblem(problem.status);
    socket.end(writeResponse(problem, requestId));
    drain(socket);
  };
}

function toProblem(code: string | undefined): HttpProblem {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new HttpProblem(
      431,
      'headers_too_large',
      'Expected a request line of at most 16 KiB and headers of moderate size, got more',
    );
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new HttpProblem(
      408,
      'request_timeout',
      'Expected the whole request within its time limit',
    );
  }
  return new HttpProblem(400, 'bad_request', 'Expected a well-formed HTTP/1.1 request');
}

function writeResponse(problem: HttpProblem, requestId: string): string {
  const body = JSON.stringify(problem.toDocument(requestId));
  return [
    `HTTP/1.1 ${problem.status} ${REASONS[problem.status] ?? 'Error'}`,
    `content-type: ${PROBLEM_CONTENT_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}

function drain(socket: Socket): void {
  let left = DRAINED_BYTES;
  const timer = setTimeout(() => socket.destroy(), DRAINED_MS);
  timer.unref();
  socket.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) socket.destroy();
  });
  socket.on('end', () => socket.destroySoon());
  socket.on('close', () => clearTimeout(timer));
  socket.on('error', () => socket.destroy());
  socket.resume();
}
