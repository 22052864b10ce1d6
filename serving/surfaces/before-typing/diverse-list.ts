import { TermSet } from './term-set.ts';

/** Something to show before typing. */
export interface Candidate {
  readonly normalised: string;
  readonly source: 'video' | 'history' | 'trending' | 'taste' | 'editorial';
}

/** Candidates of one source, best first, and the share of the list that they may take. */
export interface Offer<T extends Candidate> {
  readonly candidates: readonly T[];
  readonly share: number;
}

/** At least this share of the longer one's terms must be shared for two queries to say nearly the same. */
const NEAR_SHARE = 2 / 3;

/**
 * A list of at most `limit`: of each offer, in their order, what its share allows, then what is left of the last offer. No two say nearly the same, the
 * earlier one stays; and where others are left to choose from, no two of one topic stand in a row.
 */
export function composeList<T extends Candidate>(offers: readonly Offer<T>[], limit: number): T[] {
  const chosen: Chosen<T>[] = [];
  offers.forEach(({ candidates, share }, place) => {
    const isLast = place === offers.length - 1;
    const quota = isLast ? limit : Math.round(limit * share);
    take(candidates, Math.min(limit, chosen.length + quota), chosen);
  });
  return separateTopics(chosen);
}

interface Chosen<T> {
  readonly candidate: T;
  readonly terms: TermSet;
}

function take<T extends Candidate>(candidates: readonly T[], most: number, chosen: Chosen<T>[]) {
  for (const candidate of candidates) {
    if (chosen.length >= most) return;
    const terms = new TermSet(candidate.normalised);
    if (!chosen.some((other) => saysNearlyTheSame(terms, other.terms))) {
      chosen.push({ candidate, terms });
    }
  }
}

function saysNearlyTheSame(a: TermSet, b: TermSet): boolean {
  const longer = Math.max(a.terms.size, b.terms.size);
  const shorter = Math.min(a.terms.size, b.terms.size);
  return a.holdsOrIsHeldBy(b) && shorter >= longer * NEAR_SHARE;
}

/** Each time the first that is left and of another topic than the one before; the first that is left where there is none. */
function separateTopics<T>(chosen: readonly Chosen<T>[]): T[] {
  const left = [...chosen];
  const list: T[] = [];
  let before: Chosen<T> | undefined;
  while (left.length > 0) {
    const last = before;
    const other = left.findIndex(
      ({ terms }) => last === undefined || !terms.isOfTopicOf(last.terms),
    );
    const [next] = left.splice(Math.max(0, other), 1);
    if (next === undefined) break;
    list.push(next.candidate);
    before = next;
  }
  return list;
}
