import { describe, expect, it } from 'vitest';
import { loadJapaneseReader } from '../../../indexer/counting/japanese-readings.ts';
import type { CountedCompletion } from '../../../indexer/segment/counted-completion.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { plainEntries, shuffled } from './built-segments.ts';

const out = new Uint32Array(64);

function build(entries: readonly CountedCompletion[]): SegmentBuilder {
  const builder = new SegmentBuilder();
  for (const entry of entries) builder.add(entry);
  return builder;
}

/** The normalised forms whose keys begin with what is typed, best first, each once. */
function typed(segment: Segment, kind: 'pinyin' | 'pinyinInitials' | 'romaji', key: string) {
  const { textKeys } = segment;
  if (textKeys === null) return null;
  const count = textKeys.best(textKeys.prefixRange(kind, key), 64, out);
  const ids = [...out.subarray(0, count)].map((entry) => textKeys.completionAt(entry));
  return [...new Set(ids)].map((id) => segment.normalisedTexts(Uint32Array.of(id), 1)[0]);
}

const CHINESE = ['北京大学', '北京', '上海', 'iphone手机'];

describe('texts in Han and kana', () => {
  it('are found by pinyin, by its initials, and by the pinyin of a later word', () => {
    const segment = Segment.open(build(plainEntries(CHINESE)).finish());
    segment.verify();
    expect(typed(segment, 'pinyin', 'beij')).toEqual(['北京大学', '北京']);
    expect(typed(segment, 'pinyin', 'daxue')).toEqual(['北京大学']);
    expect(typed(segment, 'pinyinInitials', 'bjd')).toEqual(['北京大学']);
    expect(segment.textKeys?.has('romaji')).toBe(false);
  });

  it('have steps that lead from what is typed to the text', () => {
    const segment = Segment.open(build(plainEntries(CHINESE)).finish());
    const { textKeys } = segment;
    expect(textKeys).not.toBeNull();
    if (textKeys === null) return;
    const { low } = textKeys.exactRange('pinyin', 'daxue');
    expect(textKeys.keyAt(low)).toBe('daxue');
    expect(textKeys.startAt(low)).toBe(2);
    expect(textKeys.stepsAt(low)).toEqual([2, 1, 3, 1]);
  });

  it('are read as Japanese in a Japanese market, and where they have kana', async () => {
    const entries = plainEntries(['東京', '東京タワー']);
    expect(build(entries).hasJapanese(null)).toBe(true);
    expect(build(entries.slice(0, 1)).hasJapanese(null)).toBe(false);
    expect(build(entries.slice(0, 1)).hasJapanese('ja-JP')).toBe(true);
    expect(build(plainEntries(['tokyo', 'москва'])).hasJapanese('ja')).toBe(false);

    const japanese = await loadJapaneseReader();
    const inJapan = Segment.open(build(entries).finish({ japanese, market: 'ja' }));
    inJapan.verify();
    expect(typed(inJapan, 'romaji', '')).toEqual(['東京', '東京タワー']);
    expect(inJapan.textKeys?.has('pinyin')).toBe(false);

    const anywhere = Segment.open(build(entries).finish({ japanese, market: null }));
    anywhere.verify();
    expect(typed(anywhere, 'pinyin', 'dongjing')).toEqual(['東京']);
    expect(anywhere.textKeys?.has('romaji')).toBe(true);
  });

  it('take the market in which they are most searched for the one that tells the language', async () => {
    const japanese = await loadJapaneseReader();
    const markets = (ja: number, zh: number) => [
      { market: 'ja-JP', score: ja },
      { market: 'zh-TW', score: zh },
      { market: 'und', score: 100 },
    ];
    const entries = [
      { normalised: '東京', surface: '東京', score: 103, markets: markets(2, 1) },
      { normalised: '大阪', surface: '大阪', score: 102, markets: markets(1, 1) },
      { normalised: '京都', surface: '京都', score: 103, markets: markets(1, 2) },
    ];
    const segment = Segment.open(build(entries).finish({ japanese, market: null }));
    segment.verify();
    expect(typed(segment, 'pinyin', '')).toEqual(['京都']);
    expect(new Set(typed(segment, 'romaji', ''))).toEqual(new Set(['東京', '大阪']));
  });

  it('of a log that is Chinese but for a stray kana are not read as Japanese', async () => {
    const japanese = await loadJapaneseReader();
    const han = [...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于'].map(
      (c) => `${c}天`,
    );
    const segment = Segment.open(
      build(plainEntries([...han, 'さくら'])).finish({ japanese, market: null }),
    );
    segment.verify();
    expect(typed(segment, 'romaji', '')).toEqual(['さくら']);
  });

  it('make the same bytes in any order, and none of plain text', () => {
    const entries = plainEntries([...CHINESE, 'さくら', 'москва']);
    const bytes = build(entries).finish();
    for (let seed = 0; seed < 3; seed++) {
      expect(Buffer.compare(build(shuffled(entries, seed)).finish(), bytes)).toBe(0);
    }
    expect(Segment.open(build(plainEntries(['tokyo', 'москва'])).finish()).textKeys).toBeNull();
  });
});
