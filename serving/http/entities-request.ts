import { canonicalMarket } from '../../dictionaries/market-tag.ts';
import {
  type CommentText,
  DEFAULT_LIMIT_PER_TEXT,
  LARGEST_LIMIT_PER_TEXT,
} from '../surfaces/entities/entity-finder.ts';
import { HttpProblem, invalidParameter } from './http-problem.ts';
import { LONGEST_ID_BYTES } from './suggest-request.ts';

/** A request for the links of comments that cannot be wrong any more. */
export interface EntitiesRequest {
  readonly texts: readonly CommentText[];
  readonly video: string | null;
  /** Canonical BCP 47 tag, or `null` when none was asked for. */
  readonly market: string | null;
  readonly user: string | null;
  readonly session: string | null;
  readonly personalise: boolean;
  readonly limitPerText: number;
}

export const MOST_TEXTS = 200;
export const LONGEST_TEXT_CODE_POINTS = 5_000;

const FIELDS = ['texts', 'video', 'market', 'user', 'session', 'personalise', 'limitPerText'];
const TEXT_FIELDS = ['id', 'text'];

type JsonObject = Readonly<Record<string, unknown>>;

/** Reads the body of `POST /v1/entities`; throws the 400 that names the field at fault: a field of a text as `texts/0/id`, a JSON pointer (RFC 6901) from the body on. */
export function parseEntitiesRequest(body: unknown): EntitiesRequest {
  if (!isObject(body)) throw wrong('', 'an object', body);
  refuseUnknown(body, FIELDS, '');
  return {
    texts: parseTexts(body.texts),
    video: parseId('video', body.video),
    market: parseMarket(body.market),
    user: parseId('user', body.user),
    session: parseId('session', body.session),
    personalise: parseFlag(body.personalise),
    limitPerText: parseLimit(body.limitPerText),
  };
}

function parseTexts(value: unknown): readonly CommentText[] {
  if (!Array.isArray(value)) throw wrong('texts', 'an array', value);
  if (value.length > MOST_TEXTS) {
    throw invalidParameter('texts', `at most ${MOST_TEXTS} texts`, `${value.length}`);
  }
  return value.map((item: unknown, index) => {
    const pointer = `texts/${index}`;
    if (!isObject(item)) throw wrong(pointer, 'an object', item);
    refuseUnknown(item, TEXT_FIELDS, pointer);
    const id = parseId(`${pointer}/id`, item.id);
    if (id === null) throw wrong(`${pointer}/id`, 'a string', undefined);
    return { id, text: parseText(`${pointer}/text`, item.text) };
  });
}

function parseText(pointer: string, value: unknown): string {
  if (typeof value !== 'string') throw wrong(pointer, 'a string', value);
  if (
    value.length > LONGEST_TEXT_CODE_POINTS &&
    countCodePoints(value) > LONGEST_TEXT_CODE_POINTS
  ) {
    const got = `${countCodePoints(value)}`;
    throw invalidParameter(pointer, `at most ${LONGEST_TEXT_CODE_POINTS} code points`, got);
  }
  return value;
}

/** An id, or null when the field is not there; JSON's null is none. */
function parseId(pointer: string, value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value !== 'string') throw wrong(pointer, 'a string', value);
  const bytes = Buffer.byteLength(value);
  if (bytes === 0 || bytes > LONGEST_ID_BYTES) {
    throw invalidParameter(pointer, `1 to ${LONGEST_ID_BYTES} bytes`, value);
  }
  return value;
}

function parseMarket(value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value !== 'string') throw wrong('market', 'a string', value);
  const market = canonicalMarket(value);
  if (market === null) throw invalidParameter('market', 'a BCP 47 tag such as en-US', value);
  return market;
}

function parseFlag(value: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value !== 'boolean') throw wrong('personalise', 'true or false', value);
  return value;
}

function parseLimit(value: unknown): number {
  if (value === undefined) return DEFAULT_LIMIT_PER_TEXT;
  const isWhole = typeof value === 'number' && Number.isInteger(value);
  if (!isWhole || value < 1 || value > LARGEST_LIMIT_PER_TEXT) {
    throw wrong('limitPerText', `a whole number from 1 to ${LARGEST_LIMIT_PER_TEXT}`, value);
  }
  return value;
}

function refuseUnknown(object: JsonObject, known: readonly string[], pointer: string): void {
  for (const name of Object.keys(object)) {
    if (known.includes(name)) continue;
    const escaped = name.replaceAll('~', '~0').replaceAll('/', '~1');
    throw new HttpProblem(400, 'unknown_parameter', `Expected ${known.join(', ')}`, {
      parameter: pointer === '' ? escaped : `${pointer}/${escaped}`,
    });
  }
}

function wrong(pointer: string, expected: string, got: unknown): HttpProblem {
  return invalidParameter(pointer, expected, got === undefined ? 'nothing' : kindOf(got));
}

function kindOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
