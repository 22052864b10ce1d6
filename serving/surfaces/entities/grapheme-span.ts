import type { TextRange } from '../../../dictionaries/alignment.ts';

/** Below the combining marks every character but CR LF is a grapheme. */
const FIRST_CLINGING = 0x300;

let segmenter: Intl.Segmenter | undefined;

/** The span, made longer where it would split a grapheme of the text. Intl.Segmenter is asked only where a character beside an edge may cling. */
export function widenToGraphemes(text: string, start: number, end: number): TextRange {
  const isStartPlain = start === 0 || isPlainBoundary(text, start);
  const isEndPlain = end === text.length || isPlainBoundary(text, end);
  if (isStartPlain && isEndPlain) return { start, end };
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const found = segmenter.segment(text);
  const first = found.containing(start);
  const last = found.containing(end - 1);
  return {
    start: first?.index ?? start,
    end: last === undefined ? end : Math.max(end, last.index + last.segment.length),
  };
}

function isPlainBoundary(text: string, at: number): boolean {
  return text.charCodeAt(at) < FIRST_CLINGING && text.charCodeAt(at - 1) < FIRST_CLINGING;
}
