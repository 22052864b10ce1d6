import type { TextRange } from '../../../dictionaries/alignment.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { anyOrderSearchOf } from '../lookup.ts';
import { alignedSpans, anyOrderSpans, pieceStarts, spanOf } from '../match-spans.ts';
import type { ReadCandidate, ReadTerm } from './candidate-list.ts';

/** Which parts of a shown text a reading of the typed text accounts for: as `prefixSpans` and `anyOrderSpans`. */
export function readSpans(
  segment: Segment,
  { id, evidence }: ReadCandidate,
  texts: { readonly surface: string; readonly normalised: string; readonly typed: string },
): TextRange[] {
  const { surface, normalised, typed } = texts;
  switch (evidence.kind) {
    case 'range':
      return [spanOf(surface, normalised, evidence.start, evidence.end)];
    case 'anyOrder': {
      const places = anyOrderSearchOf(segment).placesOf(id, evidence.matchers);
      if (places === null) return alignedSpans(surface, normalised, typed);
      return anyOrderSpans(surface, normalised, evidence.matchers, places);
    }
    case 'terms': {
      if (!standsIn(segment, id, evidence.terms)) return alignedSpans(surface, normalised, typed);
      const last = evidence.terms.at(-1)!;
      const starts = pieceStarts(normalised);
      const start = starts[last.depth]!;
      const next = starts[last.depth + 1] ?? normalised.length + 1;
      const gap = normalised.charCodeAt(next - 1) === 0x20 || next > normalised.length ? 1 : 0;
      const end = Math.min(start + last.covered, next - gap);
      return [spanOf(surface, normalised, 0, end)];
    }
  }
}

/** Whether the completion's own row has the terms; otherwise an alias of it was met. */
function standsIn({ forward }: Segment, row: number, terms: readonly ReadTerm[]): boolean {
  const start = forward.start(row);
  const end = forward.start(row + 1);
  return terms.every(({ depth, low, high }) => {
    if (start + depth >= end) return false;
    const id = forward.termAt(start + depth);
    return id >= low && id < high;
  });
}
