import type { Segment } from '../../../indexer/segment/segment.ts';
import type { TermRange } from '../../../indexer/segment/term-dictionary.ts';

/** The terms that are a text or, where it is `open`, begin with it; spaced or joined ones. */
export function typedRange(
  { terms }: Segment,
  text: string,
  joined: boolean,
  open: boolean,
): TermRange {
  if (open) return terms.prefixRange(text, joined);
  const id = terms.find(text, joined);
  return id < 0 ? { low: 0, high: 0 } : { low: id, high: id + 1 };
}
