/**
 * A segment of format version 1, kept for good: it must open, verify and answer as it did when it was written, and, while
 * version 1 is what the builder writes, equal what it makes today.
 *
 * Written anew, after a decision to change the format, by
 *   UPDATE_GOLDEN=1 npx vitest run test/indexer/segment/golden.test.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Segment } from '../../../indexer/segment/segment.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { manifestFor } from '../../serving/retrieval/manifest-fixture.ts';
import { RICH_ENTRIES, segmentBytes } from './built-segments.ts';

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
  const engine = new Engine(segment, manifestFor(segment));
  return MARKETS.flatMap((market) =>
    TYPED.map((typed) => ({ typed, ...engine.suggest(typed, { limit: 5, market }) })),
  );
}

if (process.env.UPDATE_GOLDEN === '1') {
  const bytes = segmentBytes(RICH_ENTRIES);
  writeFileSync(SEGMENT_FILE, bytes);
  const lines = answersOf(Segment.open(bytes)).map((answer) => JSON.stringify(answer));
  writeFileSync(ANSWERS_FILE, `[\n${lines.join(',\n')}\n]\n`);
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

  it('is what the builder makes today, byte for byte', () => {
    const made = segmentBytes(RICH_ENTRIES);
    const golden = readGolden();
    const differing = made.findIndex((byte, at) => byte !== golden[at]);
    expect({ length: made.length, differing }).toEqual({ length: golden.length, differing: -1 });
  });
});
