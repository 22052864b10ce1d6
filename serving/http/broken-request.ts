import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { HttpProblem, PROBLEM_CONTENT_TYPE } from './http-problem.ts';

/** How much of a refused request is read and thrown away, and how long, before the connection is cut. */
const DRAINED_BYTES = 4 * 1024 * 1024;
const DRAINED_MS = 2_000;

const LINE_FEED = 0x0a;
const FIRST_NON_ASCII = 0x80;

/** What Node tells of a request that its parser gave up on. */
interface ParserError extends Error {
  readonly code?: string;
  /** The bytes that were being read, and how many of them were understood. */
  readonly rawPacket?: unknown;
  readonly bytesParsed?: number;
}

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
): (error: ParserError, socket: Socket) => void {
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
    const problem = toProblem(error);
    const requestId = nextRequestId();
    countProblem(problem.status);
    socket.end(writeResponse(problem, requestId));
    drain(socket);
  };
}

function toProblem({ code, rawPacket, bytesParsed }: ParserError): HttpProblem {
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
  if (code === 'HPE_INVALID_URL' && Buffer.isBuffer(rawPacket) && bytesParsed !== undefined) {
    const fault = findEncodingFault(rawPacket, bytesParsed);
    if (fault !== null) return fault;
  }
  return new HttpProblem(400, 'bad_request', 'Expected a well-formed HTTP/1.1 request');
}

/**
 * The 400 for a byte above 0x7F that a query string holds as it is: it had to be percent-encoded, whether it is UTF-8 or not. `null`
 * when the fault is another, or the request line began in an earlier packet.
 */
function findEncodingFault(packet: Buffer, place: number): HttpProblem | null {
  if ((packet[place] ?? 0) < FIRST_NON_ASCII) return null;
  const line = packet.toString('latin1', packet.lastIndexOf(LINE_FEED, place) + 1, place);
  const rawName = /^[A-Z]+ [^?]*\?(?:.*&)?([^&=]*)(?:=[^&]*)?$/s.exec(line)?.[1];
  if (rawName === undefined) return null;
  return new HttpProblem(
    400,
    'invalid_encoding',
    'Expected percent-encoded UTF-8 in the query string, got bytes that are not encoded',
    { parameter: rawName },
  );
}

/**
 * Answers like any other what Node would by itself and without a request id: expectations, which may be ignored (RFC 9110, section
 * 10.1.1), and CONNECT, which no route takes.
 */
export function answerOddRequests(
  server: Server,
  nextRequestId: () => string,
  countProblem: (status: number) => void,
): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', (_request, socket) => {
    const problem = new HttpProblem(400, 'bad_request', 'Expected no CONNECT: this is no proxy');
    countProblem(problem.status);
    socket.on('error', () => socket.destroy());
    socket.end(writeResponse(problem, nextRequestId()));
  });
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
