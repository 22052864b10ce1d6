import type { UserHasher } from '../../indexer/events/user-hasher.ts';
import { findRemoval } from '../../ranking/profiles/removal.ts';
import type { RemovedTexts } from '../surfaces/removed-texts.ts';
import type { AskerProfile, PlainAsker } from './asker-profile.ts';
import type { ProfileReading } from './profile-source.ts';

/** What is not to be shown to who asks. */
export interface AskerRemovals {
  /** Null for nothing. */
  readonly texts: RemovedTexts | null;
  /** Whether their profile was not to be had, so that it is not known. */
  readonly isDegraded: boolean;
}

/** What who asks removed; null where nobody in particular asks. At once where their profile is in memory. */
export type RemovalsOf = (asker: PlainAsker) => AskerRemovals | Promise<AskerRemovals> | null;

/** Reads for requests what the user removed, else what the session did. */
export function createRemovalsOf(
  profileOf: AskerProfile,
  hasher: Pick<UserHasher, 'hashUser' | 'hashSession'>,
): RemovalsOf {
  return (asker) => {
    const reading = profileOf(asker);
    if (reading === null) return null;
    const read = (known: ProfileReading) => removalsIn(known, asker, hasher);
    return reading instanceof Promise ? reading.then(read) : read(reading);
  };
}

function removalsIn(
  { profile, isDegraded }: ProfileReading,
  { user, session }: PlainAsker,
  hasher: Pick<UserHasher, 'hashUser' | 'hashSession'>,
): AskerRemovals {
  if (profile === null || profile.removed.length === 0) return { texts: null, isDegraded };
  const owner = user === null ? hasher.hashSession(session ?? '') : hasher.hashUser(user);
  const texts = {
    size: profile.removed.length,
    has: (normalised: string) => findRemoval(profile, owner, normalised) >= 0,
  };
  return { texts, isDegraded };
}
