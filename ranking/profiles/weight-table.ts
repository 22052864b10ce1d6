import { stableHash } from '../../dictionaries/stable-hash.ts';
import { addDecayed, type DecayedWeight, decayedWeight, weightAt } from './decayed-weight.ts';
import { packedBytes } from './text-packing.ts';
import { varintBytes, zigzag } from './varint.ts';

/**
 * Decayed weights by key, of the keys that weigh most. Keys stand in the order in which they came, which the stored form keeps. A few dozen keys lie side by side: they are
 * looked through in less time than a map takes to come out of memory.
 */
export class WeightTable<Key extends string | number> {
  readonly halfLifeMs: number;
  /** Keys at most. */
  readonly most: number;
  readonly #keys: Key[] = [];
  /** A hash of each key, which an array holds by itself: texts lie elsewhere. */
  readonly #hashes: number[] = [];
  readonly #weights: DecayedWeight[] = [];
  #keyBytes = 0;
  #madeRoom = 0;
  /** What all weights take as stored beside this one, kept along. */
  #base: DecayedWeight = 0;
  #weightBytes = 0;

  constructor(most: number, halfLifeMs: number) {
    this.most = most;
    this.halfLifeMs = halfLifeMs;
  }

  get size(): number {
    return this.#keys.length;
  }

  /** Bytes of all keys that are texts, packed. */
  get keyBytes(): number {
    return this.#keyBytes;
  }

  /** How often a key had to make room for another. */
  get madeRoom(): number {
    return this.#madeRoom;
  }

  *entries(): Generator<[Key, DecayedWeight]> {
    for (let at = 0; at < this.#keys.length; at++) yield [this.#keys[at]!, this.#weights[at]!];
  }

  /** As over `entries`, without a pair each. */
  forEach(visit: (key: Key, weight: DecayedWeight) => void): void {
    for (let at = 0; at < this.#keys.length; at++) visit(this.#keys[at]!, this.#weights[at]!);
  }

  /** In the order in which they came. */
  keys(): IterableIterator<Key> {
    return this.#keys.values();
  }

  /** The place of a key among them; -1 for one that is not kept. */
  placeOf(key: Key): number {
    return this.#placeOf(key, hashOf(key));
  }

  /** The decayed weight as kept; undefined for a key that is not. */
  get(key: Key): DecayedWeight | undefined {
    return this.#weights[this.placeOf(key)];
  }

  /** What is left of a key's weight at a time; 0 for one that is not kept. */
  weightAt(key: Key, nowMs: number): number {
    const weight = this.get(key);
    return weight === undefined ? 0 : weightAt(weight, nowMs, this.halfLifeMs);
  }

  values(): IterableIterator<DecayedWeight> {
    return this.#weights.values();
  }

  /** What is left of all weights at a time. */
  totalAt(nowMs: number): number {
    let total = 0;
    for (const weight of this.#weights) total += weightAt(weight, nowMs, this.halfLifeMs);
    return total;
  }

  /** Bytes of all weights as stored: each by how much less it is than `base`. Asked again beside the same one, as after events of one hour, it is known. */
  weightBytes(base: DecayedWeight): number {
    if (base !== this.#base) {
      this.#base = base;
      let bytes = 0;
      for (let at = 0; at < this.#weights.length; at++) bytes += this.#bytesOf(this.#weights[at]!);
      this.#weightBytes = bytes;
    }
    return this.#weightBytes;
  }

  /** Adds a weight (above 0) of a time; the key that weighs least makes room. Gives what the key weighed before. */
  add(key: Key, weight: number, atMs: number): DecayedWeight | undefined {
    const added = decayedWeight(weight, atMs, this.halfLifeMs);
    const hash = hashOf(key);
    const place = this.#placeOf(key, hash);
    if (place >= 0) {
      const before = this.#weights[place]!;
      this.#replace(place, addDecayed(before, added));
      return before;
    }
    if (this.#keys.length >= this.most) this.#dropLeast();
    this.#append(key, hash, added);
    return undefined;
  }

  /** Puts a weight as it was kept; undefined takes the key out. */
  restore(key: Key, weight: DecayedWeight | undefined): void {
    const hash = hashOf(key);
    const place = this.#placeOf(key, hash);
    if (weight === undefined) {
      if (place >= 0) this.#drop(place);
    } else if (place >= 0) this.#replace(place, weight);
    else this.#append(key, hash, weight);
  }

  #placeOf(key: Key, hash: number): number {
    const hashes = this.#hashes;
    for (let at = 0; at < hashes.length; at++) {
      if (hashes[at] === hash && this.#keys[at] === key) return at;
    }
    return -1;
  }

  #replace(place: number, weight: DecayedWeight): void {
    this.#weightBytes += this.#bytesOf(weight) - this.#bytesOf(this.#weights[place]!);
    this.#weights[place] = weight;
  }

  #append(key: Key, hash: number, weight: DecayedWeight): void {
    this.#keyBytes += textBytes(key);
    this.#weightBytes += this.#bytesOf(weight);
    this.#keys.push(key);
    this.#hashes.push(hash);
    this.#weights.push(weight);
  }

  #drop(place: number): void {
    const [keys, hashes, weights] = [this.#keys, this.#hashes, this.#weights];
    this.#keyBytes -= textBytes(keys[place]!);
    this.#weightBytes -= this.#bytesOf(weights[place]!);
    for (let at = place + 1; at < keys.length; at++) {
      keys[at - 1] = keys[at]!;
      hashes[at - 1] = hashes[at]!;
      weights[at - 1] = weights[at]!;
    }
    keys.pop();
    hashes.pop();
    weights.pop();
  }

  #bytesOf(weight: DecayedWeight): number {
    return varintBytes(zigzag(this.#base - weight));
  }

  /** Of equal ones, the one that came first. */
  #dropLeast(): void {
    const weights = this.#weights;
    let least = 0;
    for (let at = 1; at < weights.length; at++) if (weights[at]! < weights[least]!) least = at;
    this.#drop(least);
    this.#madeRoom++;
  }
}

/** A small integer. Numbers are hashes already. */
function hashOf(key: string | number): number {
  return (typeof key === 'string' ? stableHash(key) : key) | 0;
}

function textBytes(key: string | number): number {
  return typeof key === 'string' ? packedBytes(key) : 0;
}
