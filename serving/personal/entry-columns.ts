import type { ProfileQuery } from '../../ranking/profiles/profile.ts';
import { EntrySpans, grown, roomFor } from './entry-spans.ts';
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
  /** Hashes of the beginnings of its terms, the shortest first. */
  readonly hashes = new EntrySpans();
  /** The ids that its runs of words would have as entities. */
  readonly runs = new EntrySpans();
  /** What tells whether it holds a typed text: see `startsOf`. */
  readonly starts = new EntrySpans();

  clear(): void {
    this.size = 0;
  }

  /** Adds a query, and what was read of its text. */
  add({ lastMs, count, weight }: ProfileQuery, entry: OwnEntry): void {
    const { form, hashes, isWhole, runs, starts } = entry;
    const place = this.#addNumbers(lastMs, count, weight, isWhole ? 1 : 0);
    this.firstTerms[place] = form.terms[0] ?? -1;
    this.hashes.put(place, hashes, 0, hashes.length);
    this.runs.put(place, runs, 0, runs.length);
    this.starts.put(place, starts, 0, starts.length);
  }

  /** Adds an entry of others. */
  copy(other: EntryColumns, from: number): void {
    const { lastMs, counts, weights, wholes } = other;
    const place = this.#addNumbers(lastMs[from]!, counts[from]!, weights[from]!, wholes[from]!);
    this.firstTerms[place] = other.firstTerms[from]!;
    copySpan(this.hashes, place, other.hashes, from);
    copySpan(this.runs, place, other.runs, from);
    copySpan(this.starts, place, other.starts, from);
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
    this.hashes.take(other.hashes, size);
    this.runs.take(other.runs, size);
    this.starts.take(other.starts, size);
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

  #makeRoom(entries: number): void {
    if (entries <= this.lastMs.length) return;
    const room = roomFor(entries);
    this.lastMs = grown(this.lastMs, new Float64Array(room));
    this.counts = grown(this.counts, new Float32Array(room));
    this.weights = grown(this.weights, new Float64Array(room));
    this.firstTerms = grown(this.firstTerms, new Int32Array(room));
    this.wholes = grown(this.wholes, new Uint8Array(room));
  }
}

function copySpan(to: EntrySpans, place: number, other: EntrySpans, from: number): void {
  to.put(place, other.values, other.start(from), other.ends[from]!);
}
