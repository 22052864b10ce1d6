import { canonicalMarket } from '../../dictionaries/market-tag.ts';
import {
  EVENT_SURFACES,
  type Event,
  type EventType,
  type ImpressionItem,
  type ReceivedEvent,
  SEARCH_ORIGINS,
  type SearchEvent,
  type VideoEvent,
} from './event.ts';
import {
  type Fields,
  idIfAny,
  invalid,
  linkIfAny,
  mapIfAny,
  need,
  oneOfIfAny,
  readAmount,
  readFields,
  readId,
  readOneOf,
  readPosition,
  readText,
  readVisibleText,
  resultsIfAny,
  textIfAny,
  textsIfAny,
} from './event-fields.ts';
import { Rejection } from './event-rejection.ts';
import { readEventTime } from './event-time.ts';

/** How far a client's clock may be ahead of ours. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

/** What an event is judged by; lengths in code points. */
export interface EventLimits {
  /** The wall clock, in milliseconds since the epoch. */
  readonly nowMs: number;
}

const LONGEST_QUERY = 1_024;
const LONGEST_TEXT = 5_000;
const LONGEST_TRANSCRIPT = 100_000;

/** The market of events that name none. */
const UNDETERMINED = 'und';

/**
 * The event that a value of JSON tells, or why it is not taken. Fields that are not known are ignored and not kept: the contract only grows, so an
 * older server must take what newer clients send; and what is not understood might name somebody.
 */
export function parseEvent(value: unknown, limits: EventLimits): ReceivedEvent | Rejection {
  try {
    return readEvent(readFields(value), limits);
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

function readEvent(fields: Fields, limits: EventLimits): ReceivedEvent {
  const type = need('type', fields.type);
  if (typeof type !== 'string' || !Object.hasOwn(READERS, type)) {
    const known = Object.keys(READERS).join(', ');
    throw new Rejection('unknown_type', `type: expected one of ${known}, got another`);
  }
  const eventId = readId('eventId', fields.eventId);
  const atMs = readAt(need('at', fields.at), limits.nowMs);
  const context = mapIfAny('context', fields.context, LONGEST_TEXT);
  const user = idIfAny('user', fields.user) ?? null;
  const session = idIfAny('session', fields.session) ?? null;
  const market = readMarket(fields.market ?? undefined);
  const event = READERS[type as EventType](fields, eventId, atMs);
  if (context !== undefined) event.context = context;
  return { event, user, session, market };
}

/** An event that is being put together. Fields are set in one order, each only when it has a value: so that nothing absent is stored, and events of a type differ little in their form. */
type Draft<Kind> = { -readonly [Field in keyof Kind]: Kind[Field] };
type EventReader = (fields: Fields, eventId: string, atMs: number) => Draft<Event>;

const READERS: Readonly<Record<EventType, EventReader>> = {
  search: readSearch,
  impression: (fields, eventId, atMs) => ({
    type: 'impression',
    eventId,
    atMs,
    requestId: readId('requestId', fields.requestId),
    surface: readOneOf('surface', fields.surface, EVENT_SURFACES),
    items: readItems(need('items', fields.items)),
  }),
  click: (fields, eventId, atMs) => ({
    type: 'click',
    eventId,
    atMs,
    requestId: readId('requestId', fields.requestId),
    surface: readOneOf('surface', fields.surface, EVENT_SURFACES),
    id: readId('id', fields.id),
    position: readPosition('position', fields.position),
  }),
  video: readVideo,
  comment: (fields, eventId, atMs) => ({
    type: 'comment',
    eventId,
    atMs,
    comment: readId('comment', fields.comment),
    video: readId('video', fields.video),
    text: readText('text', fields.text, LONGEST_TEXT),
  }),
  watch: (fields, eventId, atMs) => ({
    type: 'watch',
    eventId,
    atMs,
    video: readId('video', fields.video),
    seconds: readAmount('seconds', fields.seconds),
  }),
  remove: readRemove,
};

function readSearch(fields: Fields, eventId: string, atMs: number): Draft<SearchEvent> {
  const query = readVisibleText('query', fields.query, LONGEST_QUERY);
  const origin = oneOfIfAny('origin', fields.origin, SEARCH_ORIGINS);
  const requestId = idIfAny('requestId', fields.requestId);
  const video = idIfAny('video', fields.video);
  const clicked = linkIfAny('clicked', fields.clicked);
  const results = resultsIfAny('results', fields.results);
  // Nearly all searches name the request that they came with.
  const event: Draft<SearchEvent> =
    requestId === undefined
      ? { type: 'search', eventId, atMs, query }
      : { type: 'search', eventId, atMs, query, requestId };
  if (video !== undefined) event.video = video;
  if (clicked !== undefined) event.clicked = clicked;
  if (origin !== undefined) event.origin = origin;
  if (results !== undefined) event.results = results;
  return event;
}

function readVideo(fields: Fields, eventId: string, atMs: number): Draft<VideoEvent> {
  const video = readId('video', fields.video);
  const title = readText('title', fields.title, LONGEST_TEXT);
  const event: Draft<VideoEvent> = { type: 'video', eventId, atMs, video, title };
  const description = textIfAny('description', fields.description, LONGEST_TEXT);
  if (description !== undefined) event.description = description;
  const tags = textsIfAny('tags', fields.tags, LONGEST_TEXT);
  if (tags !== undefined) event.tags = tags;
  const transcript = textIfAny('transcript', fields.transcript, LONGEST_TRANSCRIPT);
  if (transcript !== undefined) event.transcript = transcript;
  const creator = idIfAny('creator', fields.creator);
  if (creator !== undefined) event.creator = creator;
  return event;
}

function readRemove(fields: Fields, eventId: string, atMs: number): Draft<Event> {
  const id = idIfAny('id', fields.id);
  const hasQuery = (fields.query ?? undefined) !== undefined;
  // Were both taken, an entry would be forgotten that the user may not have meant.
  if (id !== undefined && hasQuery) {
    throw new Rejection('invalid_field', 'id, query: expected one of them, got both');
  }
  if (id !== undefined) return { type: 'remove', eventId, atMs, id };
  if (!hasQuery) throw new Rejection('missing_field', 'id, query: expected one of them');
  const query = readVisibleText('query', fields.query, LONGEST_QUERY);
  return { type: 'remove', eventId, atMs, query };
}

function readItems(value: unknown): readonly ImpressionItem[] {
  if (!Array.isArray(value)) throw invalid('items', 'a list of { id, position }', value);
  return value.map((item, place) => {
    if (typeof item !== 'object' || item === null) {
      throw invalid(`items[${place}]`, '{ id, position }', item);
    }
    const fields = readFields(item);
    return { id: readId('id', fields.id), position: readPosition('position', fields.position) };
  });
}

function readAt(value: unknown, nowMs: number): number {
  const atMs = readEventTime(value);
  if (atMs === null) {
    throw new Rejection('invalid_time', 'at: expected ISO 8601 or epoch milliseconds');
  }
  if (atMs > nowMs + CLOCK_SKEW_MS) {
    const aheadSeconds = Math.ceil((atMs - nowMs) / 1000);
    throw new Rejection(
      'future_time',
      `at: expected at most ${CLOCK_SKEW_MS / 1000} s later than the server's clock, got ${aheadSeconds} s`,
    );
  }
  return atMs;
}

function readMarket(value: unknown): string {
  if (value === undefined) return UNDETERMINED;
  const market = typeof value === 'string' ? canonicalMarket(value) : null;
  if (market === null) {
    throw new Rejection('invalid_market', 'market: expected a BCP 47 tag such as en-US');
  }
  return market;
}
