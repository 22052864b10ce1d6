import type { EventRecord } from '../../../indexer/events/event-record.ts';
import { MemoryEventLog } from '../../../indexer/events/memory-event-log.ts';
import type { FeatureStore } from '../../../ranking/feature-store/feature-store.ts';
import { Profile } from '../../../ranking/profiles/profile.ts';
import { encodeProfile } from '../../../ranking/profiles/profile-codec.ts';
import { updateProfile } from '../../../ranking/profiles/update-profile.ts';
import {
  ProfileKeeper,
  type ProfileKeeperOptions,
} from '../../../serving/personal/profile-keeper.ts';
import { decodeStoredProfile, PROFILES } from '../../../serving/personal/stored-profile.ts';

export const LOG_ID = 'log-of-the-tests';

/** A keeper whose records come as an intake would bring them: into the log, then applied. */
export class KeptLog {
  readonly log: MemoryEventLog;
  readonly keeper: ProfileKeeper;
  readonly lines: string[] = [];

  constructor(
    store: FeatureStore,
    more: Partial<ProfileKeeperOptions> & { readonly log?: MemoryEventLog } = {},
  ) {
    this.log = more.log ?? new MemoryEventLog();
    this.keeper = new ProfileKeeper({
      store,
      logId: LOG_ID,
      report: (line) => this.lines.push(line),
      ...more,
      log: this.log,
    });
  }

  /** Starts as a server does: what the store lacks, then what the keeper asks to hear again. */
  async start(): Promise<this> {
    await this.keeper.start();
    for await (const { record, offset } of this.log.read(this.keeper.replayFrom())) {
      this.keeper.apply(record, offset);
    }
    return this;
  }

  async accept(...records: readonly EventRecord[]): Promise<void> {
    const { first } = await this.log.append(records);
    for (const [i, record] of records.entries()) this.keeper.apply(record, first + i);
    await this.keeper.settle();
  }

  /** The bytes of a user's profile as requests see it now; null for a degraded answer. */
  async seen(user: string): Promise<string | null> {
    const { profile, isDegraded } = await this.keeper.profileOf({ kind: 'user', hash: user });
    return isDegraded ? null : hexOf(profile);
  }
}

export function hexOf(profile: Profile | null): string {
  return Buffer.from(encodeProfile(profile ?? new Profile())).toString('hex');
}

/** What the records of a user make, folded one behind the other and never stored. */
export function plainFold(records: readonly EventRecord[], user: string): string {
  return hexOf(
    records
      .filter((record) => record.user === user)
      .reduce((profile, record) => updateProfile(profile, record), new Profile()),
  );
}

/** What a store has of a user. */
export async function stored(store: FeatureStore, user: string): Promise<string> {
  const feature = await store.get(PROFILES, user);
  return feature === null
    ? hexOf(null)
    : Buffer.from(decodeStoredProfile(feature.bytes).profile).toString('hex');
}
