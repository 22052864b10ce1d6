import { isAscii, isUtf8 } from 'node:buffer';

/** Longer lines are malformed: memory stays bounded whatever a file holds. */
export const LONGEST_LINE_BYTES = 32 * 1024 * 1024;

const NEWLINE = 10;

/** Whole lines of a text file. */
export interface TextBlock {
  /** Ends with a newline, except at the end of a file. */
  readonly text: string;
  /** Number of its first line, from 1. */
  readonly firstLine: number;
  /** Numbers of the lines that are not UTF-8 (read with replacement characters), when there are any. */
  readonly invalidLines: readonly number[];
  /** Line breaks in it. */
  readonly lineBreaks: number;
}

/**
 * Cuts bytes into blocks of whole lines. A byte order mark is dropped, invalid UTF-8 is told by line, and a line over
 * `LONGEST_LINE_BYTES` is left out and told to `onOverlong`. Blocks keep the size of the pieces pushed, so decoding is a
 * few native calls a piece instead of one a line.
 */
export class TextLines {
  readonly #onOverlong: (line: number) => void;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #line = 1;
  #isStart = true;
  #isSkipping = false;

  constructor(onOverlong: (line: number) => void) {
    this.#onOverlong = onOverlong;
  }

  push(chunk: Uint8Array): TextBlock | undefined {
    let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.#isSkipping) {
      const end = bytes.indexOf(NEWLINE);
      if (end < 0) return undefined;
      bytes = bytes.subarray(end + 1);
      this.#isSkipping = false;
      this.#line += 1;
    }
    const cut = bytes.lastIndexOf(NEWLINE) + 1;
    const rest = bytes.subarray(cut);
    const block = cut === 0 ? undefined : this.#decode([...this.#pending, bytes.subarray(0, cut)]);
    if (cut > 0) {
      this.#pending = [];
      this.#pendingBytes = 0;
    }
    if (rest.length > 0) this.#pending.push(rest);
    this.#pendingBytes += rest.length;
    if (this.#pendingBytes > LONGEST_LINE_BYTES) {
      this.#pending = [];
      this.#pendingBytes = 0;
      this.#isSkipping = true;
      this.#onOverlong(this.#line);
    }
    return block;
  }

  /** The last line, when no line break ends it. */
  finish(): TextBlock | undefined {
    return this.#pendingBytes === 0 ? undefined : this.#decode(this.#pending);
  }

  #decode(pieces: readonly Uint8Array[]): TextBlock {
    let bytes = Buffer.concat(pieces);
    if (this.#isStart && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
      bytes = bytes.subarray(3);
    }
    this.#isStart = false;
    const firstLine = this.#line;
    const invalidLines: number[] = [];
    const isWhole = isAscii(bytes) || isUtf8(bytes);
    let lineBreaks = 0;
    for (let start = 0; start < bytes.length; ) {
      const end = bytes.indexOf(NEWLINE, start);
      const stop = end < 0 ? bytes.length : end;
      if (!isWhole && !isUtf8(bytes.subarray(start, stop)))
        invalidLines.push(firstLine + lineBreaks);
      if (end >= 0) lineBreaks += 1;
      start = stop + 1;
    }
    this.#line += lineBreaks;
    return { text: bytes.toString('utf8'), firstLine, invalidLines, lineBreaks };
  }
}
