import type { OutgoingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { completeAnswer } from './answer-json.ts';
import { JSON_CONTENT_TYPE } from './http-route.ts';

/**
 * Sends a written answer with status 200, for good: behind the framework's back, as one Latin-1 string with its headers, in one write; a buffer of its own for every answer costs more to
 * make and to collect than the answer's cache does to ask. No `onSend` hook sees it.
 */
export function sendAnswer(request: FastifyRequest, reply: FastifyReply, tail: string): void {
  const body = completeAnswer(request.id, tail);
  const { raw } = reply;
  reply.hijack();
  raw.writeHead(200, {
    'x-request-id': request.id,
    'content-type': JSON_CONTENT_TYPE,
    'cache-control': 'no-store',
    // A code unit is a byte.
    'content-length': body.length,
  });
  if (request.method === 'HEAD') raw.end();
  else endAtOnce(raw, body);
}

/** An outgoing message whose head was written down, but not sent: its text waits here for what is sent first. */
interface WithHead {
  _header?: unknown;
}

/**
 * Ends a message, whose head says its length, with its only body. `end(body)` hands two strings to the socket, the second one empty, and so takes the way of many buffers (writev); what goes
 * out with the head goes as one string, at a tenth less for the whole request. It is `end(body)` where Node keeps no head to add to, or nothing real is behind it: another answer is being
 * sent before it, or the framework only plays a request.
 */
function endAtOnce(message: OutgoingMessage & WithHead, body: string): void {
  if (typeof message._header !== 'string' || !(message.socket instanceof Socket)) {
    message.end(body, 'latin1');
    return;
  }
  message._header += body;
  message.end();
}
