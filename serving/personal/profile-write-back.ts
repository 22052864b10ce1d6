import type { KeptProfile } from './kept-profile.ts';
import type { KeptProfiles } from './kept-profiles.ts';
import type { ProfileFlush } from './profile-flush.ts';
import type { ProfileLoading } from './profile-loading.ts';

export interface ProfileWriteBackOptions {
  readonly users: KeptProfiles;
  readonly loading: ProfileLoading;
  readonly flush: ProfileFlush;
  /** Rises whenever all that is in memory is forgotten: what was written then is of nobody here. */
  readonly generation: () => number;
  /** Told of a writing that another server had come before. */
  readonly onConflict: () => void;
}

/** Brings the profiles that changed in memory into the store, and then how far the log is folded into what is there. Rejects as the store does. */
export class ProfileWriteBack {
  readonly #options: ProfileWriteBackOptions;

  constructor(options: ProfileWriteBackOptions) {
    this.#options = options;
  }

  /** Writes what changed, as far as the store takes it. */
  async writeChanged(): Promise<void> {
    const { users, loading, flush, generation, onConflict } = this.#options;
    const begun = generation();
    const waiting = [...users.changed.values()].filter(({ isLoaded }) => !isLoaded);
    await Promise.all(waiting.map((kept) => loading.load(kept)));
    const isOurs = (kept: KeptProfile) => begun === generation() && users.isChanged(kept);
    const ready = [...users.changed.values()].filter(({ isLoaded }) => isLoaded);
    await flush.writeProfiles(ready, {
      isWanted: isOurs,
      onWritten: (kept, records) => {
        if (isOurs(kept)) users.confirm(kept, records);
      },
      onConflict: (kept, stored) => {
        onConflict();
        if (isOurs(kept)) loading.adopt(kept, stored);
      },
    });
  }

  /** Moves the watermark up to where every record is in the store; users' profiles were told of those below `reached`. */
  writeMark(reached: number): Promise<'there' | 'lost'> {
    const { users, flush } = this.#options;
    return flush.writeMark(Math.min(reached, users.firstPending));
  }
}
