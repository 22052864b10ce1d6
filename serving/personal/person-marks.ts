const WAYS = 8;
/** What a person did counts once in so long, by the server's clock: it is the one that nobody else can turn. */
export const WINDOW_MS = 24 * 3_600_000;
const WINDOW_S = WINDOW_MS / 1_000;
/** Takes the upper bits of a hash down to where the others are: 32 of them overlap by 11. */
const HALF = 2 ** 21;

/**
 * How much people did of things already, so that nobody counts twice for one within a day. Marks of twelve bytes, in sets of eight by a hash of who did what: in a full set the
 * oldest makes room, and who had it may count once more. Two of them share a mark once in 2^47.
 */
export class PersonMarks {
  readonly #sets: number;
  readonly #tags: Uint32Array;
  /** When the day of a mark began, in seconds since the epoch. */
  readonly #since: Uint32Array;
  readonly #levels: Float32Array;

  /** @param sets each of eight marks */
  constructor(sets: number) {
    this.#sets = sets;
    this.#tags = new Uint32Array(sets * WAYS);
    this.#since = new Uint32Array(sets * WAYS);
    this.#levels = new Float32Array(sets * WAYS);
  }

  /**
   * Raises what was done to a level; gives by how much that is more than before: all of it where the last day had nothing, 0 where it had as much.
   *
   * @param person a hash of who did it, of 53 bits, as the others
   * @param what of what it was done to
   * @param typed of what was typed; 0 for whatever it was
   */
  raise(person: number, what: number, typed: number, atMs: number, level: number): number {
    const first = (mixed(person, what, typed) % this.#sets) * WAYS;
    const tag = (mixed(person / HALF, what / HALF, typed / HALF) | 1) >>> 0;
    const nowS = Math.max(0, Math.floor(atMs / 1_000));
    const raised = Math.fround(level);
    let oldest = first;
    for (let at = first; at < first + WAYS; at++) {
      if (this.#tags[at] === tag) {
        const isToday = Math.abs(nowS - this.#since[at]!) < WINDOW_S;
        const before = isToday ? this.#levels[at]! : 0;
        if (before >= raised) return 0;
        if (!isToday) this.#since[at] = nowS;
        this.#levels[at] = raised;
        return raised - before;
      }
      if (this.#since[at]! < this.#since[oldest]!) oldest = at;
    }
    this.#tags[oldest] = tag;
    this.#since[oldest] = nowS;
    this.#levels[oldest] = raised;
    return raised;
  }
}

/** A hash of 32 bits, by the low bits of each. */
function mixed(a: number, b: number, c: number): number {
  let hash = Math.imul(a ^ 0x3c6ef372, 0x85ebca6b) ^ Math.imul(b ^ 0x1b873593, 0xcc9e2d51);
  hash = Math.imul(hash ^ (hash >>> 15) ^ Math.imul(c, 0x9e3779b1), 0x2c1b3c6d);
  return (hash ^ (hash >>> 16)) >>> 0;
}
