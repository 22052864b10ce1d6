import type { Judgement } from './merge-rules.ts';

/** What a merge is counted as: the least sure of its differences. */
export type MergeKind = 'script' | 'accent' | 'order' | 'number' | 'spelling';

const BY_SURENESS: readonly MergeKind[] = ['script', 'accent', 'order', 'number', 'spelling'];

/** The least sure kind of a pair's differences. */
export function kindOf({ pair }: Judgement): MergeKind {
  const { words, isReordered } = pair.difference;
  const kinds = words.map(({ rule }): MergeKind => (rule === 'ownPlural' ? 'number' : rule));
  if (isReordered) kinds.push('order');
  return kinds.reduce<MergeKind>(
    (worst, kind) => (BY_SURENESS.indexOf(kind) > BY_SURENESS.indexOf(worst) ? kind : worst),
    'script',
  );
}

/** The classes: what is merged into what, and what is kept apart. */
export interface VariantClasses {
  /** Merges, each less used row once, in order of that row. */
  readonly merges: readonly Judgement[];
  /** Refused pairs, in order of the less used row. */
  readonly refused: readonly Judgement[];
}

/**
 * Makes classes of judged pairs. Every member of a class is a direct variant of its representative, its most used member: from the
 * most used row down, a row joins the representative that it is the surest variant of (then the most used), or stays by itself. A
 * row whose only partners are merged elsewhere stays: variants of variants are no variants.
 */
export function formClasses(judgements: readonly Judgement[]): VariantClasses {
  const byLess = new Map<number, Judgement[]>();
  for (const judgement of judgements) {
    const own = byLess.get(judgement.pair.less);
    if (own === undefined) byLess.set(judgement.pair.less, [judgement]);
    else own.push(judgement);
  }
  const taken = new Set<number>();
  const merges: Judgement[] = [];
  const refused: Judgement[] = [];
  for (const less of [...byLess.keys()].sort((a, b) => a - b)) {
    const own = byLess.get(less) ?? [];
    const open = own.filter(({ merged, pair }) => merged !== null && !taken.has(pair.more));
    const [best] = open.sort(
      (a, b) =>
        BY_SURENESS.indexOf(kindOf(a)) - BY_SURENESS.indexOf(kindOf(b)) ||
        a.pair.more - b.pair.more,
    );
    for (const judgement of own) {
      if (judgement.merged === null) refused.push(judgement);
      else if (best === undefined) refused.push({ ...judgement, merged: null, apart: 'chain' });
    }
    if (best === undefined) continue;
    merges.push(best);
    taken.add(less);
  }
  return { merges, refused };
}
