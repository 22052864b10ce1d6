import { foldCharacters } from './folding.ts';
import { graphemes } from './graphemes.ts';
import { isNormal } from './normalise.ts';
import { type ReductionTrace, reduceToWords } from './reduction.ts';

/** A half-open range of UTF-16 code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A surface, its normalised form, and how the one comes from the other. */
export interface SurfaceAlignment {
  readonly normalised: string;
  /**
   * The part of the surface that a half-open range of the normalised form stands for, both in UTF-16 code units. Never splits a grapheme of
   * the surface; has no punctuation at its ends that the range doesn't account for. A space stands for all that lies between two
   * words. An empty range is an empty one before its next character. Throws RangeError on a range outside the normalised form.
   */
  spanOf(start: number, end: number): TextRange;
}

/** Pieces of the surface that normalise independently: piece i is folded to [foldedStarts[i], foldedStarts[i + 1]). */
interface Pieces {
  readonly starts: readonly number[];
  readonly foldedStarts: readonly number[];
  readonly folded: string;
}

/** A character that joins what is before it, by composing or by forming one grapheme with it. */
const CLINGING = /^(?:[\p{M}\p{Emoji_Modifier}]|\u200d|[\u0e33\u0eb3\u1160-\u11ff\ud7b0-\ud7ff])/u;

/**
 * Which part of a surface each part of its normalised form stands for. `alignSurface(s).normalised` equals `normalise(s)`.
 * Linear in the surface; where the two are alike, which is told in one loop, nothing is allocated but the answer.
 */
export function alignSurface(surface: string): SurfaceAlignment {
  if (isNormal(surface, surface.length)) {
    return {
      normalised: surface,
      spanOf: (start, end) => {
        checkRange(start, end, surface.length);
        return { start, end };
      },
    };
  }
  const pieces = cutPieces(surface);
  const trace: ReductionTrace = { starts: [], ends: [] };
  const normalised = reduceToWords(pieces.folded, trace);
  const { starts, ends } = inSurface(pieces, trace, surface.length);
  return {
    normalised,
    spanOf: (start, end) => {
      checkRange(start, end, normalised.length);
      const at = start < normalised.length ? starts[start]! : surface.length;
      return start === end ? { start: at, end: at } : { start: at, end: ends[end - 1]! };
    },
  };
}

function checkRange(start: number, end: number, length: number): void {
  if (start >= 0 && start <= end && end <= length) return;
  throw new RangeError(
    `expected a range inside the normalised form of length ${length}, got ${start} to ${end}`,
  );
}

/** Turns offsets in the folded text into offsets in the surface: a character of a piece stands for the whole piece. */
function inSurface(pieces: Pieces, trace: ReductionTrace, length: number) {
  const { starts, foldedStarts } = pieces;
  const surfaceStarts = new Uint32Array(trace.starts.length);
  const surfaceEnds = new Uint32Array(trace.starts.length);
  let first = 0;
  for (let at = 0; at < trace.starts.length; at++) {
    while ((foldedStarts[first + 1] ?? Infinity) <= trace.starts[at]!) first++;
    let last = first;
    while ((foldedStarts[last + 1] ?? Infinity) < trace.ends[at]!) last++;
    surfaceStarts[at] = starts[first]!;
    surfaceEnds[at] = starts[last + 1] ?? length;
  }
  return { starts: surfaceStarts, ends: surfaceEnds };
}

function cutPieces(surface: string): Pieces {
  // ASCII characters are graphemes, but for CR LF, which is white space as a whole.
  if (/^[\u0000-\u007f]*$/.test(surface)) {
    const starts = Array.from({ length: surface.length }, (_, at) => at);
    return { starts, foldedStarts: starts, folded: surface.toLowerCase() };
  }
  const folded = foldCharacters(surface, false);
  const byGrapheme = gather(surface, graphemes(surface));
  if (byGrapheme.folded === folded) return byGrapheme;
  // Neighbours that change each other across graphemes are rare enough to be aligned word by word, or not at all.
  const byWord = gather(surface, surface.match(/\s*\S+\s*/g) ?? [surface]);
  if (byWord.folded === folded) return byWord;
  return { starts: [0], foldedStarts: [0], folded };
}

/** Folds part by part; a part that folds to nothing or clings to the one before joins its piece, as does what follows a joiner. */
function gather(surface: string, parts: Iterable<string>): Pieces {
  const starts: number[] = [];
  const foldedStarts: number[] = [];
  let folded = '';
  // The piece that is being read: where it began, what it folds to, and whether parts have joined it since that was worked out.
  let start = 0;
  let end = 0;
  let piece = '';
  let joined = false;
  let open = false;
  const close = () => {
    folded += joined ? foldCharacters(surface.slice(start, end), false) : piece;
  };
  for (const part of parts) {
    const own = foldPart(part);
    if (end > 0 && (open || own === '' || CLINGING.test(own))) {
      joined = true;
    } else {
      close();
      starts.push(end);
      foldedStarts.push(folded.length);
      start = end;
      piece = own;
      joined = false;
    }
    end += part.length;
    // An emoji may follow a joiner, whatever is ignored between them.
    open = part.includes('\u200d') && endsInJoiner(surface.slice(Math.max(0, end - 16), end));
  }
  close();
  return { starts, foldedStarts, folded };
}

function foldPart(part: string): string {
  const ascii = part.length === 1 && part.charCodeAt(0) < 0x80;
  return ascii && part >= ' ' ? part.toLowerCase() : foldCharacters(part, false);
}

function endsInJoiner(text: string): boolean {
  return foldCharacters(text, true).endsWith('\u200d');
}
