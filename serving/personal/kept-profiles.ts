import { LRUCache } from 'lru-cache';
import type { EventRecord } from '../../indexer/events/event-record.ts';
import { KeptProfile, type KeptSurroundings } from './kept-profile.ts';

/** A profile decoded takes about so much more than stored, and this at least. */
const DECODED_RATIO = 8;
const LEAST_DECODED_BYTES = 600;
const CACHED_BYTES = 256 * 1024 * 1024;

export interface KeptProfilesOptions {
  readonly surroundings: KeptSurroundings;
  /** Bytes of decoded profiles, about; 256 MiB when absent. */
  readonly cachedBytes?: number | undefined;
  /** What was read is to be read again after so long; never when absent. */
  readonly refreshMs?: number | undefined;
}

/** The profiles of users that are in memory: those heard of lately, as many as fit, and all with records that the store lacks. */
export class KeptProfiles {
  readonly #surroundings: KeptSurroundings;
  readonly #cache: LRUCache<string, KeptProfile>;
  /** With records that the store lacks; never let go before they are there. */
  readonly #changed = new Map<string, KeptProfile>();
  #pending = 0;

  constructor({ surroundings, cachedBytes = CACHED_BYTES, refreshMs }: KeptProfilesOptions) {
    this.#surroundings = surroundings;
    this.#cache = new LRUCache({
      maxSize: cachedBytes,
      sizeCalculation: ({ storedBytes }) => LEAST_DECODED_BYTES + DECODED_RATIO * storedBytes,
      ...(refreshMs === undefined ? {} : { ttl: refreshMs }),
    });
  }

  /** Profiles in the cache. */
  get cached(): number {
    return this.#cache.size;
  }

  /** Those that the store lacks something of. */
  get changed(): ReadonlyMap<string, KeptProfile> {
    return this.#changed;
  }

  /** Records that the store lacks. */
  get pending(): number {
    return this.#pending;
  }

  /** The oldest record that the store lacks; infinite when there is none. Looks at every changed profile. */
  get firstPending(): number {
    let first = Number.POSITIVE_INFINITY;
    for (const { firstPending } of this.#changed.values()) first = Math.min(first, firstPending);
    return first;
  }

  /** That of a user, if it is in memory. */
  find(user: string): KeptProfile | undefined {
    return this.#changed.get(user) ?? this.#cache.get(user);
  }

  /** That of a user; one that is not loaded yet where none is in memory. */
  of(user: string): KeptProfile {
    const known = this.find(user);
    if (known !== undefined) return known;
    const kept = new KeptProfile(user, this.#surroundings);
    this.#cache.set(user, kept);
    return kept;
  }

  /** Takes a record into one of them, once. */
  add(kept: KeptProfile, record: EventRecord, offset: number): void {
    if (!kept.add(record, offset)) return;
    this.#pending++;
    this.#changed.set(kept.user, kept);
  }

  /** Lets one of them take what the store has for its beginning. What is thrown passes through. */
  adopt(kept: KeptProfile, adopt: () => void): void {
    const before = kept.pending;
    adopt();
    if (this.isChanged(kept)) {
      this.#pending += kept.pending - before;
      if (kept.pending === 0) this.#changed.delete(kept.user);
    }
    if (this.#cache.peek(kept.user) === kept) this.#remember(kept);
  }

  /** Whether this very one is among the changed: nothing was forgotten since. */
  isChanged(kept: KeptProfile): boolean {
    return this.#changed.get(kept.user) === kept;
  }

  /** So many records of a changed one are in the store. */
  confirm(kept: KeptProfile, records: number): void {
    this.#pending -= records;
    if (kept.pending === 0) this.#changed.delete(kept.user);
    this.#remember(kept);
  }

  /** Whether there was something that the store lacked. */
  forget(user: string): boolean {
    this.#pending -= this.#changed.get(user)?.pending ?? 0;
    this.#cache.delete(user);
    return this.#changed.delete(user);
  }

  clear(): void {
    this.#changed.clear();
    this.#cache.clear();
    this.#pending = 0;
  }

  /** The cache measures what is put into it anew, and only that. */
  #remember(kept: KeptProfile): void {
    this.#cache.delete(kept.user);
    this.#cache.set(kept.user, kept);
  }
}
