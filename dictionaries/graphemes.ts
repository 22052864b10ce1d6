import { isQuiet } from './character-class.ts';

/** Code units that are handed to Intl.Segmenter at once: each of its steps costs time by the length of its text. */
const WINDOW = 128;

let segmenter: Intl.Segmenter | undefined;

/**
 * The graphemes of a text (Unicode Standard Annex 29, extended), one after the other. Between two plain characters there
 * is always a boundary, so that only what is left is given to Intl.Segmenter. Time is linear in the text unless a grapheme is long.
 */
export function* graphemes(text: string): Generator<string> {
  let size = WINDOW;
  for (let from = 0; from < text.length; ) {
    if (isBoundary(text, from + 1)) {
      yield text.charAt(from);
      from++;
      continue;
    }
    const to = endOfWindow(text, from, size);
    const complete = isBoundary(text, to);
    const found = segment(text.slice(from, to));
    // The last one may go on behind the window; where a grapheme ends depends on nothing before its start.
    if (!complete) found.pop();
    for (const grapheme of found) {
      yield grapheme;
      from += grapheme.length;
    }
    size = found.length === 0 ? size * 2 : WINDOW;
  }
}

function segment(text: string): string[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Where what must be segmented ends: at a boundary that is seen without, else after `size` code units, not inside a surrogate pair. */
function endOfWindow(text: string, from: number, size: number): number {
  let to = from + 1;
  while (!isBoundary(text, to) && to - from < size) to++;
  const code = text.charCodeAt(to - 1);
  return to < text.length && code >= 0xd800 && code < 0xdc00 ? to + 1 : to;
}

/** Whether `at` is seen at one glance to be a boundary: the end, or between two characters that cling to nothing. */
function isBoundary(text: string, at: number): boolean {
  if (at >= text.length) return true;
  return isPlain(text.charCodeAt(at - 1)) && isPlain(text.charCodeAt(at));
}

/** Letters, digits and signs below the combining marks (CR and LF are not), and quiet ones above. */
function isPlain(code: number): boolean {
  return code < 0x300 ? code >= 0x20 : isQuiet(code);
}
