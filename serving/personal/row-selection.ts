import { CandidateTable } from '../../ranking/features/candidate-table.ts';
import { diverseRows } from '../../ranking/selection/diverse-rows.ts';
import type { AskerRows } from './asker-rows.ts';
import { BLOCK_ROWS, type CandidateBlock } from './candidate-block.ts';

/** Chooses what is shown of the ranked candidates of a request, see `diverseRows`. */
export class RowSelection {
  readonly #diversity: number;
  readonly #table: CandidateTable;
  /** By place in the ranking. */
  readonly #scores: Float32Array;
  readonly #places: Uint16Array;
  readonly #picked: Uint16Array;

  /** @param most candidates of a ranking */
  constructor(diversity: number, most: number) {
    this.#diversity = diversity;
    this.#table = new CandidateTable(most);
    this.#scores = new Float32Array(most);
    this.#places = Uint16Array.from({ length: most }, (_, place) => place);
    this.#picked = new Uint16Array(most);
  }

  /**
   * Puts the numbers of what is shown, in its order, into `shown`; returns how many.
   *
   * @param ranked numbers, best first, of which `count` are there
   * @param scores by number
   */
  choose(
    block: CandidateBlock,
    rows: AskerRows,
    ranked: Uint16Array,
    count: number,
    scores: Float32Array,
    limit: number,
    shown: Uint16Array,
  ): number {
    const table = this.#table;
    for (let place = 0; place < count; place++) this.#scores[place] = scores[ranked[place]!]!;
    const options = {
      diversity: this.#diversity,
      limit,
      firstTerm: Math.max(0, block.context.typedTerms - 1),
      read: (place: number): void => {
        const number = ranked[place]!;
        if (number < BLOCK_ROWS) block.copyTerms(number, table, place);
        else table.copyTerms(rows.table, number - BLOCK_ROWS, place);
      },
    };
    const picked = this.#picked;
    const chosen = diverseRows(table, this.#scores, this.#places, count, options, picked);
    for (let i = 0; i < chosen; i++) shown[i] = ranked[picked[i]!]!;
    return chosen;
  }
}
