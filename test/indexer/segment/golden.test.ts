/** A segment of format version 1, kept for good: it must open, verify and answer as it did when it was written. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Segment } from '../../../indexer/segment/segment.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { manifestFor } from '../../serving/retrieval/manifest-fixture.ts';
import { EXACT_ONLY } from '../../support/exact-only.ts';
import { RICH_ENTRIES } from './built-segments.ts';

const SEGMENT_FILE = new URL('../../golden/segment-v1.ft', import.meta.url);
const ANSWERS_FILE = new URL('../../golden/segment-v1.answers.json', import.meta.url);

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

function answersOf(segment: Segment): unknown[] {
  const engine = new Engine(segment, manifestFor(segment), EXACT_ONLY);
  return MARKETS.flatMap((market) =>
    TYPED.map((typed) => ({ typed, ...engine.suggest(typed, { limit: 5, market }) })),
  );
}

function readGolden(): Uint8Array {
  return Uint8Array.from(readFileSync(SEGMENT_FILE));
}

describe('the segment kept of format version 1', () => {
  it('opens and verifies', () => {
    const segment = Segment.open(readGolden());
    segment.verify();
    expect(segment.completions).toBe(RICH_ENTRIES.length);
    expect([...segment.markets.keys()]).toEqual(['de-DE', 'en-US', 'und']);
  });

  it('answers as it did when it was written', () => {
    const recorded = JSON.parse(readFileSync(ANSWERS_FILE, 'utf8')) as { suggestions: unknown[] }[];
    expect(recorded).toHaveLength(TYPED.length * MARKETS.length);
    expect(recorded.filter(({ suggestions }) => suggestions.length > 0).length).toBeGreaterThan(60);
    expect(JSON.parse(JSON.stringify(answersOf(Segment.open(readGolden()))))).toEqual(recorded);
  });
});
