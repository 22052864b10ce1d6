const LEAST_ROOM = 16;

/** Some numbers of each entry of a row of entries, one entry behind the other. */
export class EntrySpans {
  values = new Int32Array(4 * LEAST_ROOM);
  /** One beyond the last number of each entry. */
  ends = new Uint32Array(LEAST_ROOM);

  /** Where the numbers of an entry begin; also where those of all entries before it end. */
  start(place: number): number {
    return place === 0 ? 0 : this.ends[place - 1]!;
  }

  /** Sets those of the entry behind the last: `values` from `from` up to `to`. */
  put(place: number, values: Int32Array, from: number, to: number): void {
    let end = this.start(place);
    const room = end + to - from;
    if (room > this.values.length) this.values = grown(this.values, new Int32Array(roomFor(room)));
    if (place >= this.ends.length)
      this.ends = grown(this.ends, new Uint32Array(roomFor(place + 1)));
    for (let i = from; i < to; i++) this.values[end++] = values[i]!;
    this.ends[place] = end;
  }

  /** Becomes the same as the first `size` entries of others. */
  take(other: EntrySpans, size: number): void {
    const end = other.start(size);
    if (end > this.values.length) this.values = new Int32Array(roomFor(end));
    if (size > this.ends.length) this.ends = new Uint32Array(roomFor(size));
    this.values.set(other.values.subarray(0, end));
    this.ends.set(other.ends.subarray(0, size));
  }
}

/** A power of two. */
export function roomFor(size: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(LEAST_ROOM, size)));
}

export function grown<Column extends { set(values: Column): void }>(
  from: Column,
  to: Column,
): Column {
  to.set(from);
  return to;
}
