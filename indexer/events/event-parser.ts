import { canonicalMarket } from '../../dictionaries/market-tag.ts';
import {
  EVENT_SURFACES,
  type Event,
  type EventType,
  type ImpressionItem,
  type ReceivedEvent,
  SEARCH_ORIGINS,
} from './event.ts';
import { EventFields, invalid } from './event-fields.ts';
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
    return readEvent(new EventFields(value), limits);
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

function readEvent(fields: EventFields, limits: EventLimits): ReceivedEvent {
  const type = fields.need('type');
  if (typeof type !== 'string' || !Object.hasOwn(READERS, type)) {
    const known = Object.keys(READERS).join(', ');
    throw new Rejection('unknown_type', `type: expected one of ${known}, got another`);
  }
  const read = READERS[type as EventType];
  const base: Base = {
    eventId: fields.id('eventId'),
    atMs: readAt(fields.need('at'), limits.nowMs),
    ...optional('context', fields.mapIfAny('context', LONGEST_TEXT)),
  };
  const user = fields.idIfAny('user') ?? null;
  const session = fields.idIfAny('session') ?? null;
  const market = readMarket(fields.find('market'));
  return { event: read(fields, base), user, session, market };
}

type Base = Pick<Event, 'eventId' | 'atMs' | 'context'>;
type EventReader = (fields: EventFields, base: Base) => Event;

const READERS: Readonly<Record<EventType, EventReader>> = {
  search: (fields, base) => ({
    type: 'search',
    ...base,
    query: fields.visibleText('query', LONGEST_QUERY),
    ...optional('origin', fields.oneOfIfAny('origin', SEARCH_ORIGINS)),
    ...optional('requestId', fields.idIfAny('requestId')),
    ...optional('video', fields.idIfAny('video')),
    ...optional('clicked', fields.linkIfAny('clicked')),
    ...optional('results', fields.resultsIfAny('results')),
  }),
  impression: (fields, base) => ({
    type: 'impression',
    ...base,
    requestId: fields.id('requestId'),
    surface: fields.oneOf('surface', EVENT_SURFACES),
    items: readItems(fields.need('items')),
  }),
  click: (fields, base) => ({
    type: 'click',
    ...base,
    requestId: fields.id('requestId'),
    surface: fields.oneOf('surface', EVENT_SURFACES),
    id: fields.id('id'),
    position: fields.position('position'),
  }),
  video: (fields, base) => ({
    type: 'video',
    ...base,
    video: fields.id('video'),
    title: fields.text('title', LONGEST_TEXT),
    ...optional('description', fields.textIfAny('description', LONGEST_TEXT)),
    ...optional('tags', fields.textsIfAny('tags', LONGEST_TEXT)),
    ...optional('transcript', fields.textIfAny('transcript', LONGEST_TRANSCRIPT)),
    ...optional('creator', fields.idIfAny('creator')),
  }),
  comment: (fields, base) => ({
    type: 'comment',
    ...base,
    comment: fields.id('comment'),
    video: fields.id('video'),
    text: fields.text('text', LONGEST_TEXT),
  }),
  watch: (fields, base) => ({
    type: 'watch',
    ...base,
    video: fields.id('video'),
    seconds: fields.amount('seconds'),
  }),
  remove: readRemove,
};

function readRemove(fields: EventFields, base: Base): Event {
  const id = fields.idIfAny('id');
  const hasQuery = fields.find('query') !== undefined;
  // Were both taken, an entry would be forgotten that the user may not have meant.
  if (id !== undefined && hasQuery) {
    throw new Rejection('invalid_field', 'id, query: expected one of them, got both');
  }
  if (id !== undefined) return { type: 'remove', ...base, id };
  if (!hasQuery) throw new Rejection('missing_field', 'id, query: expected one of them');
  return { type: 'remove', ...base, query: fields.visibleText('query', LONGEST_QUERY) };
}

function readItems(value: unknown): readonly ImpressionItem[] {
  if (!Array.isArray(value)) throw invalid('items', 'a list of { id, position }', value);
  return value.map((item, place) => {
    if (typeof item !== 'object' || item === null) {
      throw invalid(`items[${place}]`, '{ id, position }', item);
    }
    const fields = new EventFields(item);
    return { id: fields.id('id'), position: fields.position('position') };
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

/** A field that is there only when it has a value, so that nothing absent is stored. */
function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Field in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Field in Name]: Value });
}
