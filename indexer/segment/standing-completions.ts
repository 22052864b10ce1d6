import { JOINER } from '../../dictionaries/terms.ts';
import type { PlaceRange } from './prefix-order.ts';
import type { Segment } from './segment.ts';

/** Terms of a completion beyond which none is looked for in a text. */
const LONGEST_STANDING = 16;

/**
 * Calls `visit` for each completion, by any of its spellings, that stands in a text word for word: at each term of it the prefix order is walked on
 * while completions go on as the text does. A completion that stands there several times is visited as often. In scripts without spaces it may
 * begin inside a run.
 *
 * Time: one to three binary searches a term of the text; memory only.
 */
export function visitStanding(
  segment: Segment,
  terms: readonly string[],
  visit: (completion: number) => void,
): void {
  const joined = terms.map((term) => term.startsWith(JOINER));
  const bare = terms.map((term, i) => (joined[i] ? term.slice(JOINER.length) : term));
  const asFirst = bare.map((text) => segment.terms.find(text, false));
  const asNext = bare.map((text, i) => (joined[i] ? segment.terms.find(text, true) : asFirst[i]!));
  for (let start = 0; start < terms.length; start++) {
    const first = asFirst[start]!;
    if (first >= 0) walkFrom(segment, start, first, asNext, visit);
  }
}

/** Follows the completions that begin at one term of the text. */
function walkFrom(
  segment: Segment,
  start: number,
  first: number,
  asNext: readonly number[],

  visit: (completion: number) => void,
): void {
  const { order } = segment;
  const last = Math.min(asNext.length - start, LONGEST_STANDING);
  let range = order.narrow({ low: 0, high: order.rows.length }, 0, first, first + 1);
  for (let depth = 1; range.low < range.high; depth++) {
    const next = start + depth < asNext.length ? asNext[start + depth]! : -1;
    visitEnded(segment, range, depth, visit);
    if (depth >= last || next < 0) return;
    range = order.narrow(range, depth, next, next + 1);
  }
}

/** Rows that end at `depth` sort before all that go on. */
function visitEnded(
  segment: Segment,
  { low, high }: PlaceRange,
  depth: number,
  visit: (completion: number) => void,
): void {
  const { order, forward } = segment;
  for (let place = low; place < high; place++) {
    const row = order.rows[place]!;
    if (forward.start(row + 1) - forward.start(row) !== depth) return;
    visit(segment.completionOfRow(row));
  }
}
