import type { Event } from './event.ts';
import { EventLogError } from './event-log-error.ts';
import { JsonWriter } from './json-writer.ts';

/** What was known of an event when it was accepted, as stable ids; whoever defines it gives `version` its meaning. */
export interface Enrichment {
  readonly version: number;
  /** The snapshot whose ids `data` uses. */
  readonly snapshot: string;
  /** JSON. */
  readonly data: unknown;
}

/** An accepted event as the log keeps it. Holds no plain id of a user or session. */
export interface EventRecord {
  readonly event: Event;
  /** When it was accepted, by the wall clock; retention goes by it. */
  readonly arrivedMs: number;
  /** Hash of the user (`UserHasher`); `null` for nobody, or for a request that asked not to be personalised. */
  readonly user: string | null;
  /** Hash of the session; `null` as for the user. */
  readonly session: string | null;
  /** Canonical BCP 47 tag; `und` for none in particular. */
  readonly market: string;
  readonly enriched?: Enrichment;
}

/** The version of the envelope around the event; raised when a reader of today could no longer read what is written. */
const ENVELOPE_VERSION = 1;
const ENVELOPE_BEGIN = `{"v":${ENVELOPE_VERSION}`;

const scratch = new JsonWriter();

/** The bytes of a record: JSON in UTF-8 (FORMAT.md, "Records"). */
export function encodeRecord(record: EventRecord): Buffer {
  scratch.clear();
  writeRecord(record, scratch);
  return scratch.take();
}

/** The same, behind what was written before. */
export function writeRecord(record: EventRecord, into: JsonWriter): void {
  into.ascii(ENVELOPE_BEGIN);
  into.members(record, false);
  into.ascii('}');
}

/** The record that `encodeRecord` wrote; `place` names the bytes in errors. Throws `damaged` or `bad-version`. */
export function decodeRecord(bytes: Buffer, place: string): EventRecord {
  let envelope: { readonly v?: unknown; readonly event?: unknown } & EventRecord;
  try {
    envelope = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new EventLogError('damaged', `${place}: expected a record in JSON`, { cause });
  }
  const { v: version, ...record } = envelope;
  if (version !== ENVELOPE_VERSION) {
    throw new EventLogError(
      'bad-version',
      `${place}: expected a record of version ${ENVELOPE_VERSION}, got ${String(version)}; read it with a newer version of foretype`,
    );
  }
  if (typeof record.event?.eventId !== 'string' || typeof record.arrivedMs !== 'number') {
    throw new EventLogError('damaged', `${place}: expected an event and when it arrived`);
  }
  return record;
}
