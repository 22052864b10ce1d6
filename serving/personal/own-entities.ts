import type { Segment } from '../../indexer/segment/segment.ts';
import { HashTable } from '../../ranking/features/hash-table.ts';
import { markTerm } from '../../ranking/features/term-evidence.ts';
import { weightAt } from '../../ranking/profiles/decayed-weight.ts';
import type { Profile } from '../../ranking/profiles/profile.ts';
import { ownEntityOf } from './own-entry.ts';
import type { OwnHistory } from './own-history.ts';
import { RowMatch } from './row-match.ts';

/** Bits that rule most runs of words out: a few dozen of these are set. */
const MARKS = 1_024;
const UNREAD = 0;

/** Room that is used for one profile after the other. */
const match = new RowMatch();
const marks = new Uint32Array(MARKS / 32);
const ids: number[] = [];
const weights: number[] = [];
const isFound: boolean[] = [];

/** The entities of a profile, by the terms that they are written with in the user's own queries: of others only the hash is known. */
export class OwnEntities {
  /** Share of the user's tastes, by the hash of the entity's terms. */
  readonly shares = new HashTable();
  /** Terms of the longest. */
  longest = 0;
  readonly #segment: Segment;
  #ids: number[] = [];
  /** What was read of each: its terms, UNREAD before, and their hash. */
  #terms = new Uint8Array(0);
  #sequences = new Int32Array(0);
  #firstTerms = new Int32Array(0);

  constructor(segment: Segment) {
    this.#segment = segment;
  }

  /**
   * @param history of the same profile, renewed
   * @param termMarks where the first term of each is noted
   */
  renew({ entities }: Profile, history: OwnHistory, nowMs: number, termMarks: Uint32Array): void {
    this.shares.clear();
    this.longest = 0;
    marks.fill(0);
    let size = 0;
    let total = 0;
    entities.forEach((id, kept) => {
      const weight = weightAt(kept, nowMs, entities.halfLifeMs);
      marks[(id & (MARKS - 1)) >>> 5]! |= 1 << (id & 31);
      ids[size] = id;
      weights[size++] = weight;
      total += weight;
    });
    if (!(total > 0)) return;
    if (!match.isSame(this.#ids, ids, size)) this.#takeRow(size);
    this.#find(history, size, total, termMarks);
  }

  #takeRow(size: number): void {
    const terms = new Uint8Array(size);
    const sequences = new Int32Array(size);
    const firstTerms = new Int32Array(size);
    for (let i = 0; i < size; i++) {
      const known = match.from[i]!;
      if (known < 0) continue;
      terms[i] = this.#terms[known]!;
      sequences[i] = this.#sequences[known]!;
      firstTerms[i] = this.#firstTerms[known]!;
    }
    this.#ids = ids.slice(0, size);
    this.#terms = terms;
    this.#sequences = sequences;
    this.#firstTerms = firstTerms;
  }

  /** From the newest query on: each entity is told by one of its texts. */
  #find({ columns, forms }: OwnHistory, size: number, total: number, termMarks: Uint32Array): void {
    const { runs } = columns;
    const { values } = runs;
    const end = runs.start(columns.size);
    isFound.fill(false);
    let left = size;
    for (let at = 0; at < end && left > 0; at++) {
      const run = values[at]! >>> 0;
      if ((marks[(run & (MARKS - 1)) >>> 5]! & (1 << (run & 31))) === 0) continue;
      const place = this.#ids.indexOf(run);
      if (place < 0 || isFound[place] === true) continue;
      isFound[place] = true;
      left--;
      if (this.#terms[place] === UNREAD) {
        const entry = entryAt(runs.ends, at);
        const form = forms[entry]!;
        const reading = ownEntityOf(this.#segment, form.normalised, at - runs.start(entry));
        this.#terms[place] = Math.min(255, reading.terms);
        this.#sequences[place] = reading.sequence;
        this.#firstTerms[place] = reading.firstTerm;
      }
      markTerm(termMarks, this.#firstTerms[place]!);
      this.shares.add(this.#sequences[place]!, weights[place]! / total);
      this.longest = Math.max(this.longest, this.#terms[place]!);
    }
  }
}

/** The entry that has a run. */
function entryAt(runEnds: Uint32Array, run: number): number {
  let entry = 0;
  while (runEnds[entry]! <= run) entry++;
  return entry;
}
