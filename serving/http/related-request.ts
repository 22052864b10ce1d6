import { HttpProblem } from './http-problem.ts';
import { parseSuggestParameters, type SuggestParameters } from './suggest-request.ts';

/** What a request for related searches asks about. */
export type RelatedSubject =
  | { readonly kind: 'query' /** Not blank. */; readonly text: string }
  | { readonly kind: 'video'; readonly video: string };

/** A request for related searches that cannot be wrong any more. */
export interface RelatedRequest extends Omit<SuggestParameters, 'text' | 'video'> {
  readonly subject: RelatedSubject;
}

/** Parses a raw query string (without `?`) of `GET /v1/related`; throws the 400 that API.md promises for it. */
export function parseRelatedRequest(rawQuery: string): RelatedRequest {
  const { text, video, ...parameters } = parseSuggestParameters(rawQuery);
  if (text !== null && video !== null) {
    throw refuse('video', 'video: expected q or video, got both');
  }
  if (video !== null) return { ...parameters, subject: { kind: 'video', video } };
  if (text === null) throw refuse('q', 'q: expected q or video, got neither');
  const trimmed = text.trim();
  if (trimmed === '') throw refuse('q', 'q: expected a query that is not blank');
  return { ...parameters, subject: { kind: 'query', text: trimmed } };
}

function refuse(parameter: string, detail: string): HttpProblem {
  return new HttpProblem(400, 'invalid_parameter', detail, { parameter });
}
