import { addDecayed, type DecayedWeight, decayedWeight, weightAt } from './decayed-weight.ts';
import { packedBytes } from './text-packing.ts';
import { varintBytes, zigzag } from './varint.ts';

/** Decayed weights by key, of the keys that weigh most. Keys stand in the order in which they came, which the stored form keeps. */
export class WeightTable<Key extends string | number> {
  readonly halfLifeMs: number;
  /** Keys at most. */
  readonly most: number;
  readonly #weights = new Map<Key, DecayedWeight>();
  #keyBytes = 0;
  /** What all weights take as stored beside this one, kept along. */
  #base: DecayedWeight = 0;
  #weightBytes = 0;

  constructor(most: number, halfLifeMs: number) {
    this.most = most;
    this.halfLifeMs = halfLifeMs;
  }

  get size(): number {
    return this.#weights.size;
  }

  /** Bytes of all keys that are texts, packed. */
  get keyBytes(): number {
    return this.#keyBytes;
  }

  entries(): IterableIterator<[Key, DecayedWeight]> {
    return this.#weights.entries();
  }

  /** As over `entries`, without a pair each. */
  forEach(visit: (key: Key, weight: DecayedWeight) => void): void {
    this.#weights.forEach((weight, key) => {
      visit(key, weight);
    });
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

  /** Bytes of all weights as stored: each by how much less it is than `base`. Asked again beside the same one, as after events of one hour, it is known. */
  weightBytes(base: DecayedWeight): number {
    if (base !== this.#base) {
      this.#base = base;
      this.#weightBytes = 0;
      for (const weight of this.#weights.values()) this.#weightBytes += this.#bytesOf(weight);
    }
    return this.#weightBytes;
  }

  /** Adds a weight (above 0) of a time; the key that weighs least makes room. Gives what the key weighed before. */
  add(key: Key, weight: number, atMs: number): DecayedWeight | undefined {
    const added = decayedWeight(weight, atMs, this.halfLifeMs);
    const before = this.#weights.get(key);
    if (before === undefined && this.#weights.size >= this.most) this.#dropLeast();
    this.#put(key, before, before === undefined ? added : addDecayed(before, added));
    return before;
  }

  /** Puts a weight as it was kept; undefined takes the key out. */
  restore(key: Key, weight: DecayedWeight | undefined): void {
    const before = this.#weights.get(key);
    if (weight !== undefined) this.#put(key, before, weight);
    else if (before !== undefined) this.#drop(key, before);
  }

  #put(key: Key, before: DecayedWeight | undefined, weight: DecayedWeight): void {
    if (before === undefined) this.#keyBytes += textBytes(key);
    else this.#weightBytes -= this.#bytesOf(before);
    this.#weightBytes += this.#bytesOf(weight);
    this.#weights.set(key, weight);
  }

  #drop(key: Key, weight: DecayedWeight): void {
    this.#weights.delete(key);
    this.#keyBytes -= textBytes(key);
    this.#weightBytes -= this.#bytesOf(weight);
  }

  #bytesOf(weight: DecayedWeight): number {
    return varintBytes(zigzag(this.#base - weight));
  }

  /** Of equal ones, the one that came first. */
  #dropLeast(): void {
    let least: Key | undefined;
    let leastWeight = Number.POSITIVE_INFINITY;
    // Not by entries: a pair each would be most of what folding allocates.
    this.#weights.forEach((weight, key) => {
      if (weight >= leastWeight) return;
      least = key;
      leastWeight = weight;
    });
    if (least !== undefined) this.#drop(least, leastWeight);
  }
}

function textBytes(key: string | number): number {
  return typeof key === 'string' ? packedBytes(key) : 0;
}
