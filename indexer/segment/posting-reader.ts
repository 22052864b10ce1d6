import { NO_VALUE } from './range-minimum.ts';

/**
 * Reads one list after the other, a chunk of ranks at a time, ascending: decoding in a tight loop of its own is faster than one
 * rank a call.
 */
export class PostingReader {
  readonly chunk = new Uint32Array(256);
  private rest: Uint8Array = new Uint8Array(0);
  private at = 0;
  private end = 0;
  private rank = NO_VALUE;
  private size = 0;

  /** Begins a list; its first chunk has at most `size` ranks, as most searches end early. */
  begin(first: number, rest: Uint8Array, at: number, end: number, size: number): void {
    this.rank = first;
    this.rest = rest;
    this.at = at;
    this.end = end;
    this.size = size;
  }

  /** Decodes the next ranks into `chunk` and returns their number, 0 at the list's end. */
  fill(): number {
    const { rest, chunk, end, size } = this;
    let { rank, at } = this;
    if (rank === NO_VALUE) return 0;
    let count = 0;
    chunk[count++] = rank;
    while (at < end && count < size) {
      let byte = rest[at++]!;
      let difference = byte & 0x7f;
      // A damaged list could lack its last byte; the end of the list bounds the loop all the same.
      for (let shift = 7; byte >= 0x80 && at < end; shift += 7) {
        byte = rest[at++]!;
        difference |= (byte & 0x7f) << shift;
      }
      rank += difference;
      chunk[count++] = rank;
    }
    // The last rank of a full chunk is given; the next chunk begins with the one after it.
    if (at >= end) this.rank = NO_VALUE;
    else {
      let byte = rest[at++]!;
      let difference = byte & 0x7f;
      for (let shift = 7; byte >= 0x80 && at < end; shift += 7) {
        byte = rest[at++]!;
        difference |= (byte & 0x7f) << shift;
      }
      this.rank = rank + difference;
    }
    this.at = at;
    this.size = chunk.length;
    return count;
  }
}
