import {
  CandidateTable,
  MOST_TERMS_READ,
  NO_COMPLETION,
  NONE,
} from '../../ranking/features/candidate-table.ts';
import { sourceOfSlot, withMatch } from './block-draft.ts';
import {
  BLOCK_ROWS,
  type CandidateBlock,
  MOST_CANDIDATES,
  NOT_FURTHER,
} from './candidate-block.ts';
import { RowIndex } from './row-index.ts';

/** Rows that one request's asker adds, and rows of the block that they change, at most. */
const MOST_ADDED = 128;
export const MOST_ROWS = BLOCK_ROWS + MOST_ADDED;
/** The place of what the order of popularity has not met. */
const UNPLACED = 60_000;

/** A candidate that is no completion. */
export interface TextCandidate {
  readonly normalised: string;
  readonly surface: string;
  readonly kind: 'query' | 'entity';
}

/**
 * The rows of a request that are not as they are for anybody: candidates that only who asks has, and those of the block of which something is known to them. All others stay in the block.
 * First rows are added, then `close` says which rows of the block are candidates beside them, then rows are named (`find`) to note what is known of them.
 */
export class AskerRows {
  readonly table = new CandidateTable(MOST_ROWS);
  /** By row: the text of what is no completion. */
  readonly texts: (TextCandidate | undefined)[] = [];
  /** By row: the row of the block that it stands for; NONE for others. */
  readonly blockRows = new Int16Array(MOST_ROWS);
  /** Rows of the block from here on are no candidates, unless they are here. */
  cut = 0;
  /** Candidates of the request. */
  candidates = 0;
  /** By row of the block: the row that stands for it here. */
  readonly #standIns = new Int16Array(BLOCK_ROWS).fill(NONE);
  /** The completions that the block does not have. */
  readonly #others = new RowIndex(MOST_ADDED);
  #hasOthers = false;
  #block: CandidateBlock | null = null;
  /** Rows added, beside those of what is answered to anybody. */
  #added = 0;

  begin(block: CandidateBlock): void {
    for (let row = 0; row < this.table.size; row++) {
      if (this.blockRows[row]! >= 0) this.#standIns[this.blockRows[row]!] = NONE;
    }
    this.table.clear();
    this.texts.length = 0;
    if (this.#hasOthers) this.#others.clear();
    this.#hasOthers = false;
    this.#block = block;
    this.#added = 0;
    this.cut = block.size;
  }

  /** The row of a completion that was added, or is answered to anybody; NONE for others, be they in the block. */
  rowOf(id: number): number {
    const block = this.#opened;
    const known = block.find(id);
    if (known === NONE) return this.findOther(id);
    return known < block.slots ? this.slotRow(known) : this.#standIns[known]!;
  }

  /** The row that stands for one that is answered to anybody, before `close`. */
  slotRow(known: number): number {
    const { placed } = this.#opened.found;
    let row = this.#standIns[known]!;
    if (row !== NONE) return row;
    row = this.standInFor(known);
    this.table.sources[row] = sourceOfSlot(placed[known]!);
    return row;
  }

  /** The row of a text that is no completion. */
  rowOfText(normalised: string): number {
    for (let row = 0; row < this.texts.length; row++) {
      if (this.texts[row]?.normalised === normalised) return row;
    }
    return NONE;
  }

  /** Adds a completion that has no row; what the block knows of it is copied, all else is to be filled in where `isInBlock` says no. */
  addCompletion(id: number, source: number): number {
    const known = this.#opened.find(id);
    this.#added++;
    if (known === NONE) {
      const row = this.table.add(id, source);
      this.table.places[row] = UNPLACED;
      this.blockRows[row] = NONE;
      this.#others.put(id, row);
      this.#hasOthers = true;
      return row;
    }
    const row = this.standInFor(known);
    this.table.sources[row] = source;
    this.table.places[row] = UNPLACED;
    return row;
  }

  isInBlock(row: number): boolean {
    return this.blockRows[row]! >= 0;
  }

  addText(text: TextCandidate, source: number, terms: Int32Array, bytes: number): number {
    const { table } = this;
    const row = table.add(NO_COMPLETION, source);
    this.#added++;
    this.blockRows[row] = NONE;
    this.texts[row] = text;
    table.places[row] = UNPLACED;
    table.bytes[row] = bytes;
    table.termCounts[row] = Math.min(255, terms.length);
    const read = Math.min(terms.length, MOST_TERMS_READ);
    for (let i = 0; i < read; i++) table.terms[row * MOST_TERMS_READ + i] = terms[i]!;
    return row;
  }

  /** The row that stands for one of the block. */
  standInFor(known: number): number {
    const block = this.#opened;
    let row = this.#standIns[known]!;
    if (row !== NONE) return row;
    row = block.copyRow(known, this.table);
    this.blockRows[row] = known;
    this.#standIns[known] = row;
    return row;
  }

  /** Ends adding: matches fill the table up to its size, best first, and those that were added come to the places and sources that they have as matches. */
  close(): void {
    const block = this.#opened;
    const { slots, prefixEnd } = block;
    const free = MOST_CANDIDATES - slots - this.#added;
    this.cut = this.#endOf(slots, free);
    const full = this.cut - slots - this.#standInsIn(slots, this.cut) === free;
    // The other matches are not looked at when those that begin with the text fill the table.
    const isFull = full && prefixEnd - slots - this.#standInsIn(slots, prefixEnd) >= free;
    const end = isFull ? prefixEnd : block.size;
    this.candidates = slots + this.#added + this.cut - slots - this.#standInsIn(slots, this.cut);
    let place = slots < this.cut ? block.placeOf(this.cut - 1) + 1 : block.placeOf(slots);
    for (let known = this.cut; known < end; known++) {
      const row = this.#standIns[known]!;
      if (row !== NONE) this.table.places[row] = place++;
    }
    for (let row = 0; row < this.table.size; row++) {
      const known = this.blockRows[row]!;
      if (known < 0) continue;
      const visit = known < end ? block.visitOf(known) : NOT_FURTHER;
      if (known >= slots && known < this.cut) this.table.places[row] = block.placeOf(known);
      const sources = this.table.sources[row]!;
      this.table.sources[row] = visit === NOT_FURTHER ? sources : withMatch(sources, visit);
    }
  }

  /** Whether there are completions that the block does not have. */
  get hasOthers(): boolean {
    return this.#hasOthers;
  }

  /** Whether a completion may be a candidate: rules most out at less than `find`. */
  mayHave(id: number): boolean {
    return this.#opened.mayHave(id) || (this.#hasOthers && this.#others.mayHave(id));
  }

  /** The row of a completion that is a candidate, made where it is one of the block's; NONE for what is none. After `close`. */
  find(id: number): number {
    const known = this.#opened.find(id);
    if (known === NONE) return this.findOther(id);
    const row = this.#standIns[known]!;
    return row !== NONE || known >= this.cut ? row : this.standInFor(known);
  }

  /** The row of a completion that the block does not have. */
  findOther(id: number): number {
    return this.#hasOthers ? this.#others.find(id) : NONE;
  }

  /** The row here that stands for one of the block; NONE where that one is as it is for anybody. */
  standIn(known: number): number {
    return this.#standIns[known]!;
  }

  /** Where the block's rows end, so that `free` of those from `slots` on are candidates beside those that are here, and what stands behind the last of them is here as well. */
  #endOf(slots: number, free: number): number {
    const { size } = this.#opened;
    for (let end = slots + free; ; ) {
      const next = slots + free + this.#standInsIn(slots, end + 1);
      if (next === end) return Math.min(size, end);
      end = next;
    }
  }

  #standInsIn(from: number, to: number): number {
    let count = 0;
    for (let row = 0; row < this.table.size; row++) {
      const known = this.blockRows[row]!;
      if (known >= from && known < to) count++;
    }
    return count;
  }

  get #opened(): CandidateBlock {
    if (this.#block === null) throw new Error('expected a request to have begun');
    return this.#block;
  }
}
