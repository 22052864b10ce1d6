import { alignSurface, type TextRange } from '../../dictionaries/alignment.ts';
import { JOINER, sequenceTerms } from '../../dictionaries/terms.ts';
import { plainSpan } from './plain-span.ts';
import type { TermMatcher } from './query-plan.ts';
import { alignTyped } from './typed-alignment.ts';

/**
 * Which parts of a shown text the typed text accounts for: half-open ranges in UTF-16 code units, in order, apart from each
 * other, never inside a grapheme.
 */
export function prefixSpans(surface: string, normalised: string, typed: string): TextRange[] {
  const bare = typed.endsWith(' ') ? typed.trimEnd() : typed;
  if (bare === '') return [];
  const end = normalised.startsWith(bare)
    ? bare.length
    : endWithoutSpaces(normalised, bare.replaceAll(' ', ''));
  return end === 0
    ? alignedSpans(surface, normalised, typed)
    : [spanOf(surface, normalised, 0, end)];
}

/** The same for a text that was found by another spelling of it, without the places being known. */
export function alignedSpans(surface: string, normalised: string, typed: string): TextRange[] {
  return mergeSpans(
    alignTyped(typed, normalised).map(({ start, end }) => spanOf(surface, normalised, start, end)),
  );
}

/** The part of a surface that a half-open range of its normalised form stands for; never splits a grapheme. */
export function spanOf(surface: string, normalised: string, start: number, end: number): TextRange {
  // What follows could belong to the last grapheme.
  if (surface === normalised && isAscii(surface, end + 1)) return { start, end };
  return plainSpan(surface, normalised, start, end) ?? alignSurface(surface).spanOf(start, end);
}

/** Whether a text's first `length` characters are ASCII. */
function isAscii(text: string, length: number): boolean {
  const end = Math.min(length, text.length);
  for (let i = 0; i < end; i++) if (text.charCodeAt(i) >= 0x80) return false;
  return true;
}

/** Where `bare` ends in a text that begins with it when the text's spaces are passed over, or 0. */
function endWithoutSpaces(normalised: string, bare: string): number {
  let at = 0;
  for (let i = 0; i < bare.length; i++, at++) {
    while (normalised.charCodeAt(at) === 0x20) at++;
    if (normalised.charCodeAt(at) !== bare.charCodeAt(i)) return 0;
  }
  return at;
}

/** The same for a text found in any order; `places` says at which sequence term each matcher's first piece stands. */
export function anyOrderSpans(
  surface: string,
  normalised: string,
  matchers: readonly TermMatcher[],
  places: Uint32Array,
): TextRange[] {
  const starts = pieceStarts(normalised);
  const spans = matchers.map(({ length }, index) => {
    const start = starts[places[index]!]!;
    return spanOf(surface, normalised, start, Math.min(start + length, normalised.length));
  });
  spans.sort((a, b) => a.start - b.start);
  return mergeSpans(spans);
}

/** UTF-16 offset of each sequence term. */
export function pieceStarts(normalised: string): number[] {
  const starts: number[] = [];
  if (isAscii(normalised, normalised.length)) {
    // Every character of ASCII is of a script with spaces.
    for (let at = 0; at >= 0 && at < normalised.length; ) {
      starts.push(at);
      const space = normalised.indexOf(' ', at);
      at = space < 0 ? -1 : space + 1;
    }
    return starts;
  }
  let at = 0;
  for (const piece of sequenceTerms(normalised)) {
    const joined = piece.startsWith(JOINER);
    if (!joined && at > 0) at++;
    starts.push(at);
    at += joined ? piece.length - JOINER.length : piece.length;
  }
  return starts;
}

/** Spans that share or touch are one: a grapheme may belong to two terms' spans. */
export function mergeSpans(spans: readonly TextRange[]): TextRange[] {
  const merged: TextRange[] = [];
  for (const span of spans) {
    const before = merged.at(-1);
    if (before !== undefined && span.start <= before.end) {
      merged[merged.length - 1] = { start: before.start, end: Math.max(before.end, span.end) };
    } else merged.push(span);
  }
  return merged;
}
