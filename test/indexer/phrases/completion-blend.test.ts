import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CompletionBlend } from '../../../indexer/phrases/completion-blend.ts';
import type { Entity } from '../../../indexer/phrases/phrase-counter.ts';
import type { CountedCompletion } from '../../../indexer/segment/counted-completion.ts';

const MARKETS = ['de-DE', 'en-US', 'und'];

function entity(normalised: string, markets: Record<string, [number, number]>): Entity {
  return {
    normalised,
    surface: normalised,
    aliases: [],
    languages: ['en'],
    markets: Object.entries(markets).map(([market, [creators, freshness]]) => ({
      market,
      creators,
      freshness,
    })),
  };
}

function query(normalised: string, scores: Record<string, number>): CountedCompletion {
  const markets = Object.entries(scores).map(([market, score]) => ({ market, score }));
  return { normalised, surface: normalised, score: sumOf(markets), markets };
}

function sumOf(markets: readonly { readonly score: number }[]): number {
  return markets.reduce((sum, { score }) => sum + score, 0);
}

function blend(entities: readonly Entity[], queries: readonly CountedCompletion[]) {
  const added: CountedCompletion[] = [];
  const all = queries.flatMap(({ markets = [] }) => markets);
  const searched = {
    leastScore: all.length === 0 ? null : Math.min(...all.map(({ score }) => score)),
    markets: [...new Set(all.map(({ market }) => market))],
  };
  const mixed = new CompletionBlend(entities, searched, 'variants', (one) => added.push(one));
  for (const one of queries) mixed.addSearched(one);
  return { added, totals: mixed.finish(), searched: mixed.searched };
}

/** The score in a market's view: rows without market belong to every market, and `und` is all of them. */
function viewScore({ markets = [], score }: CountedCompletion, view: string): number | undefined {
  if (view === 'und') return score;
  const seen = markets.filter(({ market }) => market === view || market === 'und');
  return seen.length === 0 ? undefined : sumOf(seen);
}

const scores = fc.dictionary(
  fc.constantFrom(...MARKETS),
  fc.double({ min: 1e-250, max: 1e9, noNaN: true }),
  { minKeys: 1 },
);
const carriers = fc.dictionary(
  fc.constantFrom(...MARKETS),
  fc.tuple(fc.integer({ min: 1, max: 1_000_000 }), fc.double({ min: 0, max: 1, noNaN: true })),
  { minKeys: 1 },
);

describe('phrases of videos behind searched completions', () => {
  test('score less than every searched completion in every view', () => {
    fc.assert(
      fc.property(
        fc.array(scores, { minLength: 1, maxLength: 8 }),
        fc.array(carriers, { minLength: 1, maxLength: 8 }),
        (searchedScores, carried) => {
          const { added } = blend(
            carried.map((markets, at) => entity(`phrase ${at}`, markets)),
            searchedScores.map((one, at) => query(`query ${at}`, one)),
          );
          for (const view of MARKETS) {
            const of = (kind: string) =>
              added
                .filter((one) => (one.kind ?? 'query') === kind)
                .map((one) => viewScore(one, view))
                .filter((score) => score !== undefined);
            expect(Math.max(-1, ...of('entity'))).toBeLessThan(Math.min(...of('query'), Infinity));
            expect(Math.min(1, ...of('entity'))).toBeGreaterThan(0);
          }
        },
      ),
    );
  });

  test('score less than a phrase searched elsewhere, however few carry that one here', () => {
    const { added } = blend(
      [
        entity('shared', { 'de-DE': [3, 0] }),
        entity('other', { 'de-DE': [900, 900], 'en-US': [900, 900] }),
      ],
      [query('shared', { 'en-US': 4 }), query('q', { 'en-US': 2 })],
    );
    const [shared, q, other] = ['shared', 'q', 'other'].map((name) =>
      added.find(({ normalised }) => normalised === name),
    );
    expect(viewScore(shared!, 'de-DE')).toBeGreaterThan(viewScore(other!, 'de-DE')!);
    expect(viewScore(shared!, 'de-DE')).toBeLessThan(2);
    expect(q!.score).toBeGreaterThan(other!.score);
  });

  test('are ordered by distinct creators, then by how fresh they are', () => {
    const { added } = blend(
      [
        entity('a', { und: [3, 0.5] }),
        entity('b', { und: [4, 0.1] }),
        entity('c', { und: [3, 2.5] }),
      ],
      [query('q', { und: 2 })],
    );
    const order = [...added].sort((a, b) => b.score - a.score).map(({ normalised }) => normalised);
    expect(order).toEqual(['q', 'b', 'c', 'a']);
  });

  test('a phrase that is searched for stays a query and gets nothing where it is searched', () => {
    const { added, totals, searched } = blend(
      [
        entity('funny videos', { 'en-US': [9, 1], 'de-DE': [5, 1] }),
        entity('x', { 'de-DE': [3, 1] }),
      ],
      [query('funny video', { 'en-US': 40 }), query('q', { 'de-DE': 8 })],
    );
    expect(searched).toBe(1);
    expect(added.map(({ normalised, kind }) => [normalised, kind])).toEqual([
      ['funny video', undefined],
      ['q', undefined],
      ['x', 'entity'],
    ]);
    const [first] = added;
    expect(first?.markets?.find(({ market }) => market === 'en-US')?.score).toBe(40);
    const elsewhere = first?.markets?.find(({ market }) => market === 'de-DE')?.score ?? 0;
    expect(elsewhere).toBeGreaterThan(0);
    expect(elsewhere).toBeLessThan(8);
    expect(totals).toEqual({
      completions: 3,
      aliases: 0,
      markets: [
        { market: 'de-DE', completions: 3 },
        { market: 'en-US', completions: 1 },
      ],
    });
  });

  test('one market in all has no scores by market', () => {
    const alone = { normalised: 'q', surface: 'q', score: 4 };
    const { added } = blend([entity('a', { und: [3, 1] })], []);
    expect(added).toEqual([{ normalised: 'a', surface: 'a', kind: 'entity', score: 3 + 0.5 / 3 }]);
    const mixed: CountedCompletion[] = [];
    const both = new CompletionBlend(
      [entity('a', { 'en-US': [3, 1] })],
      { leastScore: 4, markets: ['und'] },
      'variants',
      (one) => mixed.push(one),
    );
    both.addSearched(alone);
    both.finish();
    expect(mixed[0]?.markets).toEqual([{ market: 'und', score: 4 }]);
    expect(mixed[1]?.markets?.map(({ market }) => market)).toEqual(['en-US']);
  });

  test('nothing at all is an empty index', () => {
    expect(blend([], []).totals).toEqual({ completions: 0, aliases: 0, markets: [] });
  });
});
