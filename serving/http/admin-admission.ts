import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpProblem } from './http-problem.ts';

/** Lets a request for an admin route pass that brings one of the keys; throws the 401 that API.md promises for every other. */
export function admitAdmin(keys: readonly string[], authorization: string | undefined): void {
  if (keys.some((key) => isBearer(authorization, key))) return;
  throw new HttpProblem(
    401,
    'unauthorized',
    'This route needs the header Authorization: Bearer with the admin key',
    { headers: { 'www-authenticate': 'Bearer' } },
  );
}

/** Compares digests, so that the time taken tells nothing of the key, its length included. */
export function isBearer(authorization: string | undefined, key: string): boolean {
  const given = /^bearer +(.+)$/i.exec(authorization ?? '')?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(key));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
