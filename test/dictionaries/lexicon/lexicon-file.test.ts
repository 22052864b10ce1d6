import { describe, expect, it } from 'vitest';
import { parseLexiconFile } from '../../../dictionaries/lexicon/lexicon-file.ts';

const NAME = { file: 'old.txt', market: 'fr' };

describe('the bytes of a lexicon file', () => {
  it('are UTF-8 text, of the market that is given with the name', () => {
    const synonyms = parseLexiconFile('synonyms', Buffer.from('\ufeffcafé, 咖啡'), NAME);
    expect(synonyms.markets).toMatchObject([{ market: 'fr', synonyms: [{ kind: 'two-way' }] }]);
    const words = parseLexiconFile('stop-words', Buffer.from('\ufeffà\n'), NAME);
    expect(words.markets).toMatchObject([{ market: 'fr', stopWords: ['à'] }]);
  });

  it('are refused at the first line that is no UTF-8', () => {
    const broken = Buffer.from([0xe9]);
    const bytes = Buffer.concat([Buffer.from('a, b\né, e\n'), broken, Buffer.from(', e\n')]);
    expect(() => parseLexiconFile('synonyms', bytes, NAME)).toThrow(
      'old.txt:3: expected UTF-8 text, got bytes that are not',
    );
    expect(() =>
      parseLexiconFile('stop-words', Buffer.concat([Buffer.from('a\n'), broken]), NAME),
    ).toThrow('old.txt:2: ');
  });

  it('are at most so many', () => {
    const bytes = Buffer.alloc(16 * 1024 * 1024 + 1, ' ');
    expect(() => parseLexiconFile('synonyms', bytes, NAME)).toThrow(
      'old.txt: expected at most 16777216 bytes, got 16777217',
    );
    expect(parseLexiconFile('synonyms', bytes.subarray(1), NAME).isEmpty).toBe(true);
  });
});
