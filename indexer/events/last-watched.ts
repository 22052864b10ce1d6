/** A search so long after a video still has to do with it. */
const WINDOW_MS = 10 * 60_000;
/** People whose last video is remembered, unless the caller says otherwise. */
const REMEMBERED = 50_000;

/** The video that each user, or session without user, watched last, by hash; those who watched longest ago are forgotten first. */
export class LastWatched {
  readonly #last = new Map<string, { readonly video: string; readonly atMs: number }>();
  readonly #most: number;

  /** @param most people who are remembered */
  constructor(most = REMEMBERED) {
    this.#most = most;
  }

  note(who: string, video: string, atMs: number): void {
    this.#last.delete(who);
    this.#last.set(who, { video, atMs });
    if (this.#last.size <= this.#most) return;
    for (const oldest of this.#last.keys()) {
      this.#last.delete(oldest);
      return;
    }
  }

  /** The video watched last, if that was within ten minutes before; else null. */
  before(who: string, atMs: number): string | null {
    const last = this.#last.get(who);
    if (last === undefined || last.atMs > atMs || atMs - last.atMs > WINDOW_MS) return null;
    return last.video;
  }

  /** Whether there was something to forget. */
  forget(who: string): boolean {
    return this.#last.delete(who);
  }
}
