import { IdHash, type IdKey } from './id-hash.ts';
import { IdTable } from './id-table.ts';

/** What the contract promises: an id counts once among at least so many accepted after it. */
export const REMEMBERED_IDS = 10_000_000;
/** More generations take less memory beyond what is promised, and one more probe each. */
const FULL_GENERATIONS = 3;

/** Told of every id that is added: by its hash and the offset of its record. */
export type SeenIdSink = (offset: number, low: number, high: number, begins: boolean) => void;

/**
 * Which event ids were accepted lately: at least the last ten million, and up to a third more. Ids are kept as hashes in generations, of which
 * the oldest is forgotten whole; at most 134 MB.
 */
export class SeenIds {
  /** Of the id that was asked for or added last. */
  readonly lastHash: IdHash;
  readonly #generationIds: number;
  /** Oldest first; the last one takes what is new. */
  readonly #generations: IdTable[] = [new IdTable()];
  readonly #onAdd: SeenIdSink;

  constructor(key: IdKey, onAdd: SeenIdSink = () => {}, remembered: number = REMEMBERED_IDS) {
    this.lastHash = new IdHash(key);
    this.#onAdd = onAdd;
    this.#generationIds = Math.ceil(remembered / FULL_GENERATIONS);
  }

  get count(): number {
    return this.#generations.reduce((sum, { count }) => sum + count, 0);
  }

  get sizeBytes(): number {
    return this.#generations.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  has(id: string): boolean {
    this.lastHash.hash(id);
    const { low, high } = this.lastHash;
    for (const table of this.#generations) {
      if (table.has(low, high)) return true;
    }
    return false;
  }

  /** Remembers the id of the record at this offset of the log. */
  add(id: string, offset: number): void {
    this.lastHash.hash(id);
    const { low, high } = this.lastHash;
    this.addHashed(low, high, offset);
  }

  /** The same of an id whose hash is known. */
  addHashed(low: number, high: number, offset: number): void {
    this.#onAdd(offset, low, high, this.addHash(low, high));
  }

  /** Remembers a hash; true when it is the first of a generation. */
  addHash(low: number, high: number): boolean {
    let current = this.#generations.at(-1)!;
    const begins = current.count >= this.#generationIds;
    if (begins) {
      current = new IdTable();
      this.#generations.push(current);
      if (this.#generations.length > FULL_GENERATIONS + 1) this.#generations.shift();
    }
    current.add(low, high);
    return begins;
  }
}
