import { TYPED_LENGTHS } from './typed-baselines.ts';
import { type Gain, gainByUser, type UserSums } from './user-bootstrap.ts';

/** Whose requests are counted. */
export type Group = 'with history' | 'without history' | 'as by strangers';

/** What is known of a judged search. */
export interface SearchFacts {
  readonly isFound: boolean;
  readonly isKnown: boolean;
  readonly isRepeat: boolean;
}

interface UserScores {
  /** By system and length: sums of reciprocal ranks. */
  readonly sums: Map<string, Float64Array>;
  requests: number;
  hits: number;
  known: number;
  repeats: number;
}

/** Reciprocal ranks of several systems on the same requests, by group and user. */
export class PersonalScores {
  readonly #users = new Map<Group, Map<string, UserScores>>();

  /**
   * Notes what the systems made of one search typed to each length; `isFound` says whether the wanted query was among the candidates at the last, `isKnown`
   * and `isRepeat` whether it was searched before, by anybody in the earlier part and by the user.
   */
  add(
    group: Group,
    user: string,
    ranks: ReadonlyMap<string, ArrayLike<number>>,
    { isFound, isKnown, isRepeat }: SearchFacts,
  ): void {
    const users = this.#users.get(group) ?? new Map<string, UserScores>();
    this.#users.set(group, users);
    const scores = users.get(user) ?? {
      sums: new Map(),
      requests: 0,
      hits: 0,
      known: 0,
      repeats: 0,
    };
    users.set(user, scores);
    scores.requests++;
    if (isFound) scores.hits++;
    if (isKnown) scores.known++;
    if (isRepeat) scores.repeats++;
    for (const [system, byLength] of ranks) {
      const sums = scores.sums.get(system) ?? new Float64Array(TYPED_LENGTHS.length);
      for (let i = 0; i < sums.length; i++) sums[i]! += byLength[i];
      scores.sums.set(system, sums);
    }
  }

  searchesOf(group: Group): number {
    return this.#total(group, ({ requests }) => requests);
  }

  knownOf(group: Group): number {
    return this.#total(group, ({ known }) => known);
  }

  repeatsOf(group: Group): number {
    return this.#total(group, ({ repeats }) => repeats);
  }

  usersOf(group: Group): number {
    return this.#users.get(group)?.size ?? 0;
  }

  /** Share of the searches whose wanted query was among the candidates. */
  ceilingOf(group: Group): number {
    return this.#total(group, ({ hits }) => hits) / this.searchesOf(group);
  }

  /** MRR at each length, and the mean of these. */
  meansOf(group: Group, system: string): { readonly byLength: number[]; readonly mean: number } {
    const searches = this.searchesOf(group);
    const byLength = TYPED_LENGTHS.map(
      (_, i) => this.#total(group, ({ sums }) => sums.get(system)?.[i] ?? 0) / searches,
    );
    return { byLength, mean: byLength.reduce((sum, rank) => sum + rank, 0) / byLength.length };
  }

  /** How much one system's mean over the lengths is above another's. */
  gainOf(group: Group, baseline: string, candidate: string, seed: number): Gain {
    const users = [...(this.#users.get(group)?.values() ?? [])].map(
      ({ sums, requests }): UserSums => ({
        requests,
        baseline: meanOf(sums.get(baseline)),
        candidate: meanOf(sums.get(candidate)),
      }),
    );
    return gainByUser(users, seed);
  }

  #total(group: Group, of: (scores: UserScores) => number): number {
    let total = 0;
    for (const scores of this.#users.get(group)?.values() ?? []) total += of(scores);
    return total;
  }
}

function meanOf(sums: Float64Array | undefined): number {
  let sum = 0;
  for (const rank of sums ?? []) sum += rank;
  return sum / TYPED_LENGTHS.length;
}
