import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpProblem } from './http-problem.ts';

/** Lets a request for an admin route pass that brings the key; throws the 401 that API.md promises for every other. */
export function admitAdmin(key: string, authorization: string | undefined): void {
  if (isBearer(authorization, key)) return;
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
