import { NONE } from '../../ranking/features/candidate-table.ts';
import type { FeatureContext } from '../../ranking/features/feature.ts';
import { FEATURES, writeMarkedFeatures } from '../../ranking/features/feature-list.ts';
import type { DividedRanker } from '../../ranking/rankers/divided-ranker.ts';
import type { Ranker } from '../../ranking/rankers/ranker.ts';
import { bestRows } from '../../ranking/selection/best-rows.ts';
import { type AskerRows, MOST_ROWS } from './asker-rows.ts';
import { BLOCK_ROWS, type CandidateBlock } from './candidate-block.ts';

const MOST_NUMBERS = BLOCK_ROWS + MOST_ROWS;

/** Scores all candidates of a request, and ranks the best. What it tells holds until the next request. */
export class RowRanking {
  /** By number, see `rowNumber`. */
  readonly scores = new Float32Array(MOST_NUMBERS);
  /** The numbers of the best, best first. */
  readonly ranked: Uint16Array;
  readonly #ranker: Ranker;
  readonly #divided: DividedRanker;
  readonly #features = new Float32Array(MOST_ROWS * FEATURES.length);
  readonly #places = new Uint16Array(MOST_NUMBERS);
  /** Slots of the block whose rows' places these are: those of all with as many. */
  #placedSlots = NONE;

  /** @param most rows that are ranked */
  constructor(ranker: Ranker, divided: DividedRanker, most: number) {
    this.#ranker = ranker;
    this.#divided = divided;
    this.ranked = new Uint16Array(most);
  }

  /** Puts the numbers of the `wanted` best into `ranked`; returns how many there are. */
  rank(block: CandidateBlock, rows: AskerRows, context: FeatureContext, wanted: number): number {
    const { scores, ranked } = this;
    const { table, blockRows, cut } = rows;
    this.#divided.finish(block, cut, context, scores);
    // What is behind the cut is no candidate, and what the asker's rows stand for is scored there, in full.
    scores.fill(Number.NEGATIVE_INFINITY, cut, BLOCK_ROWS);
    writeMarkedFeatures(table, context, this.#features);
    this.#ranker.score(this.#features, table.size, scores.subarray(BLOCK_ROWS));
    for (let row = 0; row < table.size; row++) {
      const known = blockRows[row]!;
      if (known >= 0) scores[known] = Number.NEGATIVE_INFINITY;
    }
    this.#place(block, rows);
    let count = bestRows(scores, this.#places, BLOCK_ROWS + table.size, wanted, ranked);
    while (count > 0 && scores[ranked[count - 1]!] === Number.NEGATIVE_INFINITY) count--;
    return count;
  }

  #place(block: CandidateBlock, { table }: AskerRows): void {
    if (block.slots !== this.#placedSlots) {
      for (let row = 0; row < BLOCK_ROWS; row++) this.#places[row] = block.placeOf(row);
      this.#placedSlots = block.slots;
    }
    this.#places.set(table.places.subarray(0, table.size), BLOCK_ROWS);
  }
}
