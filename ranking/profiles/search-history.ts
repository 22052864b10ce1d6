import { stableHash } from '../../dictionaries/stable-hash.ts';
import type { ProfileQuery } from './profile-query.ts';
import { varintBytes } from './varint.ts';

/**
 * The searches of a profile, newest first, of one time the one that came last first. What they take as stored is kept along, since it is asked after every event; and a hash each,
 * as a query is looked for with every search: reading a hundred queries would be a hundred places of memory.
 */
export class SearchHistory {
  readonly #queries: ProfileQuery[] = [];
  /** Those that are there now, always the same list. */
  readonly queries: readonly ProfileQuery[] = this.#queries;
  readonly #hashes: number[] = [];
  #storedBytes = 0;

  /** Bytes of all as stored, but for how long before the latest event the first was. */
  get storedBytes(): number {
    return this.#storedBytes;
  }

  /** -1 where it is not in the history. */
  placeOf(normalised: string): number {
    const hash = hashOf(normalised);
    let place = this.#hashes.indexOf(hash);
    while (place >= 0 && this.#queries[place]!.normalised !== normalised) {
      place = this.#hashes.indexOf(hash, place + 1);
    }
    return place;
  }

  /** Where a query of a time stands. */
  placeAt(atMs: number): number {
    let place = 0;
    while (place < this.#queries.length && this.#queries[place]!.lastMs > atMs) place++;
    return place;
  }

  /** Puts a query where its time wants it. */
  insert(query: ProfileQuery): void {
    const place = this.placeAt(query.lastMs);
    const [before, after] = [this.#queries[place - 1], this.#queries[place]];
    this.#storedBytes += query.storedBytes + gapBytes(before, query) + gapBytes(query, after);
    this.#storedBytes -= gapBytes(before, after);
    this.#queries.splice(place, 0, query);
    this.#hashes.splice(place, 0, hashOf(query.normalised));
  }

  /** Puts a query behind all others. */
  append(query: ProfileQuery): void {
    this.#storedBytes += query.storedBytes + gapBytes(this.#queries.at(-1), query);
    this.#queries.push(query);
    this.#hashes.push(hashOf(query.normalised));
  }

  remove(place: number): void {
    const [before, after] = [this.#queries[place - 1], this.#queries[place + 1]];
    const query = this.#queries[place]!;
    this.#storedBytes -= query.storedBytes + gapBytes(before, query) + gapBytes(query, after);
    this.#storedBytes += gapBytes(before, after);
    this.#queries.splice(place, 1);
    this.#hashes.splice(place, 1);
  }

  /** Puts in a query's place one of the same text and time. */
  replace(place: number, query: ProfileQuery): void {
    this.#storedBytes += query.storedBytes - this.#queries[place]!.storedBytes;
    this.#queries[place] = query;
  }
}

function hashOf(normalised: string): number {
  // A small integer, which an array holds by itself.
  return stableHash(normalised) | 0;
}

/** Of the time between a query and the one before it in the list; nothing where one of them is none. */
function gapBytes(later: ProfileQuery | undefined, query: ProfileQuery | undefined): number {
  if (later === undefined || query === undefined) return 0;
  return varintBytes(later.lastMs - query.lastMs);
}
