import type { FastifyInstance } from 'fastify';
import { HttpProblem } from './http-problem.ts';

/** How much of a body beyond its bound is read and thrown away, so that the client sees the answer before the connection ends. */
const DRAINED_BYTES = 8 * 1024 * 1024;

/**
 * Hands the routes of this scope (and no others) their bodies as bytes, whatever the media type says; `request.body` is a `Buffer`, empty without
 * one. Throws the 413 for a longer body. Must be called on an encapsulated scope.
 */
export function takeBodies(routes: FastifyInstance, longestBytes: number): void {
  const tooLong = (headers = {}) =>
    new HttpProblem(
      413,
      'payload_too_large',
      `Expected a body of at most ${longestBytes} bytes, got more`,
      { headers },
    );
  routes.removeAllContentTypeParsers();
  // Fastify's own bound cuts the connection while the client still sends; the one here reads on for a while.
  routes.addContentTypeParser(
    '*',
    { bodyLimit: Number.MAX_SAFE_INTEGER },
    (_request, payload, done) => {
      let chunks: Buffer[] = [];
      let received = 0;
      payload.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received <= longestBytes) chunks.push(chunk);
        else chunks = [];
        if (received <= longestBytes + DRAINED_BYTES) return;
        payload.removeAllListeners('data').removeAllListeners('end').pause();
        done(tooLong({ connection: 'close' }));
      });
      payload.on('end', () => {
        if (received > longestBytes) done(tooLong());
        else done(null, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
      });
      // The client went away: its fault, and nobody is there to read the answer.
      payload.on('error', (cause) =>
        done(new HttpProblem(400, 'bad_request', 'Expected a whole body', { cause })),
      );
    },
  );
}

/** The media type of a request's body in lower case, without parameters; throws the 415 for one that is encoded or not in UTF-8. */
export function readMediaType(headers: {
  readonly 'content-type'?: string | undefined;
  readonly 'content-encoding'?: string | undefined;
}): string {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity') {
    throw new HttpProblem(
      415,
      'unsupported_media_type',
      'Expected a body without content-encoding',
      { headers: { 'accept-encoding': 'identity' } },
    );
  }
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=');
    if (name.trim() !== 'charset' || /^\s*"?utf-?8"?\s*$/.test(value)) continue;
    throw new HttpProblem(415, 'unsupported_media_type', 'Expected a body in UTF-8');
  }
  return type.trim();
}

/** The text of a body; throws the 400 for bytes that are not UTF-8. */
export function decodeBody(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new HttpProblem(
      400,
      'invalid_encoding',
      'Expected a body in UTF-8, got bytes that are not',
      {
        cause,
      },
    );
  }
}

/** The value that a body in JSON tells; throws the 400 for anything else. */
export function parseJsonBody(bytes: Uint8Array): unknown {
  const text = decodeBody(bytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HttpProblem(400, 'invalid_json', 'Expected a body in JSON, got text that is none', {
      cause,
    });
  }
}
