import { bytesOfText } from '../json-text.ts';
import type { Suggestion } from '../suggest-engine.ts';
import { afterScore, beforeScore } from '../suggestion-json.ts';

/** Completions that are written down for a typed text; many more than anybody is shown of it. A place fits into a byte, with 0 for none. */
const MOST_WRITTEN = 255;

/**
 * How completions are shown for a typed text, each in a place from 1 on: written down when it is first shown, as a suggestion, and as the JSON around its score. What is asked for with every
 * answer lies side by side, and comes to a few lines of memory for all of them.
 */
export class WrittenRows {
  readonly #places: Uint8Array;
  /** By row and one for each way in which a row of who asks that stands for it may have come in. */
  readonly #standIns: Uint8Array;
  readonly #byKey = new Map<number, number>();
  readonly #suggestions: (Suggestion | null)[] = [null];
  readonly #before: string[] = [''];
  readonly #after: string[] = [''];
  readonly #epochs: number[] = [0];
  readonly #completions: number[] = [0];

  /** @param rows of the block */
  constructor(rows: number) {
    this.#places = new Uint8Array(3 * rows);
    this.#standIns = this.#places.subarray(rows);
  }

  /** The place of a row of the block; 0 where it was not shown. */
  placeOfRow(row: number): number {
    return this.#places[row]!;
  }

  setRow(row: number, place: number): void {
    this.#places[row] = place;
  }

  /** The same of what stands for a row of the block; `isInfix` says whether it was found in any order. */
  placeOfStandIn(row: number, isInfix: boolean): number {
    return this.#standIns[2 * row + (isInfix ? 1 : 0)]!;
  }

  setStandIn(row: number, isInfix: boolean, place: number): void {
    this.#standIns[2 * row + (isInfix ? 1 : 0)] = place;
  }

  /** The place of a completion as it was found; 0 where it was not shown. */
  placeOf(completion: number, isInfix: boolean): number {
    return this.#byKey.get(keyOf(completion, isInfix)) ?? 0;
  }

  /** Adds a completion as it is shown; its score counts nothing. When there are too many, all others go. @returns its place */
  add(completion: number, isInfix: boolean, suggestion: Suggestion): number {
    if (this.#suggestions.length > MOST_WRITTEN) this.clear();
    const place = this.#suggestions.push(suggestion) - 1;
    const after = afterScore(suggestion);
    // Most have the same spans: one text for all of them.
    const known = this.#after.indexOf(after);
    this.#after.push(known < 0 ? after : this.#after[known]!);
    this.#before.push(bytesOfText(`,${beforeScore(suggestion)}`));
    this.#epochs.push(-1);
    this.#completions.push(completion);
    this.#byKey.set(keyOf(completion, isInfix), place);
    return place;
  }

  suggestionAt(place: number): Suggestion {
    const suggestion = this.#suggestions[place];
    if (suggestion == null) throw new Error('expected the place of what is written down');
    return suggestion;
  }

  completionAt(place: number): number {
    return this.#completions[place]!;
  }

  /** Its JSON up to its score, with a comma in front, a code unit a byte. */
  beforeAt(place: number): string {
    return this.#before[place]!;
  }

  /** Its JSON from its score on. */
  afterAt(place: number): string {
    return this.#after[place]!;
  }

  /** As of when it is noted that it was shown, see `SnapshotFace.shownEpoch`. */
  epochAt(place: number): number {
    return this.#epochs[place]!;
  }

  setEpoch(place: number, epoch: number): void {
    this.#epochs[place] = epoch;
  }

  clear(): void {
    this.#places.fill(0);
    this.#byKey.clear();
    this.#suggestions.length = 1;
    this.#before.length = 1;
    this.#after.length = 1;
    this.#epochs.length = 1;
    this.#completions.length = 1;
  }
}

function keyOf(completion: number, isInfix: boolean): number {
  return 2 * completion + (isInfix ? 1 : 0);
}
