import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../../dictionaries/normalise.ts';
import { Segment } from '../../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../../indexer/segment/segment-builder.ts';
import { Engine } from '../../../../serving/retrieval/engine.ts';
import { ListItems } from '../../../../serving/surfaces/before-typing/list-items.ts';
import type { HistoryEntry } from '../../../../serving/surfaces/before-typing/user-history.ts';
import { manifestFor } from '../../retrieval/manifest-fixture.ts';

const TEXTS = ['Lego castle', 'Lego train', 'castle tour', 'train times', 'Maps', 'porn'];
const RISE = { bits: 20, window: 'day', ratio: 9, perDay: 90 } as const;
const MARKETS = ['en-US', 'de-DE', 'und'] as const;

function contentOf(safety: boolean) {
  const builder = new SegmentBuilder();
  TEXTS.forEach((surface, place) => {
    const markets = [{ market: MARKETS[place % 2]!, score: 100 - place }];
    builder.add({ surface, normalised: normalise(surface), score: 100 - place, markets });
  });
  const segment = Segment.open(builder.finish());
  return { segment, manifest: { ...manifestFor(segment), safety } };
}

function entryOf(surface: string, count: number): HistoryEntry {
  const normalised = normalise(surface);
  const isBlocked = normalised === 'porn';
  return { id: `own-${surface}`, normalised, surface, lastMs: 0, count, isBlocked };
}

describe('ListItems', () => {
  const searches = fc.array(fc.tuple(fc.constantFrom(...TEXTS, 'lego ship'), fc.nat(3)), {
    maxLength: 5,
  });

  it('answers as if it were asked for the first time, whoever asked before', () => {
    let proposed = 0;
    fc.assert(
      fc.property(
        fc.array(searches, { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(2), fc.constantFrom(...MARKETS), fc.constantFrom(1, 2, 4)), {
          minLength: 4,
          maxLength: 20,
        }),
        fc.boolean(),
        (people, asked, safety) => {
          const content = contentOf(safety);
          const engine = new Engine(content.segment, content.manifest);
          const items = new ListItems(content);
          const histories = people.map((own) => own.map(([text, n]) => entryOf(text, 1 + n)));
          const trends = histories.map((entries, version) => ({
            version,
            queries: entries.map(({ normalised, surface }) => {
              return { ...RISE, query: normalised, surface };
            }),
          }));
          for (const [person, market, shown] of asked) {
            const history = histories[person % histories.length]!;
            const trend = trends[person % trends.length]!;
            const anew = new ListItems(content);
            const taste = items.ofTaste(history, market, shown);
            expect(taste).toEqual(anew.ofTaste(history, market, shown));
            expect(items.ofTrends(trend)).toEqual(anew.ofTrends(trend));
            const popular = engine.suggest('', { limit: 4, market });
            expect(items.ofPopular(popular)).toEqual(anew.ofPopular(popular));
            proposed += taste.length;
          }
        },
      ),
    );
    expect(proposed).toBeGreaterThan(100);
  });

  it('shows neither searches nor trends that the blocklist names, unless the index says no safety', () => {
    const history = [entryOf('porn', 1), entryOf('Maps', 1)];
    const trend = { ...RISE, query: 'porn', surface: null };
    for (const safety of [true, false]) {
      const items = new ListItems(contentOf(safety));
      expect(items.showable(history)).toHaveLength(safety ? 1 : 2);
      expect(items.ofTrends({ version: 1, queries: [trend] })).toHaveLength(safety ? 0 : 1);
    }
  });

  it('works a list out once for as long as nothing changes', () => {
    const items = new ListItems(contentOf(true));
    const history = [entryOf('Lego castle', 1)];
    const first = items.ofTaste(history, 'und', 2);
    expect(first.map(({ text }) => text)).toContain('Lego train');
    expect(items.ofTaste(history, 'und', 2)).toBe(first);
    expect(items.ofTaste([...history], 'und', 2)).not.toBe(first);
    expect(items.ofTaste(history, 'de-DE', 2)).not.toEqual(first);
  });
});
