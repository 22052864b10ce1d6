import { addDecayed, type DecayedWeight, decayedWeight, weightAt } from './decayed-weight.ts';

/** Decayed weights by key, of the keys that weigh most. Keys stand in the order in which they came, which the stored form keeps. */
export class WeightTable<Key extends string | number> {
  readonly halfLifeMs: number;
  /** Keys at most. */
  readonly most: number;
  readonly #weights = new Map<Key, DecayedWeight>();
  #keyBytes = 0;

  constructor(most: number, halfLifeMs: number) {
    this.most = most;
    this.halfLifeMs = halfLifeMs;
  }

  get size(): number {
    return this.#weights.size;
  }

  /** UTF-8 bytes of all keys that are texts. */
  get keyBytes(): number {
    return this.#keyBytes;
  }

  entries(): IterableIterator<[Key, DecayedWeight]> {
    return this.#weights.entries();
  }

  /** In the order in which they came. */
  keys(): IterableIterator<Key> {
    return this.#weights.keys();
  }

  /** The decayed weight as kept; undefined for a key that is not. */
  get(key: Key): DecayedWeight | undefined {
    return this.#weights.get(key);
  }

  /** What is left of a key's weight at a time; 0 for one that is not kept. */
  weightAt(key: Key, nowMs: number): number {
    const weight = this.#weights.get(key);
    return weight === undefined ? 0 : weightAt(weight, nowMs, this.halfLifeMs);
  }

  values(): IterableIterator<DecayedWeight> {
    return this.#weights.values();
  }

  /** What is left of all weights at a time. */
  totalAt(nowMs: number): number {
    let total = 0;
    for (const weight of this.#weights.values()) total += weightAt(weight, nowMs, this.halfLifeMs);
    return total;
  }

  /** Adds a weight (above 0) of a time; the key that weighs least makes room. */
  add(key: Key, weight: number, atMs: number): void {
    const added = decayedWeight(weight, atMs, this.halfLifeMs);
    const before = this.#weights.get(key);
    if (before === undefined && this.#weights.size >= this.most) this.#dropLeast();
    this.restore(key, before === undefined ? added : addDecayed(before, added));
  }

  /** Puts a weight as it was kept; undefined takes the key out. */
  restore(key: Key, weight: DecayedWeight | undefined): void {
    if (weight === undefined) {
      if (this.#weights.delete(key)) this.#keyBytes -= bytesOf(key);
      return;
    }
    if (!this.#weights.has(key)) this.#keyBytes += bytesOf(key);
    this.#weights.set(key, weight);
  }

  /** Of equal ones, the one that came first. */
  #dropLeast(): void {
    let least: Key | undefined;
    let leastWeight = Number.POSITIVE_INFINITY;
    for (const [key, weight] of this.#weights) {
      if (weight >= leastWeight) continue;
      least = key;
      leastWeight = weight;
    }
    if (least !== undefined) this.restore(least, undefined);
  }
}

function bytesOf(key: string | number): number {
  return typeof key === 'string' ? Buffer.byteLength(key) : 0;
}
