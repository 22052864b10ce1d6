import { sequenceTerms } from '../../../dictionaries/terms.ts';
import type { CompletionId } from '../../../indexer/segment/completion-id.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { locateTyped } from '../../retrieval/lookup.ts';

/** The completion whose normalised form, or other spelling, is just this; null where there is none. Microseconds. */
export function exactCompletion(segment: Segment, normalised: string): CompletionId | null {
  const { order, forward } = segment;
  const range = locateTyped(segment, `${normalised} `);
  if (range.low === range.high) return null;
  const row = order.rows[range.low]!;
  const length = forward.start(row + 1) - forward.start(row);
  return length === sequenceTerms(normalised).length ? segment.completionOfRow(row) : null;
}
