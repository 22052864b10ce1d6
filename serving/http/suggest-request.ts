import { canonicalMarket } from '../../dictionaries/market-tag.ts';
import { HttpProblem, invalidParameter, quoteEcho } from './http-problem.ts';
import { parseQueryString } from './query-string.ts';

/** A request for suggestions that cannot be wrong any more. */
export interface SuggestRequest {
  /** What was typed, without leading spaces and with at most one trailing space. */
  readonly text: string;
  readonly limit: number;
  /** Canonical BCP 47 tag, or `null` when none was asked for. */
  readonly market: string | null;
  readonly user: string | null;
  readonly session: string | null;
  readonly video: string | null;
  readonly context: readonly ContextCondition[];
  readonly personalise: boolean;
  readonly explain: boolean;
}

export interface ContextCondition {
  readonly key: string;
  readonly value: string;
  readonly excluded: boolean;
}

export const LONGEST_QUERY_CODE_POINTS = 128;
export const LONGEST_ID_BYTES = 128;
export const LARGEST_LIMIT = 20;
export const DEFAULT_LIMIT = 10;

const CONTEXT_FORM = /^(-?)([^:-][^:]*):(.+)$/su;

/** The parameters that requests for suggestions share; `text` is null when q was not given. */
export interface SuggestParameters extends Omit<SuggestRequest, 'text'> {
  readonly text: string | null;
}

/** Parses a raw query string (without `?`) of `GET /v1/suggest`; throws the 400 that API.md promises for it. */
export function parseSuggestRequest(rawQuery: string): SuggestRequest {
  const parameters = parseSuggestParameters(rawQuery);
  return { ...parameters, text: parameters.text ?? '' };
}

/** The same, telling an empty q from none. */
export function parseSuggestParameters(rawQuery: string): SuggestParameters {
  let text: string | null = null;
  let limit: number | null = null;
  let market: string | null = null;
  let user: string | null = null;
  let session: string | null = null;
  let video: string | null = null;
  let personalise: boolean | null = null;
  let explain: boolean | null = null;
  const context: ContextCondition[] = [];

  for (const { name, value } of parseQueryString(rawQuery)) {
    switch (name) {
      case 'q':
        refuseRepeated(name, text);
        text = parseTyped(value);
        break;
      case 'limit':
        refuseRepeated(name, limit);
        limit = parseLimit(value);
        break;
      case 'market':
        refuseRepeated(name, market);
        market = parseMarket(value);
        break;
      case 'user':
        refuseRepeated(name, user);
        user = parseId(name, value);
        break;
      case 'session':
        refuseRepeated(name, session);
        session = parseId(name, value);
        break;
      case 'video':
        refuseRepeated(name, video);
        video = parseId(name, value);
        break;
      case 'context':
        context.push(parseContext(value));
        break;
      case 'personalise':
        refuseRepeated(name, personalise);
        personalise = parseFlag(name, value);
        break;
      case 'explain':
        refuseRepeated(name, explain);
        explain = parseFlag(name, value);
        break;
      default:
        throw new HttpProblem(
          400,
          'unknown_parameter',
          `Expected q, limit, market, user, session, video, context, personalise or explain, got ${quoteEcho(name)}`,
          { parameter: name },
        );
    }
  }
  return {
    text,
    limit: limit ?? DEFAULT_LIMIT,
    market,
    user,
    session,
    video,
    context,
    personalise: personalise ?? true,
    explain: explain ?? false,
  };
}

function refuseRepeated(parameter: string, earlier: unknown): void {
  if (earlier === null) return;
  throw new HttpProblem(400, 'repeated_parameter', `${parameter}: expected once, got it twice`, {
    parameter,
  });
}

/** What was typed, its leading space dropped and its trailing space one; throws the 400 for a text that is too long. */
export function parseTyped(value: string): string {
  // Code units bound code points from above, so that the short texts of nearly all requests are never counted.
  if (value.length > LONGEST_QUERY_CODE_POINTS) {
    const codePoints = countCodePoints(value);
    if (codePoints > LONGEST_QUERY_CODE_POINTS) {
      throw new HttpProblem(
        400,
        'invalid_parameter',
        `q: expected at most ${LONGEST_QUERY_CODE_POINTS} code points, got ${codePoints}`,
        { parameter: 'q' },
      );
    }
  }
  const text = value.trimStart();
  const trimmed = text.trimEnd();
  return trimmed.length === text.length ? text : `${trimmed} `;
}

function countCodePoints(value: string): number {
  let count = 0;
  for (const _ of value) count++;
  return count;
}

function parseLimit(value: string): number {
  const limit = /^[1-9][0-9]?$/.test(value) ? Number(value) : 0;
  if (limit < 1 || limit > LARGEST_LIMIT) {
    throw invalidParameter('limit', `a whole number from 1 to ${LARGEST_LIMIT}`, value);
  }
  return limit;
}

function parseMarket(value: string): string {
  const market = canonicalMarket(value);
  if (market === null) {
    throw invalidParameter('market', 'a BCP 47 language tag such as en-US', value);
  }
  return market;
}

function parseId(name: string, value: string): string {
  const bytes = Buffer.byteLength(value);
  if (bytes < 1 || bytes > LONGEST_ID_BYTES) {
    throw new HttpProblem(
      400,
      'invalid_parameter',
      `${name}: expected an id of 1 to ${LONGEST_ID_BYTES} bytes, got ${bytes} bytes`,
      { parameter: name },
    );
  }
  return value;
}

function parseContext(value: string): ContextCondition {
  const parts = CONTEXT_FORM.exec(value);
  const key = parts?.[2];
  const wanted = parts?.[3];
  if (key === undefined || wanted === undefined) {
    throw invalidParameter('context', 'key:value or -key:value', value);
  }
  return { key, value: wanted, excluded: parts?.[1] === '-' };
}

function parseFlag(name: string, value: string): boolean {
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw invalidParameter(name, 'true or false', value);
}
