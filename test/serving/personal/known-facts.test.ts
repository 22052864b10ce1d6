import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { CandidateTable, FROM_HISTORY } from '../../../ranking/features/candidate-table.ts';
import { type MarketFacts, readFacts } from '../../../serving/personal/candidate-facts.ts';
import { KnownFacts } from '../../../serving/personal/known-facts.ts';
import { popularityIn } from '../../../serving/personal/market-popularity.ts';
import { MarketChooser } from '../../../serving/retrieval/market-choice.ts';

const TEXTS = ['news', 'new york', 'a b c d e f g h i j k l m n o p q r', '北京', 'café noir', 'x'];
const MARKETS = ['en-US', 'de-DE'];
const SEGMENT = openSegment();
const CHOOSER = new MarketChooser(SEGMENT, MARKETS, []);

/** What was searched lately: of the first text its hour and day are known, and that it rises. */
function openSegment(): Segment {
  const builder = new SegmentBuilder();
  TEXTS.forEach((surface, place) => {
    const score = 10 - place;
    const market = MARKETS[place % 2] ?? '';
    builder.add({ surface, normalised: surface, score, markets: [{ market, score: score / 2 }] });
  });
  const all = { windows: [10, 100, 1_000], before: 9_000 } as const;
  const completions = [
    { input: 0, windows: [4, 16, 64], before: 10, spread: null, isRecent: true },
    { input: 1, windows: [2, 8, 32], before: 500, spread: null, isRecent: false },
  ] as const;
  builder.setTrends({ leastSearches: 2, markets: [{ market: 'en-US', all, completions }] });
  return Segment.open(builder.finish());
}

function factsOf(market: string): MarketFacts {
  return { trends: SEGMENT.trends?.tableOf(market) ?? null, languages: null };
}

/** All that a table has of its only row. */
function contentOf(table: CandidateTable) {
  const { terms, termCounts } = table;
  const columns = Object.entries(table).filter(
    ([name, column]) => ArrayBuffer.isView(column) && name !== 'terms',
  );
  return [...columns, ['terms', terms.slice(0, termCounts[0])]];
}

describe('what is remembered of completions that were asked for', () => {
  it('is what the snapshot says, whatever was asked for before and took the place', () => {
    const asked = fc.record({
      id: fc.nat(TEXTS.length - 1),
      market: fc.constantFrom(...MARKETS, 'und'),
    });
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 40 }), fc.constantFrom(1, 4, 16), (all, most) => {
        const facts = new KnownFacts(SEGMENT, factsOf, most);
        for (const { id, market } of all) {
          const choice = CHOOSER.choose(market);
          const read = new CandidateTable(1);
          read.add(id, FROM_HISTORY);
          facts.read(choice, read, 0);
          const expected = new CandidateTable(1);
          expected.add(id, FROM_HISTORY);
          readFacts(SEGMENT, factsOf(choice.market), expected, 0, id);
          expected.popularity[0] = popularityIn(SEGMENT, choice, id);
          expect(contentOf(read)).toEqual(contentOf(expected));
          expect(facts.popularityOf(choice, id)).toBe(expected.popularity[0]);
        }
      }),
    );
  });

  it('has the counts of the last hour and day, too', () => {
    const table = new CandidateTable(1);
    table.add(0, FROM_HISTORY);
    new KnownFacts(SEGMENT, factsOf).read(CHOOSER.choose('en-US'), table, 0);
    expect([table.hourCounts[0], table.dayCounts[0], table.weekCounts[0]]).toEqual([4, 16, 64]);
  });
});
