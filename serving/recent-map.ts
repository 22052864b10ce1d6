import type { Sliced } from './sliced-work.ts';

/** Entries that are looked at in one go: a millisecond or so. */
const GO = 2_048;

export interface RecentMapBounds {
  /** Entries at most. */
  readonly entries: number;
  /** What the sizes of all entries sum up to at most; not looked at when absent. */
  readonly size?: number;
}

interface Sized<V> {
  readonly value: V;
  readonly size: number;
}

/**
 * Remembers what was put into it lately, within bounds: at least the latest half of what they allow. Two generations, of which the older one goes when the younger has half of what is
 * allowed; an order of use, which costs as much as all the rest of a put, is not kept: asking for an entry keeps it no longer.
 */
export class RecentMap<V> {
  readonly #most: number;
  readonly #mostSize: number;
  #young = new Map<string, Sized<V>>();
  #old = new Map<string, Sized<V>>();
  #youngSize = 0;
  #oldSize = 0;

  constructor({ entries, size = Number.POSITIVE_INFINITY }: RecentMapBounds) {
    this.#most = Math.max(1, Math.floor(entries / 2));
    this.#mostSize = size / 2;
  }

  get entryCount(): number {
    return this.#young.size + this.#old.size;
  }

  /** The sum of the entries' sizes. */
  get size(): number {
    return this.#youngSize + this.#oldSize;
  }

  get(key: string): V | undefined {
    return (this.#young.get(key) ?? this.#old.get(key))?.value;
  }

  /** Puts an entry in, or in place of another. One that is larger than half of all may be is not kept. */
  set(key: string, value: V, size = 0): void {
    this.delete(key);
    this.add(key, value, size);
  }

  /** Puts an entry in whose key no other has or had: at a third of the cost, as none is looked for. */
  add(key: string, value: V, size = 0): void {
    if (size > this.#mostSize) return;
    if (this.#young.size >= this.#most || this.#youngSize + size > this.#mostSize) this.age();
    this.#young.set(key, { value, size });
    this.#youngSize += size;
  }

  delete(key: string): boolean {
    const young = this.#young.get(key);
    if (young !== undefined) {
      this.#youngSize -= young.size;
      return this.#young.delete(key);
    }
    const old = this.#old.get(key);
    if (old === undefined) return false;
    this.#oldSize -= old.size;
    return this.#old.delete(key);
  }

  /** Deletes entries and gives how many. What is put in while it leaves off is looked at as well. */
  *deleteWhere(isDoomed: (value: V, key: string) => boolean): Sliced<number> {
    let looked = 0;
    let deleted = 0;
    const seen = new Set<Map<string, Sized<V>>>();
    for (;;) {
      const generation = [this.#old, this.#young].find((each) => !seen.has(each));
      if (generation === undefined) return deleted;
      for (const [key, { value }] of generation) {
        if (++looked % GO === 0) yield;
        if (isDoomed(value, key) && this.delete(key)) deleted++;
      }
      seen.add(generation);
    }
  }

  *entries(): Generator<[string, V]> {
    for (const generation of [this.#old, this.#young]) {
      for (const [key, { value }] of generation) yield [key, value];
    }
  }

  /** Lets the older generation go. */
  age(): void {
    this.#old = this.#young;
    this.#oldSize = this.#youngSize;
    this.#young = new Map();
    this.#youngSize = 0;
  }

  clear(): void {
    this.age();
    this.age();
  }
}
