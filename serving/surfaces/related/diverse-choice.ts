/** Something to choose: how good it is. */
export interface Choosable {
  readonly chance: number;
}

export interface ChoiceRules<T> {
  /** The terms that a candidate holds. Asked only of those that may be chosen next: a look-up is a walk through cold memory. */
  readonly termsOf: (candidate: T) => readonly number[];
  /** Candidates that are compared at a time; as one is chosen or refused, the next takes its place. All when absent. */
  readonly compared?: number;
  /** Asked of a candidate when it is about to be chosen, so that little is known of those that never are. */
  readonly isWanted?: (candidate: T) => boolean;
}

/** Share of its worth that a candidate loses when it says just what a chosen one says. */
const SAMENESS = 0.6;

/** A candidate that was not chosen yet; what is known of it so far. */
interface Open<T> {
  readonly candidate: T;
  terms: readonly number[] | null;
  /** The greatest share of common terms with the first `seen` chosen ones. */
  likeness: number;
  seen: number;
}

/**
 * The best `limit` wanted candidates, each worth the less the more it is like one before it: maximal marginal relevance (Carbonell and Goldstein, 1998) with the share of
 * common terms as likeness, as a factor. Candidates come best first; ties go to the earlier one.
 */
export function chooseDiverse<T extends Choosable>(
  candidates: readonly T[],
  limit: number,
  { termsOf, compared = candidates.length, isWanted = () => true }: ChoiceRules<T>,
): T[] {
  const open = (candidate: T): Open<T> => ({ candidate, terms: null, likeness: 0, seen: 0 });
  const left = candidates.slice(0, compared).map(open);
  const chosen: T[] = [];
  const chosenTerms: (readonly number[])[] = [];
  let waiting = left.length;
  while (chosen.length < limit && left.length > 0) {
    const place = worthiest(left, chosenTerms, termsOf);
    const { candidate, terms } = left[place]!;
    left.splice(place, 1);
    if (isWanted(candidate)) {
      chosen.push(candidate);
      chosenTerms.push(terms ?? termsOf(candidate));
    }
    const next = candidates[waiting++];
    if (next !== undefined) left.push(open(next));
  }
  return chosen;
}

/** The place of the best one. None is worth more than its chance, so those behind the first that cannot win are not looked at. */
function worthiest<T extends Choosable>(
  left: readonly Open<T>[],
  chosenTerms: readonly (readonly number[])[],
  termsOf: (candidate: T) => readonly number[],
): number {
  let best = 0;
  let worth = -1;
  for (let i = 0; i < left.length && left[i]!.candidate.chance > worth; i++) {
    const each = left[i]!;
    if (each.seen < chosenTerms.length) {
      each.terms ??= termsOf(each.candidate);
      for (; each.seen < chosenTerms.length; each.seen++) {
        each.likeness = Math.max(each.likeness, commonShare(chosenTerms[each.seen]!, each.terms));
      }
    }
    const own = each.candidate.chance * (1 - SAMENESS * each.likeness);
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
