/** How much of a text comes closest to what was typed, and by how many errors. */
export interface ClosestBeginning {
  /** UTF-16 units of the text, from its first on. */
  readonly length: number;
  readonly errors: number;
}

/**
 * The beginning of `text` (all of it, where `open` is false) that the fewest errors turn into `typed`: letters too many, too few, wrong or
 * transposed. Of several the one that is about as long as what was typed. Spaces of the text are passed over. Null when it takes more
 * than `most` errors. Cost: the product of both lengths.
 */
export function closestBeginning(
  typed: string,
  text: string,
  open: boolean,
  most: number,
): ClosestBeginning | null {
  const width = typed.length + 1;
  let before = new Uint16Array(width);
  let row = Uint16Array.from({ length: width }, (_, i) => i);
  let next = new Uint16Array(width);
  let best: ClosestBeginning | null = null;
  let last = -1;
  let size = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x20) continue;
    size++;
    next[0] = size;
    for (let i = 1; i < width; i++) {
      const wanted = typed.charCodeAt(i - 1);
      let errors = Math.min(row[i]! + 1, next[i - 1]! + 1, row[i - 1]! + (wanted === unit ? 0 : 1));
      if (size > 1 && i > 1 && wanted === last && typed.charCodeAt(i - 2) === unit) {
        errors = Math.min(errors, before[i - 2]! + 1);
      }
      next[i] = errors;
    }
    const found = { length: at + 1, errors: next[width - 1]! };
    if ((open || at === text.length - 1) && isCloser(found, best, typed.length)) best = found;
    [before, row, next] = [row, next, before];
    last = unit;
  }
  return best === null || best.errors > most ? null : best;
}

function isCloser(
  { length, errors }: ClosestBeginning,
  best: ClosestBeginning | null,
  wanted: number,
): boolean {
  if (best === null || errors !== best.errors) return best === null || errors < best.errors;
  return Math.abs(length - wanted) < Math.abs(best.length - wanted);
}
