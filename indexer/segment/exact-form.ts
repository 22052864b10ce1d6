import { sequenceTerms } from '../../dictionaries/terms.ts';
import type { CompletionId } from './completion-id.ts';
import type { Segment } from './segment.ts';

const NONE = -1;

interface Asked {
  normalised: string;
  /** NONE where there is no such row. */
  row: number;
}

/** What was asked last of each segment: whoever hears of an event asks the same. */
const latest = new WeakMap<Segment, Asked>();

/** The completion whose form, or other spelling, is just this normalised text; null where there is none. One walk down the prefix order. */
export function findExactForm(segment: Segment, normalised: string): CompletionId | null {
  const row = exactRow(segment, normalised);
  return row === NONE ? null : segment.completionOfRow(row);
}

/** The normalised form of the completion that a normalised text is a spelling of; the text itself where it is none. */
export function canonicalForm(segment: Segment, normalised: string): string {
  const row = exactRow(segment, normalised);
  // Rows beyond the completions are other spellings.
  if (row === NONE || row < segment.completions) return normalised;
  return segment.normalisedTexts(Uint32Array.of(segment.completionOfRow(row)), 1)[0]!;
}

function exactRow(segment: Segment, normalised: string): number {
  const known = latest.get(segment);
  if (known?.normalised === normalised) return known.row;
  const row = lookUp(segment, normalised);
  if (known === undefined) latest.set(segment, { normalised, row });
  else {
    known.normalised = normalised;
    known.row = row;
  }
  return row;
}

function lookUp(segment: Segment, normalised: string): number {
  const terms = sequenceTerms(normalised);
  if (terms.length === 0) return NONE;
  const { order, forward } = segment;
  const { low, high } = order.locate(terms, true);
  if (low === high) return NONE;
  // What ends here sorts before what goes on.
  const row = order.rows[low]!;
  const length = forward.start(row + 1) - forward.start(row);
  return length === terms.length ? row : NONE;
}
