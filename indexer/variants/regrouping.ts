import { compareRows, type QueryDifference } from './difference.ts';
import { HashChains, hashIds } from './hash-chains.ts';
import type { QueryTable } from './query-table.ts';
import type { WordClasses } from './word-classes.ts';

/** Two rows that may be one query. */
export interface CandidatePair {
  /** The more used row, whose number is the smaller. */
  readonly more: number;
  readonly less: number;
  readonly difference: QueryDifference;
}

/** A row is compared with so many more used rows of its bag at most; real bags have two or three. */
const MOST_COMPARED = 32;

/**
 * The pairs of rows whose words are the same up to order, number, accents and script forms: a hash join on the sorted classes.
 * In order of the less used row, then of the other. Linear but for the comparing of bags.
 */
export function* pairRegroupings(
  table: QueryTable,
  classes: WordClasses,
): Generator<CandidatePair> {
  const bags = new HashChains(table.size);
  for (let less = 0; less < table.size; less++) {
    const start = table.starts[less] ?? 0;
    const end = table.starts[less + 1] ?? 0;
    const hash = hashIds(classes.classIds.slice(start, end).sort());
    const rows: number[] = [];
    for (const row of bags.rows(hash)) rows.push(row);
    rows.sort((a, b) => a - b);
    for (const more of rows.slice(0, MOST_COMPARED)) {
      const difference = compareRows(table, classes, more, less);
      if (difference !== null) yield { more, less, difference };
    }
    bags.add(hash, less);
  }
}
