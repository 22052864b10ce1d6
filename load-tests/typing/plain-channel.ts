import type { ScoredText } from '../micro/texts/scored-text.ts';
import type { TenBest } from './scoring.ts';

/** Bits that one error costs, of whatever kind and place: an error in 256 keystrokes. */
const BITS_AN_ERROR = 8;
const MOST_ERRORS = 2;
const TEN = 10;

interface Found {
  readonly text: string;
  readonly value: number;
}

/**
 * A plain noisy channel over all texts, the yardstick of what corrections can reach on a set: the ten with the highest log2 of
 * the weight, less a fixed cost for each error (optimal string alignment, at most two) that turns a beginning of the text into
 * what was typed. Exhaustive: walks the sorted texts, sharing rows of the alignment between those that begin alike; tens of
 * milliseconds a query over 100,000 texts.
 */
export function buildPlainChannel(texts: readonly ScoredText[]): TenBest {
  const sorted = texts
    .map(({ normalised, score }) => ({ text: normalised, logWeight: Math.log2(score) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
  const shared = sorted.map(({ text }, at) => sharedLength(sorted[at - 1]?.text ?? '', text));
  const longest = sorted.reduce((most, { text }) => Math.max(most, text.length), 0);
  return (typed) => {
    const alignment = new PrefixAlignment(typed, longest);
    const best: Found[] = [];
    sorted.forEach(({ text, logWeight }, at) => {
      const errors = alignment.fewestErrors(text, shared[at] ?? 0);
      if (errors <= MOST_ERRORS)
        keepBest(best, { text, value: logWeight - errors * BITS_AN_ERROR });
    });
    return best.map(({ text }) => text);
  };
}

function keepBest(best: Found[], found: Found): void {
  if (best.length === TEN && (best[TEN - 1]?.value ?? 0) >= found.value) return;
  const place = best.findIndex(({ value }) => value < found.value);
  best.splice(place < 0 ? best.length : place, 0, found);
  if (best.length > TEN) best.pop();
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

/** Rows of the alignment of one typed text with texts that come in sorted order. */
class PrefixAlignment {
  private readonly typed: string;
  private readonly width: number;
  /** Row d: the fewest errors between the text's first d characters and each beginning of what was typed. */
  private readonly rows: Uint8Array;
  /** The fewest errors between all that was typed and any beginning of up to d characters. */
  private readonly fewest: Uint8Array;
  /** Rows that are filled for the text before; below a row without hope none are. */
  private filled = 0;

  constructor(typed: string, longest: number) {
    this.typed = typed;
    this.width = typed.length + 1;
    this.rows = new Uint8Array((longest + 1) * this.width);
    this.fewest = new Uint8Array(longest + 1);
    for (let at = 0; at < this.width; at++) this.rows[at] = at;
    this.fewest[0] = typed.length;
  }

  /** `shared` is how many characters the text begins with that the one before began with, too. */
  fewestErrors(text: string, shared: number): number {
    // Filled rows of the text before end where hope did: what shares more than that is as hopeless.
    let depth = Math.min(this.filled, shared);
    while (depth < text.length && this.leastOf(depth) <= MOST_ERRORS) {
      depth++;
      this.fill(text, depth);
    }
    this.filled = depth;
    return this.fewest[depth] ?? MOST_ERRORS + 1;
  }

  private leastOf(depth: number): number {
    let least = 255;
    for (let at = 0; at < this.width; at++) {
      least = Math.min(least, this.rows[depth * this.width + at]!);
    }
    return least;
  }

  private fill(text: string, depth: number): void {
    const { rows, typed, width } = this;
    const letter = text.charCodeAt(depth - 1);
    const row = depth * width;
    const above = row - width;
    rows[row] = depth;
    for (let at = 1; at < width; at++) {
      const isSame = typed.charCodeAt(at - 1) === letter;
      let errors = Math.min(
        rows[above + at]! + 1,
        rows[row + at - 1]! + 1,
        rows[above + at - 1]! + (isSame ? 0 : 1),
      );
      const isSwapped =
        depth > 1 &&
        at > 1 &&
        typed.charCodeAt(at - 2) === letter &&
        typed.charCodeAt(at - 1) === text.charCodeAt(depth - 2);
      if (isSwapped) errors = Math.min(errors, rows[above - width + at - 2]! + 1);
      rows[row + at] = errors;
    }
    this.fewest[depth] = Math.min(this.fewest[depth - 1]!, rows[row + width - 1]!);
  }
}
