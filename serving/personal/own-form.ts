import { stableHash } from '../../dictionaries/stable-hash.ts';
import { JOINER, sequenceTerms } from '../../dictionaries/terms.ts';
import { findExactForm } from '../../indexer/segment/exact-form.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { NO_COMPLETION } from '../../ranking/features/candidate-table.ts';

/** A query of a user's history as one snapshot reads it. */
export interface OwnForm {
  readonly normalised: string;
  /** The completion that it is, or is another spelling of; NO_COMPLETION for what only the user knows. */
  readonly id: number;
  /** The terms of the completion, or its own; a term that the snapshot does not know has a negative number of its own. */
  readonly terms: Int32Array;
  /** The form with a space before and behind it, to find words in. */
  readonly padded: string;
  /** Bytes in UTF-8 without spaces. */
  readonly bytes: number;
  /** The id that its owner is shown it under; null before it was shown: a digest takes microseconds. */
  shownAs: ShownEntry | null;
}

/** How an entry was shown to its owner last. */
export interface ShownEntry {
  readonly owner: string;
  readonly id: string;
  /** Its kind and text; a completion always has the same. */
  kind: 'query' | 'entity';
  text: string;
  isCompletion: boolean;
  /** What its JSON was up to the score, see `RowWriter`. */
  before: string;
}

/** How a snapshot reads a query. A microsecond or two. */
export function ownFormOf(segment: Segment, normalised: string): OwnForm {
  const id = findExactForm(segment, normalised);
  const terms =
    id === null ? termsOf(segment, normalised) : Int32Array.from(segment.forward.rowTerms(id));
  return {
    normalised,
    id: id ?? NO_COMPLETION,
    terms,
    padded: ` ${normalised} `,
    bytes: bytesOf(normalised),
    shownAs: null,
  };
}

/** The sequence terms of a normalised text, by number. */
export function termsOf(segment: Segment, normalised: string): Int32Array {
  return Int32Array.from(sequenceTerms(normalised), (piece) => termOf(segment, piece));
}

/** The number of a sequence term; a negative one, of its own, where the snapshot has none. */
function termOf({ terms }: Segment, piece: string): number {
  const isJoined = piece.startsWith(JOINER);
  const term = terms.find(isJoined ? piece.slice(JOINER.length) : piece, isJoined);
  return term >= 0 ? term : stableHash(piece) | 0x80000000;
}

/** Bytes of a text in UTF-8, spaces not counted. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x20) continue;
    // Half of a surrogate pair stands for two of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
}
