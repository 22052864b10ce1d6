import { isBearer } from './admin-admission.ts';
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
