import type { FastifyReply, FastifyRequest } from 'fastify';
import { completeAnswer } from './answer-json.ts';
import { JSON_CONTENT_TYPE } from './http-route.ts';

/**
 * Sends a written answer with status 200, for good: behind the framework's back, as one Latin-1 string with its headers. Node then joins both into one flat
 * string and one write; a buffer of its own for every answer costs more to make and to collect than the answer's cache does to ask. No `onSend` hook sees it.
 */
export function sendAnswer(request: FastifyRequest, reply: FastifyReply, tail: string): void {
  const body = completeAnswer(request.id, tail);
  reply.hijack();
  reply.raw
    .writeHead(200, {
      'x-request-id': request.id,
      'content-type': JSON_CONTENT_TYPE,
      'cache-control': 'no-store',
      // A code unit is a byte.
      'content-length': body.length,
    })
    .end(body, 'latin1');
}
