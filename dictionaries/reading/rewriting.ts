import { graphemes } from '../graphemes.ts';

/** A term written in another way, with where its parts come from. */
export interface Rewriting {
  readonly key: string;
  /** For every UTF-16 unit of the key, the UTF-16 offset in the term behind what that unit accounts for. Never falls. */
  readonly ends: readonly number[];
}

/**
 * UTF-16 units of `term` that `typedKey` accounts for in the first of its rewritings that begins so: the fewest whole graphemes; all
 * of the term for a whole key, or when no rewriting begins so.
 */
export function coveredBy(
  term: string,
  rewritings: readonly Rewriting[],
  typedKey: string,
): number {
  if (typedKey === '') return 0;
  if (rewritings.some(({ key }) => key === typedKey)) return term.length;
  const begun = rewritings.find(({ key }) => key.startsWith(typedKey));
  const end = begun?.ends[typedKey.length - 1] ?? term.length;
  let covered = 0;
  for (const grapheme of graphemes(term)) {
    if (covered >= end) break;
    covered += grapheme.length;
  }
  return covered;
}

/** The rewritings with a key of their own, not empty and not `term` itself, in the order given. */
export function distinctRewritings(term: string, rewritings: readonly Rewriting[]): Rewriting[] {
  const seen = new Set(['', term]);
  return rewritings.filter(({ key }) => {
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
