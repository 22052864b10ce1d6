import { RecentMap } from '../../recent-map.ts';

/** Groups whose heaviest are remembered; each has hundreds of members, so that there are few. */
const MOST_GROUPS = 1_024;
/** Changes after which the heaviest of a group are looked for anew; until then what changed is given as well. */
const MOST_CHANGES = 256;

interface Heaviest<T> {
  readonly members: readonly T[];
  /** Changes before they were looked for. */
  readonly at: number;
}

/** Something that may go while it is remembered. */
export interface Fleeting {
  readonly isGone: boolean;
}

/** The heaviest of large groups of texts that change one at a time: looked for among all members once in hundreds of changes. */
export class HeaviestTexts<T extends Fleeting> {
  readonly #groups = new RecentMap<Heaviest<T>>({ entries: MOST_GROUPS });
  readonly #changed: T[] = [];
  #changes = 0;
  readonly #most: number;
  readonly #levelOf: (text: T) => number;

  /** @param most members of a group */
  constructor(most: number, levelOf: (text: T) => number) {
    this.#most = most;
    this.#levelOf = levelOf;
  }

  /** Tells that a text came, went, or has another level. */
  noteChange(text: T): void {
    this.#changed[this.#changes++ % MOST_CHANGES] = text;
  }

  /** Tells that all levels changed. */
  clear(): void {
    this.#groups.clear();
  }

  /** The heaviest of a group, and whatever changed lately, be it a member or not; some may be gone since, and some be there twice. */
  *of(group: string, findMembers: () => readonly T[]): Generator<T> {
    let heaviest = this.#groups.get(group);
    if (heaviest === undefined || this.#isOutdated(heaviest)) {
      heaviest = { members: this.#select(findMembers()), at: this.#changes };
      this.#groups.set(group, heaviest);
    }
    yield* heaviest.members;
    for (let change = heaviest.at; change < this.#changes; change++) {
      yield this.#changed[change % MOST_CHANGES]!;
    }
  }

  /** Whether too much changed, or half of those that are remembered of more are gone. */
  #isOutdated({ members, at }: Heaviest<T>): boolean {
    if (this.#changes - at > MOST_CHANGES) return true;
    if (members.length < this.#most) return false;
    return 2 * members.filter(({ isGone }) => isGone).length > this.#most;
  }

  #select(members: readonly T[]): readonly T[] {
    const most = this.#most;
    if (members.length <= most) return members;
    const levels = Float64Array.from(members, this.#levelOf);
    const least = levels.toSorted()[levels.length - most]!;
    const heaviest = members.filter((_, i) => levels[i]! > least);
    // Of those with the least level, as many as there is room for.
    for (let i = 0; i < members.length && heaviest.length < most; i++) {
      if (levels[i] === least) heaviest.push(members[i]!);
    }
    return heaviest;
  }
}
