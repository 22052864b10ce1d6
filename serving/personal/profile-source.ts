import type { Profile } from '../../ranking/profiles/profile.ts';

/** A user's profile as it stands. Live: the profile changes under it with every event, and `revision` with it. */
export interface ProfileReading {
  /** `null` for somebody of whom nothing is known, or was not to be had in time. Not to be changed. */
  readonly profile: Profile | null;
  /** Another number whenever the profile changed; for what is derived from it and kept beside the reading (WeakMap). */
  readonly revision: number;
  /** Whether the store did not answer in time, or events are still missing: the answer says `degraded: ["profile"]`. */
  readonly isDegraded: boolean;
}

/** Where requests get profiles. */
export interface ProfileSource {
  /**
   * What is known of a user, or of the session of somebody who names no user, by hash. At once where it is in memory; else a promise of one read of the store,
   * bounded by its timeout. Never throws nor rejects.
   */
  profileOf(owner: ProfileOwner): ProfileReading | Promise<ProfileReading>;
}

/** Whose profile: a user, or a session without a user, whose profile is kept in memory alone. */
export interface ProfileOwner {
  readonly kind: 'user' | 'session';
  readonly hash: string;
}
