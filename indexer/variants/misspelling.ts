/** Words of fewer letters are too near to other words. */
const SHORTEST = 5;
/** From so many letters on two edits are allowed. */
const LONG = 9;
/** Longer words have too many deletions, and hardly exist. */
const LONGEST = 24;
const CASED_WORD = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]+$/u;

/** Whether a word can be, or have, a misspelling: letters of an alphabet with case, five or more of them. */
export function isSpellable(word: string): boolean {
  return word.length >= SHORTEST && word.length <= LONGEST && CASED_WORD.test(word);
}

/** Whether two deletions of a word of this length are among its keys. */
export function allowsTwoEdits(word: string): boolean {
  return word.length >= LONG;
}

/**
 * Whether `rare` may be a misspelling of `common` by its letters: at most one edit (two where both have nine letters or more),
 * transpositions counted as one, never in the first letter but by transposition, and never an ending that makes another form of
 * the word: hermano and hermana, walked and walker, google and googles.
 */
export function isNearSpelling(rare: string, common: string): boolean {
  if (rare[0] !== common[0] && !(rare[0] === common[1] && rare[1] === common[0])) return false;
  if (changesEnding(rare, common)) return false;
  const most = allowsTwoEdits(rare) && allowsTwoEdits(common) ? 2 : 1;
  return countEdits(rare, common, most) <= most;
}

function changesEnding(rare: string, common: string): boolean {
  const shared = sharedBeginning(rare, common);
  const restRare = rare.slice(shared);
  const restCommon = common.slice(shared);
  // A letter too many or too few at the very end, unless it doubles the one before it.
  if (restRare === '' || restCommon === '') {
    const rest = restRare + restCommon;
    return !(rest.length === 1 && rest === rare[shared - 1] && rest !== 's');
  }
  const isSwapped =
    restRare.length === 2 &&
    restCommon.length === 2 &&
    restRare[0] === restCommon[1] &&
    restRare[1] === restCommon[0];
  if (isSwapped) return false;
  return rare.at(-1) !== common.at(-1);
}

function sharedBeginning(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared += 1;
  return shared;
}

/** Optimal string alignment distance, given up above `most`. */
export function countEdits(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let edits = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(edits);
      if (edits < least) least = edits;
    }
    if (least > most) return most + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
