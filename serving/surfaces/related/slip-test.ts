/** Letters from which a word may hide two slips. */
const LONG_WORD = 8;

/**
 * Answers whether a text is just the query with its slips of typing mended: word by word the same, but for words that `isUnknown` to the index, which may be an edit away (two
 * in a long word; an edit is a letter more, less or other, or two neighbours changed).
 */
export function mendsSlips(
  query: string,
  text: string,
  isUnknown: (word: string) => boolean,
): boolean {
  const typed = query.split(' ');
  const words = text.split(' ');
  if (typed.length !== words.length) return false;
  return typed.every((word, at) => {
    const other = words[at] ?? '';
    if (word === other) return true;
    const most = word.length >= LONG_WORD ? 2 : 1;
    return isUnknown(word) && editsBetween(word, other, most) <= most;
  });
}

/** Optimal string alignment distance; any number above `most` once it is sure to be above. */
function editsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let edits = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, before[j - 2]! + 1);
      }
      row.push(edits);
    }
    if (Math.min(...row) > most) return most + 1;
    before = above;
    above = row;
  }
  return above[b.length]!;
}
