import { normalise } from '../../dictionaries/normalise.ts';
import type { EventRecord } from '../../indexer/events/event-record.ts';
import { Profile } from '../../ranking/profiles/profile.ts';
import { decodeProfile } from '../../ranking/profiles/profile-codec.ts';
import { updateProfile } from '../../ranking/profiles/update-profile.ts';
import type { SnapshotContent } from '../snapshot/snapshot-content.ts';
import { Enricher } from './enricher.ts';
import { readingOf } from './personal-ranking.ts';
import type { PersonalRequest } from './personal-request.ts';
import type { ProfileReading } from './profile-source.ts';

/** A search that a user made. */
export interface PastSearch {
  readonly query: string;
  /** When; epoch milliseconds, or a Date. */
  readonly at: number | Date;
}

/** Who asks, for a service that embeds the engine: whatever it knows of them. What is not given is not known. */
export interface AskedBy {
  /** The user's searches, in any order; the newest 4 KiB count. The same array is read once: give another when it changed. */
  readonly history?: readonly PastSearch[];
  /** Instead: a profile as a server stores it. The same array is read once. */
  readonly profile?: Uint8Array;
  /** What the session searched, newest first. */
  readonly session?: readonly string[];
  /** The video on screen. */
  readonly video?: string;
  /** What it counts time from; the wall clock when absent. */
  readonly nowMs?: number;
}

/** Reads who asks for one snapshot, remembering what was read. */
export class EmbeddedPeople {
  readonly #enricher = new Enricher();
  readonly #readings = new WeakMap<object, ProfileReading>();

  constructor(name: string, content: SnapshotContent) {
    this.#enricher.useSnapshot(name, content);
  }

  /** The request of somebody. @throws ProfileError for a stored profile that is damaged, RangeError for a time that is none */
  requestOf(
    person: AskedBy,
    asked: { readonly typed: string; readonly limit: number; readonly market: string },
  ): PersonalRequest {
    const { session = [], video = null, nowMs = Date.now() } = person;
    const queries = session.map(normalise).filter((query) => query !== '');
    return {
      ...asked,
      ownerHash: 'embedded',
      reading: this.#readingOf(person, asked.market),
      session: queries.length === 0 ? null : { queries, videos: [] },
      video,
      nowMs,
    };
  }

  #readingOf({ history, profile }: AskedBy, market: string): ProfileReading {
    const source = profile ?? history;
    if (source === undefined) return readingOf(null);
    const known = this.#readings.get(source);
    if (known !== undefined) return known;
    const read = profile === undefined ? this.#fold(history ?? [], market) : decodeProfile(profile);
    const reading = readingOf(read);
    this.#readings.set(source, reading);
    return reading;
  }

  #fold(history: readonly PastSearch[], market: string): Profile {
    const searches = history
      .map(({ query, at }) => ({ query, atMs: Number(at) }))
      .sort((a, b) => a.atMs - b.atMs);
    return searches.reduce((profile, { query, atMs }, i) => {
      if (!Number.isFinite(atMs)) {
        throw new RangeError(`history: expected a time in milliseconds or a Date, got ${atMs}`);
      }
      const event = { type: 'search', eventId: `${i}`, atMs: Math.floor(atMs), query } as const;
      const record: EventRecord = {
        event,
        arrivedMs: atMs,
        user: 'embedded',
        session: null,
        market,
      };
      const enriched = this.#enricher.enrich(record);
      return updateProfile(profile, enriched === null ? record : { ...record, enriched });
    }, new Profile());
  }
}
