import { ContainerBuilder } from '../../../indexer/segment/container.ts';
import type { CountedCompletion } from '../../../indexer/segment/counted-completion.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';

/** The bytes that the builder makes of `entries`, added in this order. */
export function segmentBytes(entries: readonly CountedCompletion[]): Uint8Array {
  const builder = new SegmentBuilder();
  for (const entry of entries) builder.add(entry);
  return builder.finish();
}

export function buildSegment(entries: readonly CountedCompletion[]): Segment {
  return Segment.open(segmentBytes(entries));
}

/** Completions that are shown as they are compared, by falling score. */
export function plainEntries(texts: readonly string[]): CountedCompletion[] {
  return texts.map((text, place) => ({
    normalised: text,
    surface: text,
    score: texts.length - place,
  }));
}

/** A container of one structure's sections, opened. */
export function sectionsOf(write: (builder: ContainerBuilder) => void): Uint8Array {
  const builder = new ContainerBuilder();
  write(builder);
  return builder.finish();
}

/** A copy at the start of a buffer of its own, as a file that is read whole has it. */
export function copyOf(bytes: Uint8Array, end = bytes.length): Uint8Array {
  return Uint8Array.from(bytes.subarray(0, end));
}

/** Numbers from 0 below 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The items in a seeded order. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  const order = items.slice();
  for (let i = order.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  return order;
}

/**
 * A small segment with everything in it: aliases, three markets, patterns of several case styles, literals, ties, joined
 * terms, astral characters.
 */
export const RICH_ENTRIES: readonly CountedCompletion[] = [
  entry('new york', 'New York', { 'en-US': 40, und: 3 }, ['newyork', 'nyc']),
  entry('new york times', 'new york times', { 'en-US': 22 }),
  entry('york', 'York', { 'en-US': 4, 'de-DE': 2 }),
  entry('angular core', '@angular/core', { und: 12 }),
  entry('élan vital', 'Élan Vital', { 'de-DE': 7 }),
  entry('strasse 8', 'Straße 8', { 'de-DE': 9, und: 1 }, ['str 8']),
  entry('dont stop', "Don't Stop", { 'en-US': 6 }),
  entry('nasa', 'NASA', { 'en-US': 6, 'de-DE': 6 }),
  entry('ǆep', 'ǅep', { und: 2 }),
  entry('北京大学', '北京大学', { und: 8 }, ['北大']),
  entry('北京', '北京', { und: 8 }),
  entry('iphone手机', 'iPhone手机', { und: 5, 'en-US': 1 }),
  entry('กินข้าว', 'กินข้าว', { und: 1 }),
  entry('👨‍👩‍👧 family', '👨‍👩‍👧 FAMILY', { 'en-US': 1 }),
  entry('zebra', 'zebra', { 'de-DE': 0 }),
  entry('a', 'A', { und: 0.25 }),
];

/** The above and what came with format version 2: entities, terms of many scripts with other ways of writing them, texts with readings. */
export const MANY_SCRIPTS: readonly CountedCompletion[] = [
  ...RICH_ENTRIES,
  entry('москва погода', 'Москва погода', { und: 10 }),
  entry('αθήνα', 'Αθήνα', { und: 4 }),
  entry('서울 날씨', '서울 날씨', { und: 7 }),
  entry('दिल्ली', 'दिल्ली', { und: 3 }),
  entry('القاهرة', 'القاهرة', { und: 3 }),
  entry('東京タワー', '東京タワー', { 'ja-JP': 6 }, ['東京塔']),
  entry('さくら', 'さくら', { 'ja-JP': 2 }),
  entry('臺北', '臺北', { 'zh-TW': 5 }),
  entry('pizza 🍕', 'Pizza 🍕', { 'en-US': 2 }),
  { ...entry('taylor swift', 'Taylor Swift', { 'en-US': 3 }), kind: 'entity' },
  { ...entry('crème brûlée', 'Crème Brûlée', { und: 2 }), kind: 'entity' },
];

/** A segment of `MANY_SCRIPTS` with a lexicon and a section of every kind. */
export function manyScriptsBytes(): Uint8Array {
  const builder = new SegmentBuilder();
  for (const item of MANY_SCRIPTS) builder.add(item);
  builder.setLexicon(Buffer.from('{"synonyms":[]}'));
  return builder.finish();
}

function entry(
  normalised: string,
  surface: string,
  scores: Readonly<Record<string, number>>,
  aliases: readonly string[] = [],
): CountedCompletion {
  const markets = Object.entries(scores).map(([market, score]) => ({ market, score }));
  const score = markets.reduce((sum, item) => sum + item.score, 0);
  return { normalised, surface, score, aliases, markets };
}
