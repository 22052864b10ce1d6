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
    const place = this.size++;
    this.#makeRoom(this.size);
    this.lastMs[place] = lastMs;
    this.counts[place] = count;
    this.weights[place] = weight;
    this.wholes[place] = isWhole ? 1 : 0;
    this.firstTerms[place] = form.terms[0] ?? -1;
    this.hashes.put(place, hashes);
    this.runs.put(place, runs);
    this.starts.put(place, starts);
  }

  /** Adds entries of others that stand side by side: those of a history seldom move. */
  copy(other: EntryColumns, from: number, entries: number): void {
    const place = this.size;
    this.size += entries;
    this.#makeRoom(this.size);
    for (let i = 0; i < entries; i++) {
      this.lastMs[place + i] = other.lastMs[from + i]!;
      this.counts[place + i] = other.counts[from + i]!;
      this.weights[place + i] = other.weights[from + i]!;
      this.wholes[place + i] = other.wholes[from + i]!;
      this.firstTerms[place + i] = other.firstTerms[from + i]!;
    }
    this.hashes.copy(place, other.hashes, from, entries);
    this.runs.copy(place, other.runs, from, entries);
    this.starts.copy(place, other.starts, from, entries);
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
