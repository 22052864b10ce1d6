/**
 * How typed text is read otherwise than letter by letter, as bits of a set: a reading may need several. `VARIANT` is another way of writing the same (accents left
 * out, half-typed syllables, spacing of scripts without spaces), `SCRIPT` another script or input method.
 */
export const VARIANT = 1;
export const SCRIPT = 2;
export const SYNONYM = 4;
export const STOP_WORD = 8;
export const TYPO = 16;

/** A set of the ways above; 0 is text as typed. */
export type Ways = number;

/** One thing that a piece of typed text may mean: a range of terms, and how unlikely it is. */
export interface Alternative {
  /** Term ids, half-open. */
  readonly low: number;
  readonly high: number;
  /** -log2 of the likelihood that somebody who means the term types this. */
  readonly bits: number;
  readonly ways: Ways;
  /** UTF-16 units of the term that the typed text accounts for; Infinity for all of it. */
  readonly covered: number;
}

/** A way through a part of the typed text: pieces that stand one after the other in a completion, each with its alternatives. */
export interface Arc {
  /** The typed piece after the last that this arc reads. */
  readonly to: number;
  readonly pieces: readonly (readonly Alternative[])[];
  /** Cost of the arc itself, beside its alternatives'. */
  readonly bits: number;
  readonly ways: Ways;
}

/** What is shown as the source of a suggestion found so. */
export function sourceOf(ways: Ways): 'typo' | 'synonym' | 'script' {
  if ((ways & TYPO) !== 0) return 'typo';
  return (ways & (SYNONYM | STOP_WORD)) !== 0 ? 'synonym' : 'script';
}

/** Bits that spacing costs: a space left out or put in where the script has spaces, and where it has none. */
export const SPACE_BITS = 4;
export const UNSPACED_SPACE_BITS = 0.5;
/** Bits that leaving a typed stop word out costs. */
export const STOP_WORD_BITS = 4;
/** Bits that Latin typed on the layout of another script costs. */
export const LAYOUT_BITS = 6;
/** Bits that a match elsewhere than at the beginning costs. */
export const INSIDE_BITS = 2;
