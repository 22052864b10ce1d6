import type { Proposal } from '../generator.ts';

/**
 * How far each kind of evidence is believed: P(next) is the sum over generators of weight x P(next by its evidence alone); what a generator leaves of its own probability goes to
 * nobody, so that scarce evidence backs off by itself. Popularity orders candidates that others brought and brings none: a pair that
 * too few people made must not come back by it.
 *
 * Fitted by expectation maximisation on the training users of the simulated worlds, with `npm run bench -- next-query --fit`; weights of evidence that those worlds hardly
 * have (pairs of single queries, entities) are set by hand between them.
 */
export const MIXTURE: Readonly<Record<string, number>> = {
  sessions: 0.5,
  clicks: 0.15,
  users: 0.2,
  words: 0.2,
  themes: 0.25,
  terms: 0.02,
  entities: 0.1,
};
export const POPULARITY = 0.75;

/** What generators say together of a completion. */
export interface Combined {
  readonly id: number;
  chance: number;
  /** The evidence that says most, for explanations. */
  evidence: string;
  most: number;
}

/** Adds up weighted chances; in no order. */
export function combineProposals(
  lists: readonly { readonly weight: number; readonly proposals: readonly Proposal[] }[],
): Combined[] {
  const combined = new Map<number, Combined>();
  for (const { weight, proposals } of lists) {
    for (const { id, bits, evidence } of proposals) {
      const chance = weight * 2 ** -bits;
      const known = combined.get(id);
      if (known === undefined) {
        combined.set(id, { id, chance, evidence, most: chance });
        continue;
      }
      known.chance += chance;
      if (chance > known.most) {
        known.most = chance;
        known.evidence = evidence;
      }
    }
  }
  return [...combined.values()];
}
