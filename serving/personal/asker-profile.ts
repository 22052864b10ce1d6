import type { UserHasher } from '../../indexer/events/user-hasher.ts';
import type { ProfileReading, ProfileSource } from './profile-source.ts';

/** Who asks, by plain ids; null for nobody in particular, or for a request that must not be personalised. */
export interface PlainAsker {
  readonly user: string | null;
  readonly session: string | null;
}

/** What is known of who asks; null where nobody in particular does. At once where it is in memory. */
export type AskerProfile = (asker: PlainAsker) => ProfileReading | Promise<ProfileReading> | null;

/** Reads profiles for requests: the user's, else the session's. */
export function createAskerProfile(
  profiles: ProfileSource,
  hasher: Pick<UserHasher, 'hashUser' | 'hashSession'>,
): AskerProfile {
  return ({ user, session }) => {
    if (user !== null) return profiles.profileOf({ kind: 'user', hash: hasher.hashUser(user) });
    if (session === null) return null;
    return profiles.profileOf({ kind: 'session', hash: hasher.hashSession(session) });
  };
}
