import { LRUCache } from 'lru-cache';
import type { EventLog } from '../../indexer/events/event-log.ts';
import type { FeatureStore } from '../../ranking/feature-store/feature-store.ts';
import { Profile } from '../../ranking/profiles/profile.ts';
import { decodeProfile, encodeProfile } from '../../ranking/profiles/profile-codec.ts';
import { isTelling, updateProfile } from '../../ranking/profiles/update-profile.ts';
import { decodeStoredProfile, encodeStoredProfile, PROFILES } from './stored-profile.ts';
import { encodeWatermark, WATERMARKS } from './watermark.ts';

/** Profiles that are kept decoded; of the others only the bytes. */
const DECODED = 20_000;
/** Profiles that are written, or removed, at once. */
const BATCH = 256;

export interface RebuildOptions {
  readonly log: Pick<EventLog, 'first' | 'end' | 'read'>;
  readonly logId: string;
  readonly store: FeatureStore;
}

/** What a rebuild did. */
export interface RebuildCounts {
  /** Events of the log that were read; `first` of the log were dropped before. */
  readonly events: number;
  readonly dropped: number;
  readonly profiles: number;
  /** Bytes of all profiles together. */
  readonly profileBytes: number;
  /** Profiles of users that the log does not name. */
  readonly removed: number;
  /** Profiles that had events of other logs as well, which are not in them any more. */
  readonly ofOtherLogs: number;
}

/**
 * Makes all profiles of a store anew from a log, by the fold that made them. Nothing is written before the whole log was read. A crash half-way leaves each profile either as it was
 * or as it is to be: the watermark goes first and comes back last, so that a server would read the log again and fold into each what it lacks. About 1 KiB of memory a user.
 */
export async function rebuildProfiles(options: RebuildOptions): Promise<RebuildCounts> {
  const { log, logId, store } = options;
  const { events, profiles } = await foldLog(log);
  const stored = await readStored(store, logId, profiles);
  await store.delete(WATERMARKS, [logId]);
  let profileBytes = 0;
  const users = [...profiles.keys()];
  for (let at = 0; at < users.length; at += BATCH) {
    const writes = users.slice(at, at + BATCH).map((key) => {
      const profile = profiles.get(key) ?? new Uint8Array(0);
      profileBytes += profile.length;
      const bytes = encodeStoredProfile({ folded: [{ log: logId, end: log.end }], profile });
      return { key, bytes, expected: 'any' as const };
    });
    await store.write(PROFILES, writes);
  }
  for (let at = 0; at < stored.strange.length; at += BATCH) {
    await store.delete(PROFILES, stored.strange.slice(at, at + BATCH));
  }
  await store.write(WATERMARKS, [{ key: logId, bytes: encodeWatermark(log.end), expected: 'any' }]);
  return {
    events,
    dropped: log.first,
    profiles: users.length,
    profileBytes,
    removed: stored.strange.length,
    ofOtherLogs: stored.ofOtherLogs,
  };
}

/** The bytes of each user's profile. Sessions without a user have none that outlives them. */
async function foldLog(log: RebuildOptions['log']) {
  const profiles = new Map<string, Uint8Array>();
  const decoded = new LRUCache<string, Profile>({
    max: DECODED,
    dispose: (profile, user) => profiles.set(user, encodeProfile(profile)),
    noDisposeOnSet: true,
  });
  let events = 0;
  for await (const { record } of log.read(0)) {
    events++;
    const { user } = record;
    if (user === null || !isTelling(record)) continue;
    const bytes = decoded.has(user) ? undefined : profiles.get(user);
    const known = bytes === undefined ? decoded.get(user) : decodeProfile(bytes);
    decoded.set(user, updateProfile(known ?? new Profile(), record));
  }
  decoded.clear();
  return { events, profiles };
}

/** Keys in the store that the log does not name, and how many profiles other logs fed. */
async function readStored(
  store: FeatureStore,
  logId: string,
  profiles: ReadonlyMap<string, Uint8Array>,
) {
  const strange = new Set<string>();
  const ofOtherLogs = new Set<string>();
  for await (const { key, bytes } of store.scan(PROFILES)) {
    if (!profiles.has(key)) strange.add(key);
    if (fedByOthers(bytes, logId)) ofOtherLogs.add(key);
  }
  return { strange: [...strange], ofOtherLogs: ofOtherLogs.size };
}

/** Bytes that cannot be read are replaced: that is what a rebuild is for. */
function fedByOthers(bytes: Uint8Array, logId: string): boolean {
  try {
    return decodeStoredProfile(bytes).folded.some(({ log }) => log !== logId);
  } catch {
    return false;
  }
}
