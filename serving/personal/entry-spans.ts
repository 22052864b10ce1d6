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

  /** Sets those of the entry behind the last: the numbers of `values`. */
  put(place: number, values: Int32Array): void {
    const end = this.#makeRoom(place, 1, values.length);
    for (let i = 0; i < values.length; i++) this.values[end + i] = values[i]!;
    this.ends[place] = end + values.length;
  }

  /** Sets those of entries behind the last: of as many of others, from one of theirs on. */
  copy(place: number, other: EntrySpans, from: number, entries: number): void {
    const first = other.start(from);
    const last = other.start(from + entries);
    const end = this.#makeRoom(place, entries, last - first);
    const { values, ends } = other;
    for (let at = first; at < last; at++) this.values[end + at - first] = values[at]!;
    for (let i = 0; i < entries; i++) this.ends[place + i] = end - first + ends[from + i]!;
  }

  /** Makes room for entries behind the last, of so many numbers; gives where these begin. */
  #makeRoom(place: number, entries: number, numbers: number): number {
    const end = this.start(place);
    const room = end + numbers;
    if (room > this.values.length) this.values = grown(this.values, new Int32Array(roomFor(room)));
    if (place + entries > this.ends.length) {
      this.ends = grown(this.ends, new Uint32Array(roomFor(place + entries)));
    }
    return end;
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
