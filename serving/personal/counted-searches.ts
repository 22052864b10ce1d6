/** A search that is counted. */
export interface CountedSearch {
  readonly offset: number;
  readonly atMs: number;
  readonly form: string;
  readonly who: string | null;
}

/** The last searches, in the order of the log, in bounded memory: who counts them can leave some out later, and count the others again. */
export class CountedSearches {
  readonly #most: number;
  readonly #offsets: number[] = [];
  readonly #times: number[] = [];
  #forms: string[] = [];
  #who: (string | null)[] = [];
  /** Place of the oldest, once all places are taken. */
  #first = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#forms.length;
  }

  /** The oldest makes room. */
  add(offset: number, atMs: number, form: string, who: string | null): void {
    const isFull = this.#forms.length === this.#most;
    const place = isFull ? this.#first : this.#forms.length;
    this.#offsets[place] = offset;
    this.#times[place] = atMs;
    this.#forms[place] = form;
    this.#who[place] = who;
    if (isFull) this.#first = (place + 1) % this.#most;
  }

  /** From the oldest on. */
  *[Symbol.iterator](): Generator<CountedSearch> {
    for (let i = 0; i < this.#forms.length; i++) {
      const place = (this.#first + i) % this.#forms.length;
      yield {
        offset: this.#offsets[place]!,
        atMs: this.#times[place]!,
        form: this.#forms[place]!,
        who: this.#who[place]!,
      };
    }
  }

  /** Takes out all of somebody; gives how many they were. */
  remove(who: string): number {
    if (!this.#who.includes(who)) return 0;
    const kept = [...this].filter((each) => each.who !== who);
    const removed = this.size - kept.length;
    this.#forms = [];
    this.#who = [];
    this.#first = 0;
    for (const { offset, atMs, form, who: other } of kept) this.add(offset, atMs, form, other);
    return removed;
  }
}
