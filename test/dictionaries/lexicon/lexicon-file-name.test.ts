import { describe, expect, it } from 'vitest';
import { parseLexiconFileName } from '../../../dictionaries/lexicon/lexicon-file-name.ts';

describe('[MARKET=]FILE', () => {
  it.each([
    ['synonyms.txt', 'und', 'synonyms.txt'],
    ['en-us=synonyms.txt', 'en-US', 'synonyms.txt'],
    ['*=synonyms.txt', 'und', 'synonyms.txt'],
    ['de=a=b.txt', 'de', 'a=b.txt'],
    ['./a=b.txt', 'und', './a=b.txt'],
    ['C:\\a=b', 'und', 'C:\\a=b'],
  ])('takes %j apart', (text, market, file) => {
    expect(parseLexiconFileName(text)).toEqual({ market, file });
  });

  it.each(['', '=file', 'en-US=', 'no market=file', 'a=b.txt'])('refuses %j', (text) => {
    expect(parseLexiconFileName(text)).toBeNull();
  });
});
