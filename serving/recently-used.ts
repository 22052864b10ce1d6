/** Places that outdated ones may always take. */
const LEAST_OUTDATED = 64;

interface Entry<V> {
  key: string;
  value: V | undefined;
  /** Where its latest use stands in the order. */
  place: number;
}

export interface RecentlyUsedOptions<V> {
  /** Entries at most. */
  readonly most: number;
  /** Told of each entry that goes, by itself or not. */
  readonly onGone?: (value: V, key: string) => void;
}

/**
 * So many entries, those that were used last. The order of use is a list of all uses, of which an entry's latest counts; outdated ones are swept out when they are more than half.
 * A use writes at the end of the list and nowhere else: in a linked order it would be changed at five places that lie anywhere in memory.
 */
export class RecentlyUsed<V> {
  readonly #most: number;
  readonly #onGone: ((value: V, key: string) => void) | null;
  readonly #entries = new Map<string, Entry<V>>();
  #uses: Entry<V>[] = [];
  /** Before it, all uses are outdated. */
  #first = 0;

  constructor({ most, onGone }: RecentlyUsedOptions<V>) {
    this.#most = most;
    this.#onGone = onGone ?? null;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The value of a key, which is used by that. */
  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#use(entry);
    return entry.value;
  }

  /** The value of a key, without using it. */
  peek(key: string): V | undefined {
    return this.#entries.get(key)?.value;
  }

  /** Puts a value in, or in place of another, which goes without being told of; the entry that was used longest ago makes room. */
  set(key: string, value: V): void {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      known.value = value;
      this.#use(known);
      return;
    }
    if (this.#entries.size >= this.#most) this.#dropOldest();
    const entry = { key, value, place: -1 };
    this.#entries.set(key, entry);
    this.#note(entry);
  }

  delete(key: string): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#drop(entry);
    return true;
  }

  /** All entries go. */
  clear(): void {
    for (const entry of [...this.#entries.values()]) this.#drop(entry);
    this.#uses = [];
    this.#first = 0;
  }

  /** From the one that was used longest ago on; entries may go meanwhile, but neither come nor be used. */
  *entries(): Generator<[string, V]> {
    for (let place = this.#first; place < this.#uses.length; place++) {
      const { key, value, place: latest } = this.#uses[place]!;
      if (latest === place) yield [key, value as V];
    }
  }

  #use(entry: Entry<V>): void {
    if (entry.place !== this.#uses.length - 1) this.#note(entry);
  }

  #note(entry: Entry<V>): void {
    const uses = this.#uses;
    entry.place = uses.length;
    uses.push(entry);
    if (uses.length > 2 * this.#entries.size + LEAST_OUTDATED) this.#sweep();
  }

  /** Takes all outdated uses out. */
  #sweep(): void {
    const uses = this.#uses;
    let end = 0;
    for (let place = this.#first; place < uses.length; place++) {
      const entry = uses[place]!;
      if (entry.place !== place) continue;
      entry.place = end;
      uses[end++] = entry;
    }
    uses.length = end;
    this.#first = 0;
  }

  #dropOldest(): void {
    while (this.#uses[this.#first]!.place !== this.#first) this.#first++;
    this.#drop(this.#uses[this.#first]!);
  }

  /** Outdated uses keep the entry for a while: what it held must not stay with it. */
  #drop(entry: Entry<V>): void {
    const { key, value } = entry;
    this.#entries.delete(key);
    entry.key = '';
    entry.value = undefined;
    entry.place = -1;
    this.#onGone?.(value as V, key);
  }
}
