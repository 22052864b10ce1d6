import { normalise } from '../../dictionaries/normalise.ts';
import { cutAfter } from '../../ranking/metrics/prefix-evaluation.ts';
import type { PersonalLog } from './personal-log.ts';

/** Code points typed; a shorter query is typed whole. */
export const TYPED_LENGTHS: readonly number[] = [1, 2, 3, 5];
export const LIST_SIZE = 10;

/**
 * What is most searched, and a user's own searches before it, as `load-tests/simulate/marginals.ts` defines both: the training part's distinct normalised forms
 * by count, whoever searched them (an index leaves out what too few users did), and all of the user's earlier committed searches, newest first.
 */
export class TypedBaselines {
  readonly #popular = new Map<string, string[]>();
  readonly #known: ReadonlyMap<string, number>;
  readonly #histories = new Map<string, string[]>();

  constructor({ searches, heldOutFromMs }: PersonalLog, formOf: (surface: string) => string) {
    const counts = new Map<string, number>();
    for (const { atMs, query, role } of searches) {
      if (role !== 'committed' || atMs >= heldOutFromMs) continue;
      const form = formOf(query);
      if (form !== '') counts.set(form, (counts.get(form) ?? 0) + 1);
    }
    this.#known = counts;
    const byCount = [...counts].sort(
      ([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1),
    );
    for (const [form] of byCount) this.#list(form);
  }

  /** Whether the user committed a search before. */
  hasHistory(user: string): boolean {
    return this.#histories.has(user);
  }

  /** Whether anybody committed it in the earlier part. */
  isKnown(form: string): boolean {
    return this.#known.has(form);
  }

  /** Whether it is among the user's earlier committed searches. */
  isRepeat(user: string, form: string): boolean {
    return this.#histories.get(user)?.includes(form) ?? false;
  }

  /** A committed search is over. */
  note(user: string, form: string): void {
    const history = this.#histories.get(user);
    if (history === undefined) this.#histories.set(user, [form]);
    else history.push(form);
  }

  popular(typed: string): readonly string[] {
    return this.#popular.get(typed) ?? [];
  }

  ownThenPopular(user: string, typed: string): readonly string[] {
    const list = new Set<string>();
    const history = this.#histories.get(user) ?? [];
    for (let at = history.length - 1; at >= 0 && list.size < LIST_SIZE; at--) {
      const form = history[at]!;
      if (form.startsWith(typed)) list.add(form);
    }
    for (const form of this.popular(typed)) {
      if (list.size >= LIST_SIZE) break;
      list.add(form);
    }
    return [...list];
  }

  #list(form: string): void {
    let last = '';
    for (const length of TYPED_LENGTHS) {
      const typed = cutAfter(form, length);
      if (typed === last) continue;
      last = typed;
      const list = this.#popular.get(typed);
      if (list === undefined) this.#popular.set(typed, [form]);
      else if (list.length < LIST_SIZE) list.push(form);
    }
  }
}

/** Normalised forms, each surface's worked out once. */
export function formReader(): (surface: string) => string {
  const known = new Map<string, string>();
  return (surface) => {
    let form = known.get(surface);
    if (form === undefined) {
      form = normalise(surface);
      known.set(surface, form);
    }
    return form;
  };
}
