import { describe, expect, it } from 'vitest';
import { readSearchedText } from '../../../../dictionaries/searched-text.ts';
import type { Manifest } from '../../../../indexer/segment/manifest.ts';
import { Segment } from '../../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../../indexer/segment/segment-builder.ts';
import { Engine } from '../../../../serving/retrieval/engine.ts';
import type { Suggestion } from '../../../../serving/suggest-engine.ts';
import type { Suppression } from '../../../../serving/suppression.ts';
import { BeforeTyping } from '../../../../serving/surfaces/before-typing/before-typing.ts';
import { TrendingStore } from '../../../../serving/surfaces/live/trending-store.ts';
import { manifestFor } from '../../retrieval/manifest-fixture.ts';

const DAY_MS = 24 * 3_600_000;
const START_MS = Date.parse('2026-05-01T00:00:00Z');
const END_MS = START_MS + 20 * DAY_MS + 3_600_000;
const TEXTS = ['facebook', 'weather', 'news', 'lego castle', 'maps', 'mail'];

/** A list with something of every source, for somebody who searched for lego; or for nobody, of what is searched most alone. */
function listFor(
  user: string | null,
  { isSuppressed, group = 'surface' }: { isSuppressed?: Suppression; group?: Manifest['group'] },
): ReadonlyMap<string, string> {
  const builder = new SegmentBuilder();
  TEXTS.forEach((text, place) => {
    builder.add({ surface: text, normalised: text, score: 100 - place });
  });
  const segment = Segment.open(builder.finish());
  const manifest = { ...manifestFor(segment), minUsers: 5, group };
  const trending = new TrendingStore();
  const entry = { id: 'own', normalised: 'lego zorkmids', surface: 'lego zorkmids', count: 1 };
  const beforeTyping = new BeforeTyping({
    ...{ trending, isSuppressed, nowMs: () => END_MS, hashSession: (session) => session },
    hashUser: (name) => name,
    history: {
      recent: (name) => (name === 'ann' ? [{ ...entry, lastMs: END_MS, isBlocked: false }] : []),
      isRemoved: () => false,
      hasRemovals: () => false,
    },
    editorial: () =>
      [user === null ? null : readSearchedText('winter sports')].filter((text) => text !== null),
  });
  beforeTyping.useSnapshot({ segment, manifest });
  let events = 0;
  const search = (name: string, atMs: number, query: string) => {
    const event = { type: 'search' as const, eventId: `e${events++}`, atMs, query };
    trending.apply({ event, arrivedMs: atMs, user: name, session: null, market: 'und' });
  };
  for (let i = 0; i < 200 && user !== null; i++)
    search(`u${i % 40}`, START_MS + (i * DAY_MS) / 10, TEXTS[i % 3]!);
  for (let i = 0; i < 8 && user !== null; i++)
    search(`b${i}`, END_MS - (9 - i) * 60_000, 'power cut');
  const onVideo: Suggestion[] = [
    { id: 'v', text: 'mail', kind: 'query', source: 'video', score: 1, matches: [] },
  ];
  const engine = new Engine(segment, manifest);
  const { suggestions } = beforeTyping.answer(
    { market: 'und', limit: 10, onVideo: user === null ? [] : onVideo },
    { user, session: null },
    (limit) => engine.suggest('', { limit }),
  );
  return new Map(suggestions.map(({ text, source }) => [text, source]));
}

const SHOWN = [
  ['history', 'lego zorkmids'],
  ['video', 'mail'],
  ['trending', 'power cut'],
  ['taste', 'lego castle'],
  ['editorial', 'winter sports'],
  ['editorial', 'facebook'],
] as const;

describe('a text that a rule holds back, before anything is typed', () => {
  it.each(SHOWN)('is not shown by %s: %s', (source, text) => {
    expect(listFor('ann', {}).get(text)).toBe(source);
    const held = listFor('ann', {
      isSuppressed: (normalised, market) => market === 'und' && normalised === text,
    });
    expect(held.has(text)).toBe(false);
    expect(held.size).toBeGreaterThan(4);
  });

  it.each(['surface', 'none'] as const)('is not shown to nobody in particular: %s', (group) => {
    expect(listFor(null, { group }).has('facebook')).toBe(true);
    const isSuppressed = (normalised: string) => normalised === 'facebook';
    const held = listFor(null, { group, isSuppressed });
    expect(held.has('facebook')).toBe(false);
    expect([...held.keys()]).toEqual(TEXTS.filter((text) => text !== 'facebook'));
  });
});
