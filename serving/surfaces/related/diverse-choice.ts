/** Something to choose: how good it is, and the terms that it holds. */
export interface Choosable {
  readonly chance: number;
  readonly terms: readonly number[];
}

export interface ChoiceRules<T> {
  /** Candidates that are compared at a time; as one is chosen or refused, the next takes its place. All when absent. */
  readonly compared?: number;
  /** Asked of a candidate when it is about to be chosen, so that little is known of those that never are. */
  readonly isWanted?: (candidate: T) => boolean;
}

/** Share of its worth that a candidate loses when it says just what a chosen one says. */
const SAMENESS = 0.6;

/**
 * The best `limit` wanted candidates, each worth the less the more it is like one before it: maximal marginal relevance (Carbonell and Goldstein, 1998) with the share of
 * common terms as likeness, as a factor. Candidates come best first; ties go to the earlier one.
 */
export function chooseDiverse<T extends Choosable>(
  candidates: readonly T[],
  limit: number,
  { compared = candidates.length, isWanted = () => true }: ChoiceRules<T> = {},
): T[] {
  const left = candidates.slice(0, compared);
  const likeness = left.map(() => 0);
  const chosen: T[] = [];
  let waiting = left.length;
  while (chosen.length < limit && left.length > 0) {
    const place = worthiest(left, likeness);
    const best = left[place]!;
    left.splice(place, 1);
    likeness.splice(place, 1);
    if (isWanted(best)) {
      chosen.push(best);
      for (let i = 0; i < left.length; i++) {
        likeness[i] = Math.max(likeness[i]!, commonShare(best.terms, left[i]!.terms));
      }
    }
    const next = candidates[waiting++];
    if (next === undefined) continue;
    left.push(next);
    likeness.push(
      chosen.reduce((most, { terms }) => Math.max(most, commonShare(terms, next.terms)), 0),
    );
  }
  return chosen;
}

function worthiest(left: readonly Choosable[], likeness: readonly number[]): number {
  let best = 0;
  let worth = -1;
  for (let i = 0; i < left.length; i++) {
    const own = left[i]!.chance * (1 - SAMENESS * likeness[i]!);
    if (own > worth) {
      worth = own;
      best = i;
    }
  }
  return best;
}

function commonShare(a: readonly number[], b: readonly number[]): number {
  let common = 0;
  for (const term of a) if (b.includes(term)) common++;
  return common / (a.length + b.length - common);
}
