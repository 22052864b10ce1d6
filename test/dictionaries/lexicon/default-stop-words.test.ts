import { describe, expect, it } from 'vitest';
import { defaultStopWords } from '../../../dictionaries/lexicon/default-stop-words.ts';
import { normalise } from '../../../dictionaries/normalise.ts';

describe('the default stop words of a language', () => {
  it('are there for many languages', () => {
    for (const [language, word] of [
      ['en', 'the'],
      ['de', 'und'],
      ['fr', 'à'],
      ['ru', 'не'],
      ['ar', 'من'],
      ['ja', 'の'],
      ['zh', '的'],
      ['hi', 'में'],
      ['tr', 've'],
      ['vi', 'của'],
    ] as const) {
      expect(defaultStopWords(language), language).toContain(word);
    }
    expect(defaultStopWords('en')).not.toContain('york');
  });

  it('are normalised words', () => {
    for (const language of ['en', 'fr', 'ko', 'th']) {
      for (const word of defaultStopWords(language)) {
        expect(word).not.toBe('');
        expect(normalise(word)).toBe(word);
        expect(word).not.toContain(' ');
      }
    }
    expect(defaultStopWords('en')).toContain('dont');
  });

  it('are prepared once, and none for what is no language of the lists', () => {
    expect(defaultStopWords('en')).toBe(defaultStopWords('en'));
    expect(defaultStopWords('xx').size).toBe(0);
    expect(defaultStopWords('constructor').size).toBe(0);
  });
});
