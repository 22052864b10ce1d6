/**
 * Answers every chance of the simulated world, reproducibly: the small generator sfc32 (Chris Doty-Humphrey, PractRand),
 * seeded through the 32-bit finaliser of MurmurHash3 (Austin Appleby). No clock and no `Math.random` anywhere.
 *
 * A stream is named by its purpose and two numbers, so that what one part draws never shifts what another one gets.
 */

/** Mixes 32 bits so that each one depends on all: the finaliser of MurmurHash3, a bijection of the 32-bit integers. */
export function mix32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The FNV-1a hash of a text's code units: the number under which a purpose is known. */
export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** One reproducible stream of numbers. */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 1;

  constructor(key: number, first = 0, second = 0) {
    this.reseed(key, first, second);
  }

  /** Starts the stream `(key, first, second)` anew in this object; hot loops reuse one generator for millions of streams. */
  reseed(key: number, first: number, second: number): void {
    this.a = mix32(key + 0x9e3779b9);
    this.b = mix32(this.a ^ mix32(first + 0x7f4a7c15));
    this.c = mix32(this.b ^ mix32(second + 0x94d049bb));
    this.counter = 1;
    for (let i = 0; i < 8; i++) this.uint32();
  }

  /** The next 32 bits, as 0 to 2^32 - 1. */
  uint32(): number {
    const out = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + out) | 0;
    return out >>> 0;
  }

  /** Uniform in [0, 1), a multiple of 2^-32. */
  unit(): number {
    return this.uint32() / 4294967296;
  }

  /** Uniform integer in [0, n); its bias is below n / 2^32. */
  below(n: number): number {
    return Math.floor(this.unit() * n);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** One of the items, which must not be empty. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined)
      throw new RangeError('expected a list with at least one item to pick from');
    return item;
  }

  /** Normal with mean 0 and variance 1 (Box and Muller, 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }
}

/** The stream of a world's seed for a purpose, and for one of its parts (a user, a day). */
export function openStream(seed: number, purpose: string, first = 0, second = 0): Random {
  return new Random(streamKey(seed, purpose), first, second);
}

/** The key that `Random` takes for a seed and a purpose. */
export function streamKey(seed: number, purpose: string): number {
  return mix32(mix32(seed) ^ hashText(purpose));
}
