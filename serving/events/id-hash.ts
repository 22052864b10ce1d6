/** A secret that decides which ids collide, so that nobody can make ids which do; two 32-bit halves. */
export interface IdKey {
  readonly low: number;
  readonly high: number;
}

/**
 * Hashes ids to 64 bits: HalfSipHash-2-4 (Aumasson, Bernstein, reference implementation of SipHash) over UTF-16 code units, which takes 32-bit
 * operations only. Among ten million ids a new one collides with a chance of 5 in 10^13. The result is in `low` and `high` until the next
 * call, as a pair returned would be an object for each event.
 */
export class IdHash {
  readonly #key: IdKey;
  low = 0;
  high = 0;

  constructor(key: IdKey) {
    this.#key = key;
  }

  hash(id: string): void {
    const { low, high } = this.#key;
    let v0 = low | 0;
    let v1 = high ^ 0xee;
    let v2 = 0x6c796765 ^ low;
    let v3 = 0x74656462 ^ high;
    const words = id.length >>> 1;
    // The last word holds what is left of the text and its length in bytes; then come the two finishing steps.
    for (let word = 0; word <= words + 2; word++) {
      let message = 0;
      let rounds = 2;
      if (word < words) {
        message = id.charCodeAt(2 * word) | (id.charCodeAt(2 * word + 1) << 16);
      } else if (word === words) {
        message = (id.length * 2) << 24;
        if ((id.length & 1) === 1) message |= id.charCodeAt(id.length - 1);
      } else {
        rounds = 4;
        if (word === words + 1) v2 ^= 0xee;
        else {
          this.low = (v1 ^ v3) >>> 0;
          v1 ^= 0xdd;
        }
      }
      v3 ^= message;
      for (; rounds > 0; rounds--) {
        v0 = (v0 + v1) | 0;
        v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
        v0 = (v0 << 16) | (v0 >>> 16);
        v2 = (v2 + v3) | 0;
        v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
        v0 = (v0 + v3) | 0;
        v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
        v2 = (v2 + v1) | 0;
        v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
        v2 = (v2 << 16) | (v2 >>> 16);
      }
      v0 ^= message;
    }
    this.high = (v1 ^ v3) >>> 0;
  }
}
