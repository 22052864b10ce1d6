import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Container, ContainerBuilder } from '../../../indexer/segment/container.ts';
import { SegmentError } from '../../../indexer/segment/errors.ts';
import {
  type LateCompletion,
  TrendSections,
  writeTrends,
} from '../../../indexer/segment/trend-section.ts';

const COMPLETIONS = 40;
/** Completions get other ids than their numbers: in reverse. */
const INPUT_TO_ID = Uint32Array.from(
  { length: COMPLETIONS },
  (_, input) => COMPLETIONS - 1 - input,
);

const late = fc.record({
  input: fc.nat(COMPLETIONS - 1),
  windows: fc.tuple(fc.nat(9), fc.nat(99), fc.nat(999)),
  before: fc.integer({ min: 0, max: 1 << 20 }),
  spread: fc.option(fc.integer({ min: 8, max: 200 }).map((eighths) => eighths / 8)),
  isRecent: fc.boolean(),
});
const table = fc.uniqueArray(late, { selector: ({ input }) => input, maxLength: 30 });

function open(tables: ReadonlyMap<string, readonly LateCompletion[]>): TrendSections {
  const builder = new ContainerBuilder();
  const markets = [...tables].map(([market, completions]) => ({
    market,
    all: { windows: [1, 2, 3] as const, before: market.length },
    completions,
  }));
  writeTrends(builder, { markets, leastSearches: 3 }, INPUT_TO_ID);
  const sections = TrendSections.open(Container.open(builder.finish()));
  if (sections === null) throw new Error('expected the sections');
  return sections;
}

describe('TrendSections', () => {
  it('gives back what was written, by id, in every market', () => {
    fc.assert(
      fc.property(table, table, (merged, own) => {
        const sections = open(
          new Map([
            ['und', merged],
            ['en-US', own],
          ]),
        );
        sections.verify(COMPLETIONS);
        for (const [market, completions] of [
          ['und', merged],
          ['en-US', own],
        ] as const) {
          const read = sections.tableOf(market);
          expect(read?.all).toEqual({ windows: [1, 2, 3], before: market.length });
          for (let input = 0; input < COMPLETIONS; input++) {
            const written = completions.find((each) => each.input === input);
            const [hour = 0, day = 0, week = 0] = written?.windows ?? [];
            expect(read?.historyOf(INPUT_TO_ID[input]!)).toEqual(
              written === undefined
                ? null
                : {
                    windows: written.isRecent ? [hour, day, week] : [0, 0, week],
                    before: written.before,
                    spread: written.spread,
                  },
            );
          }
          expect(read?.recent()).toHaveLength(
            completions.filter(({ isRecent }) => isRecent).length,
          );
        }
        expect(sections.tableOf('de-DE')).toBeNull();
      }),
    );
  });

  it('has one table for every market where markets are not told apart', () => {
    const sections = open(new Map([['und', []]]));
    expect(sections.tableOf('en-US')?.leastSearches).toBe(3);
  });

  it('names a completion that does not exist', () => {
    const written: LateCompletion = {
      input: 0,
      windows: [0, 0, 5],
      before: 1,
      spread: null,
      isRecent: false,
    };
    const sections = open(new Map([['und', [written]]]));
    expect(() => sections.verify(COMPLETIONS - 1)).toThrow(SegmentError);
  });
});
