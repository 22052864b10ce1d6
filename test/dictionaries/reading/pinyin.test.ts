import { describe, expect, it } from 'vitest';
import {
  beginsSyllable,
  isSyllable,
  pinyinLetters,
  readHan,
  readingsOf,
  withUmlauts,
} from '../../../dictionaries/reading/pinyin.ts';

/** The 6,763 characters of GB 2312. */
function commonCharacters(): string[] {
  const decoder = new TextDecoder('gbk');
  const characters: string[] = [];
  for (let high = 0xb0; high <= 0xf7; high++) {
    for (let low = 0xa1; low <= 0xfe; low++)
      characters.push(decoder.decode(Uint8Array.of(high, low)));
  }
  return characters.filter((character) => /^\p{Script=Han}$/u.test(character));
}

describe('pinyin', () => {
  it('knows the syllables of all common characters but some interjections', () => {
    const characters = commonCharacters();
    expect(characters).toHaveLength(6763);
    const unknown = characters.filter((character) => !readingsOf(character).some(isSyllable));
    expect(unknown.length).toBeLessThanOrEqual(3);
  });

  it('tells whole syllables from beginnings', () => {
    expect(['zhuang', 'lv', 'a', 'er', 'xiong'].every(isSyllable)).toBe(true);
    expect(['zh', 'b', 'zhua', 'xio', 'nv'].every(beginsSyllable)).toBe(true);
    expect(['zh', 'b', 'i', 'v', 'xio', ''].some(isSyllable)).toBe(false);
    expect(['i', 'u', 'v', 'bz', ''].some(beginsSyllable)).toBe(false);
  });

  it('reads a syllable a character, by the phrase, rare characters as themselves', () => {
    expect(readHan('银行')).toEqual(['yin', 'hang']);
    expect(readHan('行李')).toEqual(['xing', 'li']);
    expect(readHan('吕𠮷布')).toHaveLength(3);
    expect(readHan('〇')).toHaveLength(1);
  });

  it('has the common reading of a character first', () => {
    expect(readingsOf('行').slice(0, 2)).toEqual(['xing', 'hang']);
    expect(readingsOf('a')).toEqual(['a']);
    expect(readingsOf('の')).toEqual([]);
  });

  it('writes ü and tones as keys do', () => {
    expect(pinyinLetters('lǜ sè')).toBe('lv se');
    expect(pinyinLetters('lü')).toBe('lv');
    expect(pinyinLetters('jv xv')).toBe('ju xu');
    expect(pinyinLetters('北京')).toBe('北京');
    expect(withUmlauts('luse')).toBe('lvse');
    expect(withUmlauts('lyu')).toBe('lv');
    expect(withUmlauts('luan nuo')).toBe('luan nuo');
  });
});
