import type { ForwardIndex } from './forward-index.ts';
import { MAX_RESULTS } from './range-minimum.ts';
import type { TermDictionary } from './term-dictionary.ts';

/**
 * Decodes the terms of several rows at once: their bytes are put one behind the other, decoded as a single string, and cut
 * into substrings. One decode a request instead of one a result is most of the time of writing ten results.
 */
const SPACE = 0x20;
// A row has at most 128 code points of four bytes, and as many spaces.
const MAX_ROW_BYTES = 128 * 5;

export class TextBatch {
  private readonly terms: TermDictionary;
  private readonly forward: ForwardIndex;
  private readonly scratch = Buffer.allocUnsafeSlow(MAX_RESULTS * MAX_ROW_BYTES);
  private readonly ends = new Uint32Array(MAX_RESULTS);

  constructor(terms: TermDictionary, forward: ForwardIndex) {
    this.terms = terms;
    this.forward = forward;
  }

  /** Normalised forms of the first `count` of `rows`; `count` is at most MAX_RESULTS. */
  decode(rows: Uint32Array, count: number): string[] {
    const { scratch, forward, ends } = this;
    const { text, offsets, spaced } = this.terms;
    let at = 0;
    let anyHigh = 0;
    for (let i = 0; i < count; i++) {
      const start = forward.start(rows[i]!);
      const end = forward.start(rows[i]! + 1);
      for (let place = start; place < end; place++) {
        const term = forward.termAt(place);
        const to = offsets[term + 1]!;
        if (place > start && term < spaced) scratch[at++] = SPACE;
        for (let from = offsets[term]!; from < to; from++) {
          const byte = text[from]!;
          anyHigh |= byte;
          scratch[at++] = byte;
        }
      }
      ends[i] = at;
    }
    return anyHigh < 0x80 ? this.cutAscii(count, at) : this.cutUtf8(count);
  }

  private cutAscii(count: number, length: number): string[] {
    const whole = this.scratch.toString('latin1', 0, length);
    const texts: string[] = new Array(count);
    let start = 0;
    for (let i = 0; i < count; i++) {
      const end = this.ends[i]!;
      texts[i] = whole.substring(start, end);
      start = end;
    }
    return texts;
  }

  private cutUtf8(count: number): string[] {
    const texts: string[] = new Array(count);
    let start = 0;
    for (let i = 0; i < count; i++) {
      const end = this.ends[i]!;
      texts[i] = this.scratch.toString('utf8', start, end);
      start = end;
    }
    return texts;
  }
}
