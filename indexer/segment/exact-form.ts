import { sequenceTerms } from '../../dictionaries/terms.ts';
import type { CompletionId } from './completion-id.ts';
import type { Segment } from './segment.ts';

/** The completion whose form, or other spelling, is just this normalised text; null where there is none. One walk down the prefix order. */
export function findExactForm(segment: Segment, normalised: string): CompletionId | null {
  const terms = sequenceTerms(normalised);
  if (terms.length === 0) return null;
  const { order, forward } = segment;
  const { low, high } = order.locate(terms, true);
  if (low === high) return null;
  // What ends here sorts before what goes on.
  const row = order.rows[low]!;
  const length = forward.start(row + 1) - forward.start(row);
  return length === terms.length ? segment.completionOfRow(row) : null;
}
