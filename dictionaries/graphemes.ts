/** Code units that are handed to Intl.Segmenter at once: each of its steps costs time by the length of its text. */
const WINDOW = 128;

let segmenter: Intl.Segmenter | undefined;

/** The graphemes of a text (Unicode Standard Annex 29, extended), one after the other. Time is linear in the text unless one of them is long. */
export function* graphemes(text: string): Generator<string> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  let size = WINDOW;
  for (let from = 0; from < text.length; ) {
    const to = endOfWindow(text, from + size);
    let pending = '';
    let done = from;
    for (const { segment } of segmenter.segment(text.slice(from, to))) {
      if (pending !== '') yield pending;
      done += pending.length;
      pending = segment;
    }
    if (to === text.length) {
      yield pending;
      return;
    }
    // The last one may go on behind the window; a grapheme's end depends on nothing before its start.
    size = done === from ? size * 2 : WINDOW;
    from = done;
  }
}

function endOfWindow(text: string, to: number): number {
  if (to >= text.length) return text.length;
  const code = text.charCodeAt(to - 1);
  return code >= 0xd800 && code < 0xdc00 ? to + 1 : to;
}
