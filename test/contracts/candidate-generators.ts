import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CandidateGenerator,
  compareProposals,
  type SurfaceRequest,
} from '../../serving/surfaces/generator.ts';

/** A generator over some world, and requests to it. */
export interface GeneratorWorld {
  readonly generator: CandidateGenerator;
  /** Requests that it has evidence for; at least one. */
  readonly answered: readonly SurfaceRequest[];
  /** Requests that it has no evidence for. */
  readonly unanswered: readonly SurfaceRequest[];
}

/** What every candidate generator promises; `open` gives a fresh generator over the same world each time. */
export function describeCandidateGenerator(name: string, open: () => GeneratorWorld): void {
  describe(`candidate generator ${name}`, () => {
    const amount = fc.integer({ min: 0, max: 3_000 });
    const cases = fc.record({ at: fc.nat(), limit: fc.integer({ min: 0, max: 64 }), amount });
    const requestOf = (world: GeneratorWorld, at: number) => {
      const all = [...world.answered, ...world.unanswered];
      return all[at % all.length]!;
    };

    it('finds something where there is evidence', () => {
      const { generator, answered } = open();
      expect(answered.length).toBeGreaterThan(0);
      for (const request of answered) {
        expect(generator.generate(request, 32, { left: 10_000 })).not.toEqual([]);
      }
    });

    it('finds nothing where there is none', () => {
      const { generator, unanswered } = open();
      for (const request of unanswered) {
        expect(generator.generate(request, 32, { left: 10_000 })).toEqual([]);
      }
    });

    it('answers the same to the same request, whatever was asked between', () => {
      const world = open();
      const other = open();
      fc.assert(
        fc.property(cases, ({ at, limit, amount }) => {
          const request = requestOf(world, at);
          const ask = ({ generator }: GeneratorWorld) =>
            generator.generate(request, limit, { left: amount });
          expect(ask(world)).toEqual(ask(other));
        }),
        { numRuns: 50 },
      );
    });

    it('keeps to the limit, the order and the budget, and proposes members of the market once', () => {
      const world = open();
      fc.assert(
        fc.property(cases, ({ at, limit, amount }) => {
          const request = requestOf(world, at);
          const budget = { left: amount };
          const found = world.generator.generate(request, limit, budget);
          expect(found.length).toBeLessThanOrEqual(limit);
          expect([...found].sort(compareProposals)).toEqual(found);
          expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
          expect(budget.left).toBeGreaterThanOrEqual(0);
          expect(budget.left).toBeLessThanOrEqual(amount);
          expect(found.length).toBeLessThanOrEqual(amount);
          for (const { id, bits } of found) {
            expect(Number.isFinite(bits) && bits >= 0).toBe(true);
            expect(request.choice.views.some((view) => view.rankOf(id) >= 0)).toBe(true);
          }
        }),
        { numRuns: 100 },
      );
    });

    it('finds nothing without a budget', () => {
      const { generator, answered } = open();
      for (const request of answered) {
        expect(generator.generate(request, 32, { left: 0 })).toEqual([]);
      }
    });
  });
}
