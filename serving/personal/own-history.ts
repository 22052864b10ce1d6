import type { Segment } from '../../indexer/segment/segment.ts';
import { HashTable } from '../../ranking/features/hash-table.ts';
import { markTerm } from '../../ranking/features/term-evidence.ts';
import { weightAt } from '../../ranking/profiles/decayed-weight.ts';
import {
  HISTORY_HALF_LIFE_MS,
  isInSession,
  type Profile,
  type ProfileQuery,
} from '../../ranking/profiles/profile.ts';
import { EntryColumns } from './entry-columns.ts';
import { ownEntryOf } from './own-entry.ts';
import type { OwnForm } from './own-form.ts';
import { RowMatch } from './row-match.ts';

const MOST_WEIGHT = 1e9;
const LEAST_TOTAL = 1e-6;
const HIDDEN = -1;

/** Room that is used for one profile after the other. */
const match = new RowMatch();
const coming = new EntryColumns();

/** The history of a profile as features read it. */
export class OwnHistory {
  /** The entries that may be shown, newest first. */
  readonly queries: ProfileQuery[] = [];
  /** What each of them is in the snapshot. */
  readonly forms: OwnForm[] = [];
  readonly columns = new EntryColumns();
  decayedCounts = new Float32Array(16);
  inSession = new Uint8Array(16);
  /** When each entry was searched last; later by the time away of who searched. */
  lastMs = new Float64Array(16);
  totalCount = LEAST_TOTAL;
  repeatShare = 0;
  readonly sequences = new HashTable();
  readonly beginnings = new HashTable();
  readonly #segment: Segment;
  readonly #safety: boolean;
  /** All entries, and the place of each in `queries`. */
  #all: ProfileQuery[] = [];
  #places: number[] = [];

  constructor(segment: Segment, safety: boolean) {
    this.#segment = segment;
    this.#safety = safety;
  }

  /**
   * @param awayMs of the time up to now, what is not counted: see `timeAway`
   * @param termMarks where the first term of each entry is noted
   */
  renew(profile: Profile, nowMs: number, awayMs: number, termMarks: Uint32Array): void {
    const { history } = profile;
    if (!match.isSame(this.#all, history, history.length)) this.#takeRow(history);
    this.#decay(profile, nowMs - awayMs, awayMs);
    this.#addSequences();
    const { size, firstTerms } = this.columns;
    for (let place = 0; place < size; place++) markTerm(termMarks, firstTerms[place]!);
  }

  /** Takes a row of which `match` knows what is new: that alone is read. */
  #takeRow(history: readonly ProfileQuery[]): void {
    const forms: OwnForm[] = [];
    const places: number[] = [];
    const { queries } = this;
    queries.length = 0;
    coming.clear();
    // Entries that stood side by side are taken together: `run` of them, from `first` on.
    let first = 0;
    let run = 0;
    for (let i = 0; i < history.length; i++) {
      const query = history[i]!;
      const known = match.from[i]!;
      const place = known < 0 ? HIDDEN : this.#places[known]!;
      const isHidden = known < 0 ? query.isBlocked && this.#safety : place === HIDDEN;
      places.push(isHidden ? HIDDEN : queries.length);
      if (isHidden) continue;
      queries.push(query);
      if (run > 0 && place !== first + run) {
        coming.copy(this.columns, first, run);
        run = 0;
      }
      if (place === HIDDEN) {
        const entry = ownEntryOf(this.#segment, query.normalised);
        coming.add(query, entry);
        forms.push(entry.form);
      } else {
        if (run === 0) first = place;
        run++;
        forms.push(this.forms[place]!);
      }
    }
    if (run > 0) coming.copy(this.columns, first, run);
    this.columns.take(coming);
    for (let place = 0; place < forms.length; place++) this.forms[place] = forms[place]!;
    this.forms.length = forms.length;
    this.#all = history.slice();
    this.#places = places;
    const room = this.columns.lastMs.length;
    if (room > this.decayedCounts.length) {
      this.decayedCounts = new Float32Array(room);
      this.inSession = new Uint8Array(room);
      this.lastMs = new Float64Array(room);
    }
  }

  #decay(profile: Profile, readMs: number, awayMs: number): void {
    const { decayedCounts, inSession } = this;
    const { size, lastMs, counts, weights } = this.columns;
    const sessionMs = isInSession(profile, readMs) ? profile.sessionMs : Number.POSITIVE_INFINITY;
    let total = 0;
    let all = 0;
    for (let place = 0; place < size; place++) {
      const weight = Math.min(MOST_WEIGHT, weightAt(weights[place]!, readMs, HISTORY_HALF_LIFE_MS));
      decayedCounts[place] = weight;
      inSession[place] = lastMs[place]! >= sessionMs ? 1 : 0;
      this.lastMs[place] = lastMs[place]! + awayMs;
      total += weight;
      all += counts[place]!;
    }
    this.totalCount = Math.max(LEAST_TOTAL, total);
    this.repeatShare = all === 0 ? 0 : (all - size) / all;
  }

  #addSequences(): void {
    const { sequences, beginnings, decayedCounts } = this;
    const { size, hashes, wholes } = this.columns;
    const { values, ends } = hashes;
    sequences.clear();
    beginnings.clear();
    let at = 0;
    for (let place = 0; place < size; place++) {
      const weight = decayedCounts[place]!;
      const end = ends[place]! - wholes[place]!;
      for (; at < end; at++) beginnings.add(values[at]!, weight);
      if (wholes[place] !== 0) sequences.add(values[at++]!, weight);
    }
  }
}
