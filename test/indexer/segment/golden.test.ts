/**
 * Segments of every format version, kept for good: they must open, verify and answer as they did when they were written.
 *
 * The one of the version that the builder writes is made anew, after a decision to change the format, by
 *   UPDATE_GOLDEN=1 npx vitest run test/indexer/segment/golden.test.ts
 * Its bytes depend on the dictionaries, too, so that it need not equal what is made today; its sections must.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TermKeyKind } from '../../../dictionaries/reading/term-keys.ts';
import type { TextKeyKind } from '../../../dictionaries/reading/text-keys.ts';
import { brandCompletion } from '../../../indexer/segment/completion-id.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { manifestFor } from '../../serving/retrieval/manifest-fixture.ts';
import { EXACT_ONLY } from '../../support/exact-only.ts';
import { MANY_SCRIPTS, manyScriptsBytes, RICH_ENTRIES } from './built-segments.ts';
import { sectionPlaces } from './damaged-bytes.ts';

function golden(name: string): URL {
  return new URL(`../../golden/${name}`, import.meta.url);
}

function readGolden(name: string): Uint8Array {
  return Uint8Array.from(readFileSync(golden(name)));
}

function readAnswers(name: string): unknown[] {
  return JSON.parse(readFileSync(golden(name), 'utf8')) as unknown[];
}

const TYPED = [
  ...['', 'n', 'new', 'new ', 'new yo', 'newy', 'nyc', 'york new', 'times', 'co', 'é', 'el'],
  ...[
    'str',
    'straße',
    'don',
    "don't",
    'nasa',
    'ǆ',
    '北',
    '北京大',
    '大学',
    '北大',
    '手机',
    'iphone手',
  ],
  ...['ก', 'กินข้าว', '👨‍👩‍👧', 'fam', 'z', 'a', 'nothing'],
];
const MARKETS = ['und', 'en-US', 'de-DE', 'de-AT'];

/** What is found for typed text, in which order, at what score. Which spans match is told by the texts and not by the file. */
function answersOf(segment: Segment): unknown[] {
  const engine = new Engine(segment, manifestFor(segment), EXACT_ONLY);
  return MARKETS.flatMap((market) =>
    TYPED.map((typed) =>
      withoutSpans({ typed, ...engine.suggest(typed, { limit: 5, market }) } as Answer),
    ),
  );
}

interface Answer {
  readonly suggestions: readonly { readonly matches?: unknown }[];
}

function withoutSpans(answer: Answer): unknown {
  const suggestions = answer.suggestions.map(({ matches: _, ...rest }) => rest);
  return JSON.parse(JSON.stringify({ ...answer, suggestions }));
}

describe('the segment kept of format version 1', () => {
  it('opens and verifies', () => {
    const segment = Segment.open(readGolden('segment-v1.ft'));
    segment.verify();
    expect(segment.completions).toBe(RICH_ENTRIES.length);
    expect([...segment.markets.keys()]).toEqual(['de-DE', 'en-US', 'und']);
  });

  it('answers as it did when it was written', () => {
    const recorded = readAnswers('segment-v1.answers.json') as Answer[];
    expect(recorded).toHaveLength(TYPED.length * MARKETS.length);
    expect(recorded.filter(({ suggestions }) => suggestions.length > 0).length).toBeGreaterThan(60);
    const segment = Segment.open(readGolden('segment-v1.ft'));
    expect(answersOf(segment)).toEqual(recorded.map(withoutSpans));
  });

  it('has nothing of what came later', () => {
    const segment = Segment.open(readGolden('segment-v1.ft'));
    const { trie, termKeys, textKeys, lexicon } = segment;
    expect({ trie, termKeys, textKeys, lexicon }).toEqual({
      trie: null,
      termKeys: null,
      textKeys: null,
      lexicon: null,
    });
    for (let id = 0; id < segment.completions; id++) {
      expect(segment.isEntity(brandCompletion(id))).toBe(false);
    }
    const german = segment.markets.get('de-DE');
    const ranks = Array.from({ length: german?.size ?? 0 }, (_, rank) =>
      german?.rankOf(german.idOf(rank)),
    );
    expect(ranks).toEqual([...ranks.keys()]);
    expect(ranks.length).toBeGreaterThan(2);
  });
});

const TERM_LOOKUPS: readonly (readonly [TermKeyKind, string])[] = [
  ...(['fold', 'roman', 'jamo', 'initials', 'emoji', 'sound'] as const).map(
    (kind) => [kind, ''] as const,
  ),
  ...([['fold', 'e'] as const, ['roman', 'c'] as const, ['sound', 'T'] as const] as const),
];
const TEXT_LOOKUPS: readonly (readonly [TextKeyKind, string])[] = [
  ...(['pinyin', 'pinyinInitials', 'romaji'] as const).map((kind) => [kind, ''] as const),
  ['pinyin', 'bei'],
  ['pinyinInitials', 'bj'],
];

/** All that a segment of version 2 tells beyond one of version 1. */
function featuresOf(segment: Segment): unknown[] {
  const { completions, markets, termKeys, textKeys, terms } = segment;
  const entries = new Uint32Array(64);
  const form = (id: number) => segment.normalisedTexts(Uint32Array.of(id), 1)[0];
  const ids = Array.from({ length: completions }, (_, id) => id);
  return [
    { completions: ids.map(form) },
    { entities: ids.filter((id) => segment.isEntity(brandCompletion(id))).map(form) },
    { lexicon: Buffer.from(segment.lexicon ?? []).toString('utf8') },
    ...[...markets].map(([market, view]) => ({
      market,
      ranks: ids.map((id) => view.rankOf(brandCompletion(id))),
    })),
    ...TERM_LOOKUPS.map(([kind, key]) => {
      const range = termKeys?.range(kind, key, 'beginning') ?? { low: 0, high: 0 };
      const count = termKeys?.best(range, 64, entries) ?? 0;
      const found = [...entries.subarray(0, count)].map((entry) => [
        termKeys?.keyAt(entry),
        terms.termText(termKeys?.termAt(entry) ?? 0),
      ]);
      return { kind, key, found };
    }),
    ...TEXT_LOOKUPS.map(([kind, key]) => {
      const range = textKeys?.prefixRange(kind, key) ?? { low: 0, high: 0 };
      const count = textKeys?.best(range, 64, entries) ?? 0;
      const found = [...entries.subarray(0, count)].map((entry) => [
        textKeys?.keyAt(entry),
        form(textKeys?.completionAt(entry) ?? 0),
        textKeys?.startAt(entry),
        textKeys?.stepsAt(entry),
      ]);
      return { kind, key, found };
    }),
  ];
}

if (process.env.UPDATE_GOLDEN === '1') {
  const bytes = manyScriptsBytes();
  writeFileSync(golden('segment-v2.ft'), bytes);
  const lines = featuresOf(Segment.open(bytes)).map((answer) => JSON.stringify(answer));
  writeFileSync(golden('segment-v2.answers.json'), `[\n${lines.join(',\n')}\n]\n`);
}

describe('the segment kept of format version 2', () => {
  it('opens and verifies', () => {
    const segment = Segment.open(readGolden('segment-v2.ft'));
    segment.verify();
    expect(segment.completions).toBe(MANY_SCRIPTS.length);
    expect(segment.trie).not.toBeNull();
  });

  it('answers as it did when it was written', () => {
    const recorded = readAnswers('segment-v2.answers.json');
    expect(recorded.length).toBeGreaterThan(TERM_LOOKUPS.length + TEXT_LOOKUPS.length);
    const segment = Segment.open(readGolden('segment-v2.ft'));
    expect(JSON.parse(JSON.stringify(featuresOf(segment)))).toEqual(recorded);
  });

  it('has the sections that the builder makes today', () => {
    const namesOf = (file: Uint8Array) => sectionPlaces(file).map(({ name }) => name);
    expect(namesOf(readGolden('segment-v2.ft'))).toEqual(namesOf(manyScriptsBytes()));
  });
});
