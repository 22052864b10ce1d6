import type { TextRange } from '../../dictionaries/alignment.ts';

/**
 * The part of a surface that `normalised[start, end)` stands for, by one walk over both; null where that is not certain at a glance:
 * other characters than ASCII, or anything but letters, digits and spaces in the normalised form up to `end`. Most texts pass, and
 * aligning every text of an answer in full would cost several times the retrieval.
 *
 * ASCII letters and digits are never dropped by normalising, so each one of the normalised form is the next one of the surface.
 */
export function plainSpan(
  surface: string,
  normalised: string,
  start: number,
  end: number,
): TextRange | null {
  let at = 0;
  let first = -1;
  for (let i = 0; i < end; i++) {
    const wanted = normalised.charCodeAt(i);
    if (wanted === 0x20) continue;
    if (!isLetterOrDigit(wanted)) return null;
    for (;;) {
      const unit = surface.charCodeAt(at++);
      // Also the end of the surface: NaN is in no range.
      if (!(unit < 0x80)) return null;
      const folded = unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
      if (folded === wanted) break;
      if (isLetterOrDigit(folded)) return null;
    }
    if (i >= start && first < 0) first = at - 1;
  }
  // What follows could belong to the last grapheme.
  if (first < 0 || surface.charCodeAt(at) >= 0x80) return null;
  return { start: first, end: at };
}

function isLetterOrDigit(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);
}
