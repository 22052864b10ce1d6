import type { TimedSearch } from '../../dictionaries/unfinished-search.ts';

/** A search is put right within so long, or it was meant as it was. */
const PUT_RIGHT_MS = 60_000;
/** A shorter text is another text when a letter of it changes. */
const LEAST_UNITS = 4;
const DIGIT = /\p{N}/u;

/**
 * Whether a search was a slip that a later one of the same user put right: the same text but for one letter that is wrong, missing, too much, or swapped with the next, within a minute. What differs in
 * a digit, at its first letter, or by going on or stopping earlier is another search.
 */
export function isPutRight(earlier: TimedSearch, later: TimedSearch): boolean {
  const passedMs = later.atMs - earlier.atMs;
  if (passedMs < 0 || passedMs > PUT_RIGHT_MS) return false;
  const a = earlier.normalised;
  const b = later.normalised;
  const longest = Math.max(a.length, b.length);
  if (Math.min(a.length, b.length) < LEAST_UNITS || Math.abs(a.length - b.length) > 1) return false;
  let head = 0;
  while (head < longest && a[head] === b[head]) head++;
  if (head === 0 || head >= Math.min(a.length, b.length)) return false;
  let tail = 0;
  const most = Math.min(a.length, b.length) - head;
  while (tail < most && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const wrong = a.slice(head, a.length - tail);
  const right = b.slice(head, b.length - tail);
  if (DIGIT.test(wrong) || DIGIT.test(right)) return false;
  if (wrong.length <= 1 && right.length <= 1) return true;
  return wrong.length === 2 && right.length === 2 && wrong[0] === right[1] && wrong[1] === right[0];
}
