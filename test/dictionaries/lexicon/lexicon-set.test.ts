import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LexiconSet } from '../../../dictionaries/lexicon/lexicon-set.ts';
import { parseStopWords } from '../../../dictionaries/lexicon/stop-word-file.ts';
import { parseSynonyms } from '../../../dictionaries/lexicon/synonym-file.ts';

function found(set: LexiconSet, market: string, typed: string): string[] {
  return set
    .forMarket(market)
    .replacementsIn(`${typed} `)
    .map(({ text }) => text)
    .sort();
}

const SECTIONS = `
[*]
tv, telly
[en]
tv, television
[en-GB]
tv, box
[zh-Hant]
電視, 電視機
`;

describe('the rules of a market', () => {
  const set = parseSynonyms(SECTIONS, 'f');

  it('are its own and those of all that it falls back to', () => {
    expect(found(set, 'en-GB', 'tv')).toEqual(['box', 'television', 'telly']);
    expect(found(set, 'en-US', 'tv')).toEqual(['television', 'telly']);
    expect(found(set, 'en', 'tv')).toEqual(['television', 'telly']);
    expect(found(set, 'fr-CA', 'tv')).toEqual(['telly']);
    expect(found(set, 'und', 'tv')).toEqual(['telly']);
    expect(found(set, 'zh-Hant-TW', '電視')).toEqual(['電視機']);
    expect(found(set, 'zh-TW', '電視')).toEqual([]);
  });

  it('are one lexicon for all tags that fall back to it', () => {
    expect(set.forMarket('en-US')).toBe(set.forMarket('en'));
    expect(set.forMarket('en-AU-x-mine')).toBe(set.forMarket('en'));
    expect(set.forMarket('en-GB')).not.toBe(set.forMarket('en'));
  });

  it('take * and und for the same', () => {
    const both = parseSynonyms('[*]\na, b\n[und]\na, c', 'f');
    expect(both.markets).toHaveLength(1);
    expect(found(both, 'de', 'a')).toEqual(['b', 'c']);
  });

  it('take tags in any case', () => {
    expect(found(parseSynonyms('[EN-us]\na, b', 'f'), 'en-US', 'a')).toEqual(['b']);
  });
});

describe('two sets together', () => {
  it('hold the rules of both', () => {
    const one = parseSynonyms('[en]\ntv, telly', 'f');
    const other = parseSynonyms('[en]\ntv, television\n[de]\nfernseher, tv', 'f');
    const words = parseStopWords('[en]\nthe', 'f');
    const all = one.plus(other).plus(words).plus(words);
    expect(found(all, 'en', 'tv')).toEqual(['television', 'telly']);
    expect(found(all, 'de', 'fernseher')).toEqual(['tv']);
    expect(all.forMarket('en-US').isStopWord('the')).toBe(true);
    expect(all.markets.map(({ stopWords }) => stopWords)).toEqual([[], ['the']]);
    expect(found(one, 'en', 'tv')).toEqual(['telly']);
  });

  it('are the other one where one is empty', () => {
    const set = parseSynonyms('a, b', 'f');
    expect(set.plus(LexiconSet.EMPTY)).toBe(set);
    expect(LexiconSet.EMPTY.plus(set)).toBe(set);
    expect(parseSynonyms('# nothing', 'f')).toBe(LexiconSet.EMPTY);
  });
});

describe('FORMAT.md', () => {
  const url = new URL('../../../dictionaries/lexicon/FORMAT.md', import.meta.url);
  const blocks = [...readFileSync(url, 'utf8').matchAll(/^```\n([\s\S]*?)^```/gm)].map(
    ([, block = '']) => block,
  );
  const blockWith = (text: string) => blocks.find((block) => block.includes(text)) ?? '';

  it('shows files that are read as it says', () => {
    const set = parseSynonyms(blockWith('東京タワー'), 'f');
    expect(found(set, 'en-GB', 'footy')).toEqual([]);
    expect(found(set, 'en-US', 'footy')).toEqual(['football']);
    expect(found(set, 'ja', '東京タワー')).toEqual(['tokyo tower']);
    expect(parseStopWords(blockWith('der\n'), 'f').forMarket('de').isStopWord('die')).toBe(true);
  });

  it('shows messages as they are', () => {
    const file = '\n\ntelly\n\n\n\n[en_US!]';
    expect(() => parseSynonyms(file, 'synonyms.txt')).toThrow(blockWith('synonyms.txt:3').trim());
  });
});
