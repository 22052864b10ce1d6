import { sequenceTerms } from '../../dictionaries/terms.ts';
import type { CompletionId } from './completion-id.ts';
import type { Segment } from './segment.ts';

/** What was asked last of each segment: whoever hears of an event asks the same. */
const latest = new WeakMap<
  Segment,
  { readonly normalised: string; readonly id: CompletionId | null }
>();

/** The completion whose form, or other spelling, is just this normalised text; null where there is none. One walk down the prefix order. */
export function findExactForm(segment: Segment, normalised: string): CompletionId | null {
  const known = latest.get(segment);
  if (known?.normalised === normalised) return known.id;
  const id = lookUp(segment, normalised);
  latest.set(segment, { normalised, id });
  return id;
}

function lookUp(segment: Segment, normalised: string): CompletionId | null {
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
