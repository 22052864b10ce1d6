import { describe, expect, it } from 'vitest';
import { parseStopWords } from '../../../dictionaries/lexicon/stop-word-file.ts';

describe('a stop word file', () => {
  it('has a word a line, by market', () => {
    const set = parseStopWords("The\nDon't\n[de]\nder # and so on\n[th]\nของ", 'f', 'en');
    expect(set.forMarket('en').isStopWord('the')).toBe(true);
    expect(set.forMarket('en').isStopWord('dont')).toBe(true);
    expect(set.forMarket('en').isStopWord('der')).toBe(false);
    expect(set.forMarket('de-AT').isStopWord('der')).toBe(true);
    expect(set.forMarket('th-TH').isStopWord('ของ')).toBe(true);
    expect(set.forMarket('fr').hasStopWords).toBe(false);
    expect(set.forMarket('de').hasStopWords).toBe(true);
  });

  it.each([
    ['of the', "expected one word on a line, got 'of the'"],
    ['a, the', "expected one word on a line, got 'a, the'"],
    ['...', "expected a term with a letter, digit or picture, got '...'"],
    ['x'.repeat(200), 'expected a term of at most 128 code points, got 200'],
    ['[x y]', "expected a market such as [en-US], [en] or [*], got '[x y]'"],
  ])('refuses %j', (line, message) => {
    expect(() => parseStopWords(`a\n${line}`, 'stop.txt')).toThrow(`stop.txt:2: ${message}`);
  });

  it('refuses more words than a file may have', () => {
    expect(() => parseStopWords('a\n'.repeat(100_001), 'stop.txt')).toThrow(
      'stop.txt:100001: expected at most 100000 stop words, got more',
    );
  });
});
