import type { SessionContext } from '../surfaces/generator.ts';
import type { KnownAsker } from './known-asker.ts';
import type { BoundOwner } from './profile-binder.ts';
import type { ProfileReading } from './profile-source.ts';

/** A request for suggestions of somebody of whom something may be known. */
export interface PersonalRequest {
  /** As typed, not blank. */
  readonly typed: string;
  readonly limit: number;
  /** The market that is used, as `resolveMarket` gave it. */
  readonly market: string;
  /** Hash of the user, or of the session of somebody who names no user: what ids of own entries are keyed by. */
  readonly ownerHash: string;
  readonly reading: ProfileReading;
  /** What the session did; null where it is not known. */
  readonly session: SessionContext | null;
  /** The video on screen. */
  readonly video: string | null;
  readonly nowMs: number;
}

/** What is known of who asks, as a pipeline uses it. */
export interface Asker {
  readonly known: KnownAsker | null;
  readonly owner: BoundOwner | null;
  /** Normalised queries of the session, newest first. */
  readonly queries: readonly string[];
  readonly video: string | null;
  /** Whether the video is on screen now; else it was, in this session. */
  readonly isOnScreen: boolean;
  /** The last search, made just now, if no index has it: perhaps a slip. Null else. */
  readonly slip: string | null;
}
