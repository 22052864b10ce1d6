import { baselineDecay } from './trend-window.ts';

const MINUTE_MS = 60_000;
/** Places that a query may be kept at: the lightest of them makes room. */
const WAYS = 8;

/**
 * How often queries were searched that are no longer watched, so that one which comes back has the past that it had: without, whatever is searched now
 * and then would seem to rise from nothing each time. Kept by a hash, 12 bytes each, the heaviest of each eight; weights fade as a baseline does.
 */
export class ForgottenCounts {
  readonly #sets: number;
  readonly #tags: Uint32Array;
  readonly #weights: Float32Array;
  /** Minutes since the epoch as of which a weight holds; 0 for a free place. */
  readonly #minutes: Uint32Array;

  /** @param entries queries that are kept, at least; rounded up to a power of two */
  constructor(entries: number) {
    this.#sets = 2 ** Math.ceil(Math.log2(Math.max(1, entries / WAYS)));
    this.#tags = new Uint32Array(this.#sets * WAYS);
    this.#weights = new Float32Array(this.#sets * WAYS);
    this.#minutes = new Uint32Array(this.#sets * WAYS);
  }

  /** Keeps what a query weighs at a time, unless all it could push out weighs more. */
  put(query: string, weight: number, atMs: number): void {
    const minute = Math.max(1, Math.floor(atMs / MINUTE_MS));
    const { tag, from } = this.#placeOf(query);
    let lightest = from;
    let least = Number.POSITIVE_INFINITY;
    for (let place = from; place < from + WAYS; place++) {
      const worth = this.#worthAt(place, tag, minute);
      if (worth >= least) continue;
      least = worth;
      lightest = place;
    }
    if (least > weight) return;
    this.#tags[lightest] = tag;
    this.#weights[lightest] = weight;
    this.#minutes[lightest] = minute;
  }

  /** What a query weighs at a time, and keeps it no longer; 0 for one that is not kept. */
  take(query: string, atMs: number): number {
    const { tag, from } = this.#placeOf(query);
    for (let place = from; place < from + WAYS; place++) {
      if (this.#minutes[place] === 0 || this.#tags[place] !== tag) continue;
      const weight = this.#weightAt(place, Math.floor(atMs / MINUTE_MS));
      this.#minutes[place] = 0;
      return weight;
    }
    return 0;
  }

  /** What is lost by writing over a place: its own earlier weight is the least loss, a free place the next. */
  #worthAt(place: number, tag: number, minute: number): number {
    if (this.#minutes[place] === 0) return -1;
    return this.#tags[place] === tag ? -2 : this.#weightAt(place, minute);
  }

  #weightAt(place: number, minute: number): number {
    return this.#weights[place]! * baselineDecay((minute - this.#minutes[place]!) * MINUTE_MS);
  }

  /** A hash of a query, and the first place that it may be kept at, by another hash: FNV-1a of the code units from two beginnings. */
  #placeOf(query: string): { readonly tag: number; readonly from: number } {
    let tag = 0x9747b28c;
    let set = 0x2545f491;
    for (let i = 0; i < query.length; i++) {
      const unit = query.charCodeAt(i);
      tag = Math.imul(tag ^ unit, 0x01000193);
      set = Math.imul(set ^ unit, 0x01000193);
    }
    return { tag: finish(tag), from: (finish(set) & (this.#sets - 1)) * WAYS };
  }
}

/** The finaliser of MurmurHash3 (Appleby, public domain). */
function finish(hash: number): number {
  let bits = hash;
  bits ^= bits >>> 16;
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
