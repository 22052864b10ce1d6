import type { Segment } from '../../indexer/segment/segment.ts';
import type { BoundProfile } from '../../ranking/features/bound-profile.ts';
import type { Profile, ProfileQuery } from '../../ranking/profiles/profile.ts';
import type { EntrySpans } from './entry-spans.ts';
import type { OwnForm } from './own-form.ts';
import { ProfileBinding } from './profile-binding.ts';
import { ThemeAnchors } from './theme-anchors.ts';

/** A profile over one snapshot, with the queries that it shows. */
export interface BoundOwner {
  readonly profile: Profile;
  readonly bound: BoundProfile;
  /** The entries of the history that may be shown, newest first, in the order of `bound`. */
  readonly queries: readonly ProfileQuery[];
  readonly forms: readonly OwnForm[];
  /** Of each of them, what tells whether it holds a typed text: see `startsOf`. */
  readonly starts: EntrySpans;
}

interface KnownOwner extends BoundOwner {
  readonly bound: ProfileBinding;
}

/**
 * Reads profiles as one snapshot does. What a query, a term or an entity is in the snapshot is looked up once and remembered with the profile, so that after an event only what is new is looked up.
 */
export class ProfileBinder {
  readonly anchors: ThemeAnchors;
  readonly #segment: Segment;
  readonly #safety: boolean;
  readonly #owners = new WeakMap<Profile, KnownOwner>();

  /** @param safety whether what the blocklist names is left out */
  constructor(segment: Segment, safety: boolean) {
    this.#segment = segment;
    this.#safety = safety;
    this.anchors = new ThemeAnchors(segment);
  }

  /**
   * The profile as it is at a time: always the same object for it, renewed. Ten microseconds or so; hundreds for a long profile that this snapshot did not see before.
   */
  bind(profile: Profile, nowMs: number): BoundOwner {
    let owner = this.#owners.get(profile);
    if (owner === undefined) {
      const bound = new ProfileBinding({
        segment: this.#segment,
        anchors: this.anchors,
        safety: this.#safety,
      });
      const { queries, forms, columns } = bound.history;
      owner = { profile, bound, queries, forms, starts: columns.starts };
      this.#owners.set(profile, owner);
    }
    owner.bound.renew(profile, nowMs);
    return owner;
  }
}
