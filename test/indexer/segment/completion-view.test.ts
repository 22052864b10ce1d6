import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sequenceTerms } from '../../../dictionaries/terms.ts';
import { brandCompletion } from '../../../indexer/segment/completion-id.ts';
import type { CountedCompletion } from '../../../indexer/segment/counted-completion.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { compareTerms } from '../../../indexer/segment/term-dictionary.ts';
import { buildSegment, RICH_ENTRIES } from './built-segments.ts';

const MARKETS = ['de-DE', 'en-US', 'fr', 'und'] as const;

const texts = fc
  .array(fc.constantFrom(...'ab 京é'), { minLength: 1, maxLength: 6 })
  .map((letters) => letters.join('').replace(/ +/g, ' ').trim())
  .filter((text) => text !== '');

const entries = fc
  .uniqueArray(
    fc.record({
      text: texts,
      scores: fc.dictionary(fc.constantFrom(...MARKETS), fc.integer({ min: 0, max: 6 }), {
        minKeys: 1,
      }),
      aliases: fc.array(texts, { maxLength: 1 }),
    }),
    { selector: ({ text }) => text, maxLength: 40 },
  )
  .map((list) =>
    list.map(({ text, scores, aliases }): CountedCompletion => {
      const markets = Object.entries(scores).map(([market, score]) => ({ market, score }));
      const score = markets.reduce((sum, item) => sum + item.score, 0);
      return { normalised: text, surface: text, score, markets, aliases };
    }),
  );

/** What a view holds: every completion with a score there, by falling score and then by terms. */
function membersOf(list: readonly CountedCompletion[], market: string) {
  return list
    .flatMap((entry) => {
      const own = entry.markets?.find((item) => item.market === market)?.score;
      if (own === undefined) return [];
      const unplaced = entry.markets?.find((item) => item.market === 'und')?.score ?? 0;
      return [{ entry, score: market === 'und' ? own : own + unplaced }];
    })
    .sort((a, b) => b.score - a.score || compareForms(a.entry.normalised, b.entry.normalised));
}

function compareForms(a: string, b: string): number {
  const left = sequenceTerms(a);
  const right = sequenceTerms(b);
  const at = left.findIndex((term, i) => term !== right[i]);
  if (at < 0 || at >= right.length) return left.length - right.length;
  return compareTerms(left[at]!, right[at]!);
}

function formOf(segment: Segment, id: number): string {
  return segment.normalisedTexts(Uint32Array.of(id), 1)[0]!;
}

describe('CompletionView', () => {
  it('orders the completions of every market by their score there', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const segment = buildSegment(list);
        segment.verify();
        const tags = new Set(list.flatMap(({ markets }) => markets!.map(({ market }) => market)));
        expect([...segment.markets.keys()]).toEqual(tags.size < 2 ? [] : [...tags].sort());
        for (const [market, view] of segment.markets) {
          const expected = membersOf(list, market);
          expect(view.size).toBe(expected.length);
          expect([...view.scores!]).toEqual(expected.map(({ score }) => score));
          const forms = expected.map((_, rank) => formOf(segment, view.idOf(rank)));
          expect(forms).toEqual(expected.map(({ entry }) => entry.normalised));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('gives the best of any range of places in every market, aliases among them', () => {
    fc.assert(
      fc.property(entries, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 20 }), (list, a, b, k) => {
        const segment = buildSegment(list);
        const low = a % (segment.rows + 1);
        const high = low + (b % (segment.rows - low + 1));
        const inRange = new Set<string>();
        for (let place = low; place < high; place++) {
          inRange.add(formOf(segment, segment.completionOfRow(segment.order.rows[place]!)));
        }
        const found = new Uint32Array(20);
        for (const [market, view] of segment.markets) {
          const count = view.best({ low, high }, k, found);
          const forms = [...found.subarray(0, count)].map((rank) =>
            formOf(segment, view.idOf(rank)),
          );
          const expected = membersOf(list, market)
            .map(({ entry }) => entry.normalised)
            .filter((form) => inRange.has(form));
          expect(forms).toEqual(expected.slice(0, k));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('tells the rank of every completion in every view, and that one is not there', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const segment = buildSegment(list);
        for (const [market, view] of [['und', segment.all] as const, ...segment.markets]) {
          const members =
            view === segment.all
              ? null
              : membersOf(list, market).map((item) => item.entry.normalised);
          for (let id = 0; id < segment.completions; id++) {
            const expected = members === null ? id : members.indexOf(formOf(segment, id));
            expect(view.rankOf(brandCompletion(id))).toBe(expected);
          }
          expect(view.size).toBe(members?.length ?? segment.completions);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('keeps the merged order, with the logarithms of the scores, over all markets', () => {
    const segment = buildSegment(RICH_ENTRIES);
    segment.verify();
    const expected = RICH_ENTRIES.slice().sort(
      (a, b) => b.score - a.score || compareForms(a.normalised, b.normalised),
    );
    expect(expected.map((_, id) => formOf(segment, id))).toEqual(
      expected.map(({ normalised }) => normalised),
    );
    expect([...segment.logScores]).toEqual(
      expected.map(({ score }) => (score > 0 ? Math.fround(Math.log2(score)) : -1100)),
    );
    expect(segment.all.size).toBe(RICH_ENTRIES.length);
    expect(segment.all.idOf(3)).toBe(3);
    expect(segment.all.scores).toBeNull();
  });
});
