import type { ProfileQuery } from '../../ranking/profiles/profile.ts';
import type { OwnEntry } from './own-entry.ts';

/** Queries of a history in columns, side by side in memory: read in one go, where the queries themselves lie anywhere. */
export class EntryColumns {
  size = 0;
  lastMs = new Float64Array(16);
  counts = new Float32Array(16);
  /** As they are kept: at no time in particular. */
  weights = new Float64Array(16);
  /** The first term of each; -1 for one without. */
  firstTerms = new Int32Array(16);
  /** Whether the last of an entry's hashes is that of all of its terms. */
  wholes = new Uint8Array(16);
  /** One beyond the last hash, and run, of each. */
  hashEnds = new Uint32Array(16);
  runEnds = new Uint32Array(16);
  /** Hashes of the beginnings of its terms, the shortest first. */
  hashes = new Int32Array(64);
  /** The ids that its runs of words would have as entities. */
  runs = new Uint32Array(64);

  clear(): void {
    this.size = 0;
  }

  hashStart(place: number): number {
    return place === 0 ? 0 : this.hashEnds[place - 1]!;
  }

  runStart(place: number): number {
    return place === 0 ? 0 : this.runEnds[place - 1]!;
  }

  /** Adds a query, and what was read of its text. */
  add({ lastMs, count, weight }: ProfileQuery, { form, hashes, isWhole, runs }: OwnEntry): void {
    const place = this.#addNumbers(lastMs, count, weight, isWhole ? 1 : 0);
    this.firstTerms[place] = form.terms[0] ?? -1;
    this.#addHashes(place, hashes, 0, hashes.length);
    this.#addRuns(place, runs, 0, runs.length);
  }

  /** Adds an entry of others. */
  copy(other: EntryColumns, from: number): void {
    const { lastMs, counts, weights, wholes, hashes, hashEnds, runs, runEnds } = other;
    const place = this.#addNumbers(lastMs[from]!, counts[from]!, weights[from]!, wholes[from]!);
    this.firstTerms[place] = other.firstTerms[from]!;
    this.#addHashes(place, hashes, other.hashStart(from), hashEnds[from]!);
    this.#addRuns(place, runs, other.runStart(from), runEnds[from]!);
  }

  /** Becomes the same as others. */
  take(other: EntryColumns): void {
    const { size } = other;
    this.#makeRoom(size);
    this.size = size;
    this.lastMs.set(other.lastMs.subarray(0, size));
    this.counts.set(other.counts.subarray(0, size));
    this.weights.set(other.weights.subarray(0, size));
    this.wholes.set(other.wholes.subarray(0, size));
    this.firstTerms.set(other.firstTerms.subarray(0, size));
    this.hashEnds.set(other.hashEnds.subarray(0, size));
    this.runEnds.set(other.runEnds.subarray(0, size));
    const hashes = other.hashStart(size);
    if (hashes > this.hashes.length) this.hashes = new Int32Array(roomFor(hashes));
    this.hashes.set(other.hashes.subarray(0, hashes));
    const runs = other.runStart(size);
    if (runs > this.runs.length) this.runs = new Uint32Array(roomFor(runs));
    this.runs.set(other.runs.subarray(0, runs));
  }

  #addNumbers(lastMs: number, count: number, weight: number, whole: number): number {
    const place = this.size++;
    this.#makeRoom(this.size);
    this.lastMs[place] = lastMs;
    this.counts[place] = count;
    this.weights[place] = weight;
    this.wholes[place] = whole;
    return place;
  }

  #addHashes(place: number, hashes: Int32Array, from: number, to: number): void {
    let end = this.hashStart(place);
    const room = end + to - from;
    if (room > this.hashes.length) this.hashes = grown(this.hashes, new Int32Array(roomFor(room)));
    for (let i = from; i < to; i++) this.hashes[end++] = hashes[i]!;
    this.hashEnds[place] = end;
  }

  #addRuns(place: number, runs: Uint32Array, from: number, to: number): void {
    let end = this.runStart(place);
    const room = end + to - from;
    if (room > this.runs.length) this.runs = grown(this.runs, new Uint32Array(roomFor(room)));
    for (let i = from; i < to; i++) this.runs[end++] = runs[i]!;
    this.runEnds[place] = end;
  }

  #makeRoom(entries: number): void {
    if (entries <= this.lastMs.length) return;
    const room = roomFor(entries);
    this.lastMs = grown(this.lastMs, new Float64Array(room));
    this.counts = grown(this.counts, new Float32Array(room));
    this.weights = grown(this.weights, new Float64Array(room));
    this.firstTerms = grown(this.firstTerms, new Int32Array(room));
    this.wholes = grown(this.wholes, new Uint8Array(room));
    this.hashEnds = grown(this.hashEnds, new Uint32Array(room));
    this.runEnds = grown(this.runEnds, new Uint32Array(room));
  }
}

/** A power of two. */
export function roomFor(size: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(16, size)));
}

function grown<Column extends { set(values: Column): void }>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
