import type { Proposal } from '../generator.ts';
import type { Gathering } from './gathering.ts';

/** How far each kind of evidence is believed. */
export interface Mixture {
  /** By the generator's name; one that is not named is not believed. */
  readonly weights: Readonly<Record<string, number>>;
  readonly popularity: number;
}

/**
 * P(next) is the sum over generators of weight x P(next by its evidence alone); what a generator leaves of its own probability goes to
 * nobody, so that scarce evidence backs off by itself. Popularity orders candidates that others brought and brings none: a pair that
 * too few people made must not come back by it.
 *
 * Set by hand around what `npm run bench -- next-query --users 10000 --seed 11 --fit` finds. The likeliest weights there (clicks 0.03, themes 0.18, terms 0.025, users and words none) order held-out
 * lists hardly better on weak and medium tastes (success@10 more by 0.0017 and 0.0027, intervals that touch zero) and worse on strong ones (less by 0.0035, 95%: 0.0008 to 0.0065), so they were not taken; pairs
 * within sessions and entities have no case there.
 */
export const MIXTURE: Mixture = {
  weights: {
    sessions: 0.5,
    clicks: 0.15,
    users: 0.2,
    words: 0.2,
    themes: 0.25,
    terms: 0.02,
    entities: 0.1,
    forms: 0.005,
  },
  popularity: 0.75,
};

/** What one generator says, and how far it is believed. */
export interface WeighedProposals {
  readonly name: string;
  readonly weight: number;
  readonly proposals: readonly Proposal[];
}

/** Adds up weighted chances in `gathering`, which is cleared before. */
export function mixProposals(lists: readonly WeighedProposals[], gathering: Gathering): void {
  gathering.clear();
  for (const { weight, proposals } of lists) {
    for (const { id, bits, evidence } of proposals)
      gathering.add(id, weight * 2 ** -bits, evidence);
  }
}
