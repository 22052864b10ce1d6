import { randomBytes } from 'node:crypto';

/** Ten digits from the first to the last, so that every id has one length. */
const FIRST = 1_000_000_000;
const LAST = 2_147_483_647;

/**
 * Gives ids for requests: a random prefix and a counter, which costs a fraction of a random id each. A new prefix is
 * drawn when the counter leaves the integers that the engine handles fast. Unique, not secret.
 */
export function createRequestIds(first: number = FIRST): () => string {
  let prefix = drawPrefix();
  let next = first;
  return () => {
    if (next > LAST) {
      prefix = drawPrefix();
      next = FIRST;
    }
    return prefix + next++;
  };
}

function drawPrefix(): string {
  return `${randomBytes(6).toString('hex')}-`;
}
