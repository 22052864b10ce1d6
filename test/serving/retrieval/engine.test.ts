import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, normaliseTyped } from '../../../dictionaries/normalise.ts';
import type { CountedCompletion } from '../../../indexer/segment/counted-completion.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { EXACT_ONLY } from '../../support/exact-only.ts';
import { manifestFor } from './manifest-fixture.ts';
import { naiveSuggest } from './naive-suggest.ts';

const ALPHABETS = [
  'ab ',
  'abc de',
  '北京大学 a',
  'กิน้ข า',
  'が手机iphone ',
  'é👨‍👩‍👧🇩🇪a ',
  'aα אב ',
];

/** Short texts over a small alphabet, so that prefixes, repeats and ties abound. */
const texts = fc
  .constantFrom(...ALPHABETS)
  .chain((alphabet) =>
    fc
      .array(fc.constantFrom(...alphabet), { minLength: 1, maxLength: 9 })
      .map((characters) => normalise(characters.join(''))),
  );

interface RawEntry {
  readonly text: string;
  readonly score: number;
  readonly alias: string | null;
  readonly markets: readonly { market: string; score: number }[] | null;
}

const MARKETS = ['de-DE', 'en', 'und'] as const;

function entriesOf(raw: readonly RawEntry[], withMarkets: boolean): CountedCompletion[] {
  const seen = new Set<string>();
  const entries: CountedCompletion[] = [];
  for (const { text, score, alias, markets } of raw) {
    if (text === '' || seen.has(text)) continue;
    seen.add(text);
    const aliases = alias !== null && alias !== '' && alias !== text ? [alias] : [];
    if (!withMarkets) entries.push({ normalised: text, surface: text, score, aliases });
    else {
      const scores = markets ?? [{ market: 'und', score }];
      const merged = scores.reduce((sum, item) => sum + item.score, 0);
      entries.push({ normalised: text, surface: text, score: merged, aliases, markets: scores });
    }
  }
  return entries;
}

const marketScores = fc
  .subarray([...MARKETS], { minLength: 1 })
  .chain((chosen) =>
    fc
      .array(fc.integer({ min: 1, max: 4 }), { minLength: chosen.length, maxLength: chosen.length })
      .map((scores) => chosen.map((market, i) => ({ market, score: scores[i]! }))),
  );

const rawEntries = fc.array(
  fc.record({
    text: texts,
    score: fc.integer({ min: 0, max: 5 }),
    alias: fc.option(texts, { freq: 5 }),
    markets: fc.option(marketScores, { freq: 5 }),
  }),
  { maxLength: 60 },
);

function build(entries: readonly CountedCompletion[]): Segment {
  const builder = new SegmentBuilder();
  for (const entry of entries) builder.add(entry);
  return Segment.open(builder.finish());
}

function answer(engine: Engine, typed: string, limit: number, market?: string) {
  return engine
    .suggest(typed, market === undefined ? { limit } : { limit, market })
    .suggestions.map(({ text, source }) => ({ text, source }));
}

describe('Engine', () => {
  it('answers as the naive oracle does, over random alphabets, aliases and ties', () => {
    fc.assert(
      fc.property(
        rawEntries,
        texts,
        fc.boolean(),
        fc.integer({ min: 1, max: 20 }),
        (raw, typed, space, limit) => {
          const entries = entriesOf(raw, false);
          const segment = build(entries);
          segment.verify();
          const engine = new Engine(segment, manifestFor(segment), EXACT_ONLY);
          const text = space ? `${typed} ` : typed;
          const { normalised } = normaliseTyped(text);
          expect(answer(engine, text, limit)).toEqual(naiveSuggest(entries, normalised, limit));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('answers as the naive oracle does in every market', () => {
    fc.assert(
      fc.property(rawEntries, texts, fc.integer({ min: 1, max: 20 }), (raw, typed, limit) => {
        const entries = entriesOf(raw, true);
        const segment = build(entries);
        segment.verify();
        const engine = new Engine(segment, manifestFor(segment), EXACT_ONLY);
        for (const market of MARKETS) {
          if (market !== 'und' && engine.resolveMarket(market) !== market) continue;
          expect(answer(engine, typed, limit, market)).toEqual(
            naiveSuggest(entries, typed, limit, market),
          );
        }
      }),
      { numRuns: 600 },
    );
  });

  it('finds any typed prefix of every completion, whatever its script', () => {
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 10 }), (list) => {
        const entries = [...new Set(list)]
          .filter((text) => text !== '')
          .map((text, index) => ({ normalised: text, surface: text, score: 100 - index }));
        const engine = new Engine(build(entries), manifestFor(build(entries)), EXACT_ONLY);
        for (const { normalised } of entries) {
          const points = [...normalised];
          for (let length = 1; length <= points.length; length++) {
            const typed = points.slice(0, length).join('');
            if (normaliseTyped(typed).normalised !== typed) continue;
            const found = engine.suggest(typed, { limit: 20 }).suggestions;
            expect(found.map(({ text }) => text)).toContain(normalised);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives non-rising scores in (0, 1] and spans inside the text', () => {
    fc.assert(
      fc.property(rawEntries, texts, (raw, typed) => {
        const segment = build(entriesOf(raw, false));
        const { suggestions } = new Engine(segment, manifestFor(segment), EXACT_ONLY).suggest(
          typed,
          {
            limit: 20,
          },
        );
        let before = 1;
        for (const { score, text, matches } of suggestions) {
          expect(score).toBeLessThanOrEqual(before);
          expect(score).toBeGreaterThan(0);
          before = score;
          let end = 0;
          for (const span of matches) {
            expect(span.start).toBeGreaterThanOrEqual(end);
            expect(span.end).toBeGreaterThan(span.start);
            end = span.end;
          }
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('marks what the typed text accounts for', () => {
    const segment = build([
      { normalised: 'new york', surface: 'New York', score: 5, aliases: ['newyork'] },
      { normalised: 'york castle new', surface: 'York: castle (new)', score: 4 },
      { normalised: 'strasse 8', surface: 'Straße 8', score: 3 },
      { normalised: '北京大学', surface: '北京大学', score: 2 },
    ]);
    const engine = new Engine(segment, manifestFor(segment), EXACT_ONLY);
    const marked = (typed: string) =>
      engine
        .suggest(typed, { limit: 5 })
        .suggestions.map(({ text, matches }) => [
          text,
          ...matches.map((m) => text.slice(m.start, m.end)),
        ]);
    expect(marked('New yo')).toEqual([
      ['New York', 'New Yo'],
      ['York: castle (new)', 'Yo', 'new'],
    ]);
    expect(marked('newyo')).toEqual([['New York', 'New Yo']]);
    expect(marked('stras')).toEqual([['Straße 8', 'Straß']]);
    expect(marked('大学')).toEqual([['北京大学', '大学']]);
    expect(marked('')).toEqual([['New York'], ['York: castle (new)'], ['Straße 8'], ['北京大学']]);
  });

  it('marks what comes closest where the typed spelling was merged into another', () => {
    const aliases = ['cornavirus', 'carona virus'];
    const segment = build([
      { normalised: 'coronavirus', surface: 'Coronavirus', score: 9, aliases },
      {
        normalised: 'news coronavirus',
        surface: 'news coronavirus',
        score: 8,
        aliases: ['cronavirus news'],
      },
    ]);
    const engine = new Engine(segment, manifestFor(segment), { inputMethods: true });
    const marked = (typed: string) => {
      const [first] = engine.suggest(typed, { limit: 1 }).suggestions;
      return first?.matches.map(({ start, end }) => first.text.slice(start, end));
    };
    expect(marked('corna')).toEqual(['Corona']);
    expect(marked('cornavirus ')).toEqual(['Coronavirus']);
    expect(marked('carona vi')).toEqual(['Coronavi']);
    expect(marked('cronavirus ne')).toEqual(['ne', 'coronavirus']);
    expect(marked('ocrnav')).toEqual(['Coronav']);
  });

  it('keeps a finished term apart from longer ones', () => {
    const segment = build([
      { normalised: 'newark', surface: 'newark', score: 9 },
      { normalised: 'new', surface: 'new', score: 5 },
      { normalised: 'new手机', surface: 'new手机', score: 4 },
      { normalised: 'new york', surface: 'new york', score: 3 },
    ]);
    const engine = new Engine(segment, manifestFor(segment), EXACT_ONLY);
    expect(answer(engine, 'new ', 10)).toEqual([
      { text: 'new', source: 'prefix' },
      { text: 'new york', source: 'prefix' },
      { text: 'new手机', source: 'infix' },
    ]);
  });

  it('refuses a limit out of range', () => {
    const segment = build([]);
    const engine = new Engine(segment, manifestFor(segment), EXACT_ONLY);
    expect(() => engine.suggest('a', { limit: 0 })).toThrow('expected a whole number from 1 to 20');
    expect(engine.suggest('a', { limit: 1 }).suggestions).toEqual([]);
    expect(engine.suggest('', { limit: 20 }).suggestions).toEqual([]);
  });
});
