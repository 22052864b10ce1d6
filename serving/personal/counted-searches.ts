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
  #offsets: number[] = [];
  #times: number[] = [];
  #forms: string[] = [];
  #who: (string | null)[] = [];
  /** Searches that ever came, but for those that were taken out; the last ones are kept, each at its number modulo `#most`. */
  #came = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#forms.length;
  }

  /** The oldest makes room. */
  add(offset: number, atMs: number, form: string, who: string | null): void {
    const place = this.#came++ % this.#most;
    this.#offsets[place] = offset;
    this.#times[place] = atMs;
    this.#forms[place] = form;
    this.#who[place] = who;
  }

  /** From the oldest on, those that are added meanwhile too. To be ended before any are taken out. */
  *[Symbol.iterator](): Generator<CountedSearch> {
    for (let number = 0; number < this.#came; number++) {
      // The oldest may have made room since.
      number = Math.max(number, this.#came - this.size);
      const place = number % this.#most;
      yield {
        offset: this.#offsets[place]!,
        atMs: this.#times[place]!,
        form: this.#forms[place]!,
        who: this.#who[place]!,
      };
    }
  }

  /** Takes out all of some people; gives how many they were. Ten milliseconds or so where there are 200,000. */
  remove(people: ReadonlySet<string>): number {
    const isTheirs = (who: string | null) => who !== null && people.has(who);
    if (!this.#who.some(isTheirs)) return 0;
    const { size } = this;
    const [offsets, times, forms, who] = [this.#offsets, this.#times, this.#forms, this.#who];
    const oldest = this.#came - size;
    [this.#offsets, this.#times, this.#forms, this.#who, this.#came] = [[], [], [], [], 0];
    for (let number = oldest; number < oldest + size; number++) {
      const place = number % this.#most;
      if (isTheirs(who[place]!)) continue;
      this.add(offsets[place]!, times[place]!, forms[place]!, who[place]!);
    }
    return size - this.size;
  }
}
