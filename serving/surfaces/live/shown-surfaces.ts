import { RecentlyUsed } from '../../recently-used.ts';

/**
 * How people write the queries that they search: by normalised form the surface that more than half of the latest writers chose, or near enough, by
 * a majority vote in constant room (Boyer and Moore, 1981). The forms noted last are kept.
 */
export class ShownSurfaces {
  readonly #votes: RecentlyUsed<{ surface: string; lead: number }>;

  /** @param most forms that are kept */
  constructor(most: number) {
    this.#votes = new RecentlyUsed({ most });
  }

  note(form: string, surface: string): void {
    const vote = this.#votes.get(form);
    if (vote === undefined) this.#votes.set(form, { surface, lead: 1 });
    else if (vote.surface === surface) vote.lead++;
    else if (vote.lead > 1) vote.lead--;
    else vote.surface = surface;
  }

  /** The surface of a form; null when it is not kept. */
  of(form: string): string | null {
    return this.#votes.get(form)?.surface ?? null;
  }
}
