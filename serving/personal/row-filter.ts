import { isBlocked } from '../../dictionaries/safety/blocklist.ts';
import { findPersonalData } from '../../dictionaries/safety/personal-data.ts';
import { historyId, suggestionId } from '../../indexer/events/suggestion-id.ts';
import type { RemovedQuery } from '../../ranking/profiles/profile.ts';
import type { Suppression } from '../suppression.ts';
import type { AskerRows, TextCandidate } from './asker-rows.ts';
import { BLOCK_ROWS, type CandidateBlock } from './candidate-block.ts';
import { textOf } from './candidate-list.ts';
import type { SnapshotFace } from './snapshot-face.ts';

interface Showable {
  readonly safety: boolean;
  readonly isShowable: boolean;
}

/** Whose candidates are judged, and what they removed. */
export interface FilterTask {
  readonly face: SnapshotFace;
  readonly block: CandidateBlock;
  readonly rows: AskerRows;
  readonly market: string;
  readonly ownerHash: string;
  readonly removed: readonly RemovedQuery[];
}

/** Says what of the ranked may be shown to who asks. Nothing is looked up for those who removed nothing where no rule holds anything back. */
export class RowFilter {
  readonly #isSuppressed: Suppression | undefined;
  readonly #showable = new WeakMap<TextCandidate, Showable>();

  /** @param isSuppressed nothing is held back when undefined */
  constructor(isSuppressed: Suppression | undefined) {
    this.#isSuppressed = isSuppressed;
  }

  /** Keeps those of the first `count` numbers that may be shown, in their order; returns how many. */
  keep(task: FilterTask, ranked: Uint16Array, count: number): number {
    const { face, rows, removed } = task;
    const isSuppressed = this.#isSuppressed;
    const { safety } = face.manifest;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const number = ranked[i]!;
      const text = textOf(rows, number);
      if (text === undefined || this.#isShowable(text, safety)) ranked[kept++] = number;
    }
    if (removed.length === 0 && isSuppressed === undefined) return kept;
    return this.#keepAllowed(task, ranked, kept);
  }

  /** Of those, what was not removed and no rule holds back. */
  #keepAllowed(task: FilterTask, ranked: Uint16Array, count: number): number {
    const { removed, ownerHash, market } = task;
    const isSuppressed = this.#isSuppressed;
    const ids = removed.length === 0 ? null : new Set(removed.map(({ id }) => id));
    const isKeyed = removed.some((each) => each.isKeyed);
    const texts = normalisedOf(task, ranked, count);
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const normalised = texts[i]!;
      if (ids?.has(suggestionId(normalised)) === true) continue;
      if (isKeyed && ids?.has(historyId(ownerHash, normalised)) === true) continue;
      if (isSuppressed?.(normalised, market) === true) continue;
      ranked[kept++] = ranked[i]!;
    }
    return kept;
  }

  /** Whether rules and patterns let a text be shown: remembered, as who searched it is shown it with every key. */
  #isShowable(text: TextCandidate, safety: boolean): boolean {
    const known = this.#showable.get(text);
    if (known?.safety === safety) return known.isShowable;
    const { normalised, surface } = text;
    const isShowable =
      !(safety && isBlocked(normalised, surface)) &&
      findPersonalData(surface) === null &&
      findPersonalData(normalised) === null;
    this.#showable.set(text, { safety, isShowable });
    return isShowable;
  }
}

/** The normalised texts of candidates: those of completions are read in one go. */
function normalisedOf(
  { face, block, rows }: FilterTask,
  ranked: Uint16Array,
  count: number,
): readonly string[] {
  const completions: number[] = [];
  for (let i = 0; i < count; i++) {
    const number = ranked[i]!;
    if (number < BLOCK_ROWS) completions.push(block.idOf(number));
    else if (textOf(rows, number) === undefined) {
      completions.push(rows.table.ids[number - BLOCK_ROWS]!);
    }
  }
  const read = face.segment.normalisedTexts(Uint32Array.from(completions), completions.length);
  let next = 0;
  return Array.from(
    ranked.subarray(0, count),
    (number) => textOf(rows, number)?.normalised ?? read[next++]!,
  );
}
