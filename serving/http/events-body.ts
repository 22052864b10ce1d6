import { Rejection } from '../../indexer/events/event-rejection.ts';
import { HttpProblem } from './http-problem.ts';
import { parseJsonBody } from './request-body.ts';

export const MOST_EVENTS = 1_000;
export const LONGEST_BODY_BYTES = 1024 * 1024;

const LINE_FEED = 0x0a;
const BLANK = /^[ \t\r]*$/;

/**
 * The items of a body of events: the elements of an array, or the lines of NDJSON that are not blank, of which a bad one is a rejection. Throws the 400
 * for a body of another shape, the 413 for too many items and the 415 for another media type.
 */
export function parseEventsBody(mediaType: string, body: Buffer): readonly unknown[] {
  if (mediaType === 'application/json') return parseArray(body);
  if (mediaType === 'application/x-ndjson') return parseLines(body);
  throw new HttpProblem(
    415,
    'unsupported_media_type',
    'Expected application/json or application/x-ndjson',
    { headers: { 'accept-post': 'application/json, application/x-ndjson' } },
  );
}

function parseArray(body: Buffer): readonly unknown[] {
  const items = parseJsonBody(body);
  if (!Array.isArray(items)) {
    throw new HttpProblem(400, 'bad_request', 'Expected an array of events, got other JSON');
  }
  if (items.length > MOST_EVENTS) throw tooMany(items.length);
  return items;
}

function parseLines(body: Buffer): readonly unknown[] {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const items: unknown[] = [];
  for (let start = 0; start < body.length; ) {
    const feed = body.indexOf(LINE_FEED, start);
    const end = feed < 0 ? body.length : feed;
    const item = parseLine(body.subarray(start, end), decoder);
    if (item !== undefined) items.push(item);
    if (items.length > MOST_EVENTS) throw tooMany(`over ${MOST_EVENTS}`);
    start = end + 1;
  }
  return items;
}

/** What a line tells; a rejection for a bad one, `undefined` for a blank one. */
function parseLine(bytes: Buffer, decoder: TextDecoder): unknown {
  let line: string;
  try {
    line = decoder.decode(bytes);
  } catch {
    return new Rejection('invalid_encoding', 'expected a line in UTF-8, got bytes that are not');
  }
  if (BLANK.test(line)) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return new Rejection('invalid_json', 'expected a line of JSON, got text that is none');
  }
}

function tooMany(got: number | string): HttpProblem {
  return new HttpProblem(
    413,
    'payload_too_large',
    `Expected at most ${MOST_EVENTS} events, got ${got}`,
  );
}
