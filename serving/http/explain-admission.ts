import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpProblem } from './http-problem.ts';

/** Lets a request for explanations pass that brings one of the keys; throws the 403 or 401 that API.md promises for every other. */
export function admitExplain(keys: readonly string[], authorization: string | undefined): void {
  if (keys.length === 0) {
    throw new HttpProblem(
      403,
      'explain_forbidden',
      'explain=true needs FORETYPE_ADMIN_KEY, which is not set on this server',
      { parameter: 'explain' },
    );
  }
  if (keys.some((key) => isBearer(authorization, key))) return;
  throw new HttpProblem(
    401,
    'unauthorized',
    'explain=true needs the header Authorization: Bearer with the admin key',
    { parameter: 'explain', headers: { 'www-authenticate': 'Bearer' } },
  );
}

/** Compares digests, so that the time taken tells nothing of the key, its length included. */
function isBearer(authorization: string | undefined, key: string): boolean {
  const given = /^bearer +(.+)$/i.exec(authorization ?? '')?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(key));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
