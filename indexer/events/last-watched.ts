/** A search so long after a video still has to do with it. */
const WINDOW_MS = 10 * 60_000;
/** People whose last video is remembered, unless the caller says otherwise. */
const REMEMBERED = 50_000;

/** The video that each user, or session without user, watched last, by hash; those who watched longest ago are forgotten first. */
export class LastWatched {
  readonly #last = new Map<string, { readonly video: string; readonly atMs: number }>();
  readonly #most: number;
  /** Goes from the oldest on, over those that were forgotten since it was made as well: finding the first of a map anew would step over each of them every time. */
  #oldest: Iterator<string>;

  /** @param most people who are remembered */
  constructor(most = REMEMBERED) {
    this.#most = most;
    this.#oldest = this.#last.keys();
  }

  note(who: string, video: string, atMs: number): void {
    this.#last.delete(who);
    this.#last.set(who, { video, atMs });
    if (this.#last.size > this.#most) this.#forgetOldest();
  }

  #forgetOldest(): void {
    let oldest = this.#oldest.next();
    // A map's iterator that came to the end once stays there.
    if (oldest.done) {
      this.#oldest = this.#last.keys();
      oldest = this.#oldest.next();
    }
    if (!oldest.done) this.#last.delete(oldest.value);
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
