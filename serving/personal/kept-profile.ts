import type { EventRecord } from '../../indexer/events/event-record.ts';
import type { StoredFeature } from '../../ranking/feature-store/feature-store.ts';
import { Profile } from '../../ranking/profiles/profile.ts';
import { decodeProfile, encodeProfile } from '../../ranking/profiles/profile-codec.ts';
import { updateProfile } from '../../ranking/profiles/update-profile.ts';
import type { ProfileReading } from './profile-source.ts';
import {
  decodeStoredProfile,
  encodeStoredProfile,
  type FoldedTo,
  foldedEnd,
  withFolded,
} from './stored-profile.ts';

/** What the profiles of a keeper have in common. */
export interface KeptSurroundings {
  /** The log whose records are folded in. */
  readonly log: string;
  /** Whether records of it are missing that were accepted. */
  readonly isBehind: boolean;
}

interface PendingRecord {
  readonly record: EventRecord;
  readonly offset: number;
}

/** What is to be written of a profile, and what is then no longer pending. */
export interface ProfileWriting {
  readonly kept: KeptProfile;
  readonly bytes: Uint8Array;
  readonly folded: readonly FoldedTo[];
  readonly records: number;
}

/**
 * A user's profile in memory: what the store has, and the records since, which stay until they are in the store, so that they can be folded into another
 * beginning when somebody else wrote there meanwhile.
 */
export class KeptProfile implements ProfileReading {
  readonly user: string;
  profile: Profile | null = null;
  revision = 0;
  /** Whether what the store has is in here. */
  isLoaded = false;
  /** Under way. */
  loading: Promise<void> | null = null;
  /** Bytes in the store, 0 for none: about how much memory it takes goes by it. */
  storedBytes = 0;
  readonly #surroundings: KeptSurroundings;
  #version: number | null = null;
  #folded: readonly FoldedTo[] = [];
  /** One beyond the last record that is folded in. */
  #end = 0;
  #pending: PendingRecord[] = [];

  constructor(user: string, surroundings: KeptSurroundings) {
    this.user = user;
    this.#surroundings = surroundings;
  }

  get isDegraded(): boolean {
    return !this.isLoaded || this.#surroundings.isBehind;
  }

  /** The version in the store that it comes from; null for none. */
  get version(): number | null {
    return this.#version;
  }

  /** Records that are not in the store yet. */
  get pending(): number {
    return this.#pending.length;
  }

  /** The oldest of them; infinite when there is none. */
  get firstPending(): number {
    return this.#pending[0]?.offset ?? Number.POSITIVE_INFINITY;
  }

  /** Takes a record in, once: at once where the profile is loaded, else when it is. Tells whether it was new. */
  add(record: EventRecord, offset: number): boolean {
    if (offset < this.#end) return false;
    this.#pending.push({ record, offset });
    if (this.isLoaded) this.#fold(record, offset);
    return true;
  }

  /** As `add`, for a profile that no store will have. */
  addForNow(record: EventRecord, offset: number): void {
    if (offset < this.#end) return;
    this.isLoaded = true;
    this.#fold(record, offset);
  }

  /**
   * Takes what the store has as the beginning, and folds in on top what is pending and not in there. Throws for damaged bytes, and changes nothing then, unless
   * `orElse` is `anew`: the user then begins as a stranger, over what is damaged.
   */
  adopt(stored: StoredFeature | null, orElse: 'throw' | 'anew'): void {
    const base = readStored(stored, orElse);
    this.profile = base.profile;
    this.#folded = base.folded;
    this.#version = stored?.version ?? null;
    this.storedBytes = stored?.bytes.length ?? 0;
    this.#end = foldedEnd(base.folded, this.#surroundings.log);
    this.isLoaded = true;
    this.revision++;
    const pending = this.#pending.filter(({ offset }) => offset >= this.#end);
    this.#pending = pending;
    for (const { record, offset } of pending) this.#fold(record, offset);
  }

  /** What the store is to have of it now. */
  prepare(): ProfileWriting {
    const folded = withFolded(this.#folded, { log: this.#surroundings.log, end: this.#end });
    const profile = encodeProfile(this.profile ?? new Profile());
    const bytes = encodeStoredProfile({ folded, profile });
    return { kept: this, bytes, folded, records: this.#pending.length };
  }

  /** To be told that a writing is in the store, under a version. */
  confirm({ bytes, folded, records }: ProfileWriting, version: number): void {
    this.#version = version;
    this.#folded = folded;
    this.storedBytes = bytes.length;
    this.#pending.splice(0, records);
  }

  #fold(record: EventRecord, offset: number): void {
    this.profile = updateProfile(this.profile ?? new Profile(), record);
    this.#end = offset + 1;
    this.revision++;
  }
}

function readStored(
  stored: StoredFeature | null,
  orElse: 'throw' | 'anew',
): { readonly profile: Profile | null; readonly folded: readonly FoldedTo[] } {
  if (stored === null) return { profile: null, folded: [] };
  try {
    const { folded, profile } = decodeStoredProfile(stored.bytes);
    return { profile: decodeProfile(profile), folded };
  } catch (error) {
    if (orElse === 'throw') throw error;
    return { profile: null, folded: [] };
  }
}
