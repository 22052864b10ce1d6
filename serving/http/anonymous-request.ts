import type { FastifyReply, FastifyRequest } from 'fastify';
import type { UserHasher } from '../../indexer/events/user-hasher.ts';

/** Gives a request that asked not to be personalised an id by which its events are known, so that they are stored without their user. */
export type MarkAnonymous = (request: FastifyRequest, reply: FastifyReply) => void;

/**
 * Marks ids with a keyed digest (`UserHasher.markRequest`): nothing has to be remembered, over restarts neither. Marks nothing where no events are taken.
 */
export function createAnonymousMark(hasher: Pick<UserHasher, 'markRequest'> | null): MarkAnonymous {
  if (hasher === null) return () => {};
  return (request, reply) => {
    request.id = hasher.markRequest(request.id);
    reply.header('x-request-id', request.id);
  };
}
