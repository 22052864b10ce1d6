import type { FeatureStore, StoredFeature } from '../../ranking/feature-store/feature-store.ts';
import type { KeptProfile } from './kept-profile.ts';
import type { KeptProfiles } from './kept-profiles.ts';
import { PROFILES } from './stored-profile.ts';

export interface ProfileLoadingOptions {
  readonly store: FeatureStore;
  readonly users: KeptProfiles;
  /** Told that what the store has of somebody cannot be read, and why. */
  readonly onDamaged: (why: string) => void;
  /** Told of an embedded store that cannot be read. */
  readonly onFailure: (error: unknown) => void;
}

/** Brings what the store has of users into their profiles in memory. */
export class ProfileLoading {
  readonly #options: ProfileLoadingOptions;
  /** What accepted events wait for. */
  readonly #awaited = new Set<Promise<void>>();

  constructor(options: ProfileLoadingOptions) {
    this.#options = options;
  }

  /** As `load`, for an accepted event, which counts when it is done: an embedded store is read before the record is folded; another one answers later, and the record waits. */
  loadForEvent(kept: KeptProfile): void {
    const loading = this.load(kept);
    if (loading === null) return;
    this.#awaited.add(loading);
    void loading.then(() => this.#awaited.delete(loading));
  }

  /** What accepted events still wait for; null for nothing. Never rejects. */
  settle(): Promise<void> | null {
    return this.#awaited.size === 0 ? null : Promise.all(this.#awaited).then(() => {});
  }

  /** An embedded store is read at once, and this is null; what another one makes it never rejects: a profile that could not be read is not loaded. */
  load(kept: KeptProfile): Promise<void> | null {
    const { store, onFailure } = this.#options;
    if (store.getNow !== undefined) {
      try {
        this.adopt(kept, store.getNow(PROFILES, kept.user));
      } catch (error) {
        onFailure(error);
      }
      return null;
    }
    kept.loading ??= store.get(PROFILES, kept.user).then(
      (stored) => {
        kept.loading = null;
        this.adopt(kept, stored);
      },
      () => {
        kept.loading = null;
      },
    );
    return kept.loading;
  }

  /** Lets a profile begin with what the store has; one whose bytes are damaged begins anew. */
  adopt(kept: KeptProfile, stored: StoredFeature | null): void {
    const { users, onDamaged } = this.#options;
    users.adopt(kept, () => {
      try {
        kept.adopt(stored, 'throw');
      } catch (error) {
        onDamaged(error instanceof Error ? error.message : String(error));
        kept.adopt(stored, 'anew');
      }
    });
  }
}
