/**
 * A profile as features read it: texts replaced by the numbers of one snapshot, weights as they are at one time. Made once for a profile and a
 * snapshot (`serving/personal/profile-binder.ts`), not for each request.
 */
export interface BoundProfile {
  /** Entries of the history, newest first. */
  readonly entries: number;
  /** When each was searched last, and how often: plain, and decayed at the time of binding. */
  readonly lastMs: Float64Array;
  readonly counts: Float32Array;
  readonly decayedCounts: Float32Array;
  /** Sum of the decayed counts; above 0. */
  readonly totalCount: number;
  /** Share of the searches that repeat an earlier one. */
  readonly repeatShare: number;
  /** Whether an entry was searched in the session that goes on. */
  readonly inSession: Uint8Array;
  /** Hashes (`sequenceHash`) of the term sequences of all entries, with the decayed count of the entry. */
  readonly sequences: HashWeights;
  /** The same of all proper beginnings of entries: what they specialise. */
  readonly beginnings: HashWeights;
  /** Weight of each term id, as a share of all that the user searched with, times how few completions hold it (bits). */
  readonly termWeights: HashWeights;
  /** Marks (`markTerm`) of all terms with a weight, and of the first ones of entries and entities: a candidate without any of them shares none of these. Null where they were not noted. */
  readonly termMarks: Uint32Array | null;
  /** Share of the user's tastes that each entity has, by the hash of its term sequence. */
  readonly entities: HashWeights;
  /** Terms of the longest entity. */
  readonly longestEntity: number;
  /** How much likelier each theme is for the user than by itself; null where nothing is known of tastes. */
  readonly themeLifts: Float32Array | null;
  /** Share of each script of SCRIPT_CODES; null where nothing is known. */
  readonly scriptShares: Float32Array | null;
  /** log2 of how much more of the user's searches fall in each part of the day than were they spread evenly. */
  readonly dayParts: Float32Array;
}

/** Weights by a hash of 32 bits. */
export interface HashWeights {
  readonly size: number;
  /** The weight; 0 for a hash that is not there. */
  get(hash: number): number;
}

/** The hash of a sequence of term ids, extended by one; begins with SEQUENCE_START. */
export const SEQUENCE_START = 0x811c9dc5 | 0;
export function extendSequence(hash: number, term: number): number {
  const mixed = Math.imul(hash ^ term, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
