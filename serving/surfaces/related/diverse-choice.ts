/** Something to choose: how good it is, and the terms that it holds. */
export interface Choosable {
  readonly chance: number;
  readonly terms: readonly number[];
}

/** Share of its worth that a candidate loses when it says just what a chosen one says. */
const SAMENESS = 0.6;

/**
 * The best `limit` candidates, each worth the less the more it is like one before it: maximal marginal relevance (Carbonell and Goldstein, 1998) with the share of
 * common terms as likeness, as a factor. Candidates come best first; ties go to the earlier one.
 */
export function chooseDiverse<T extends Choosable>(candidates: readonly T[], limit: number): T[] {
  const left = [...candidates];
  const likeness = new Float64Array(left.length);
  const places = left.map((_, place) => place);
  const chosen: T[] = [];
  while (chosen.length < limit && left.length > 0) {
    let best = 0;
    let worth = -1;
    for (let i = 0; i < left.length; i++) {
      const own = left[i]!.chance * (1 - SAMENESS * likeness[places[i]!]!);
      if (own > worth) {
        worth = own;
        best = i;
      }
    }
    const [next] = left.splice(best, 1);
    places.splice(best, 1);
    if (next === undefined) break;
    chosen.push(next);
    left.forEach((other, i) => {
      const place = places[i]!;
      likeness[place] = Math.max(likeness[place]!, commonShare(next.terms, other.terms));
    });
  }
  return chosen;
}

function commonShare(a: readonly number[], b: readonly number[]): number {
  let common = 0;
  for (const term of a) if (b.includes(term)) common++;
  return common / (a.length + b.length - common);
}
