import type { CandidateTable } from '../../ranking/features/candidate-table.ts';
import { NONE } from '../../ranking/features/candidate-table.ts';
import type { AskerRows, TextCandidate } from './asker-rows.ts';
import { BLOCK_ROWS, type CandidateBlock } from './candidate-block.ts';

/**
 * One numbering of a request's candidates, of those that stay in the block and of the asker's rows: numbers below BLOCK_ROWS are rows of the block, the others are, less BLOCK_ROWS, rows of
 * the asker's.
 */
export function rowNumber(askerRow: number): number {
  return BLOCK_ROWS + askerRow;
}

/** Adds copies of the first `count` candidates, by number, to a table. */
export function copyCandidates(
  block: CandidateBlock,
  rows: AskerRows,
  numbers: Uint16Array,
  count: number,
  to: CandidateTable,
): void {
  for (let i = 0; i < count; i++) {
    const number = numbers[i]!;
    if (number < BLOCK_ROWS) block.copyRow(number, to);
    else to.addCopy(rows.table, number - BLOCK_ROWS);
  }
}

/** The text of a candidate that is no completion; undefined for one that is. */
export function textOf(rows: AskerRows, number: number): TextCandidate | undefined {
  return number < BLOCK_ROWS ? undefined : rows.texts[number - BLOCK_ROWS];
}

/**
 * The numbers of all candidates of a request, in the order in which they came: what is answered to anybody, what who asks added, what else matches.
 */
export function allCandidates(block: CandidateBlock, rows: AskerRows): Uint16Array {
  const numbers: number[] = [];
  const addKnown = (from: number, to: number): void => {
    for (let known = from; known < to; known++) {
      const row = rows.standIn(known);
      numbers.push(row === NONE ? known : rowNumber(row));
    }
  };
  addKnown(0, block.slots);
  for (let row = 0; row < rows.table.size; row++) {
    const known = rows.blockRows[row]!;
    if (known < 0 || known >= rows.cut) numbers.push(rowNumber(row));
  }
  addKnown(block.slots, rows.cut);
  return Uint16Array.from(numbers);
}
