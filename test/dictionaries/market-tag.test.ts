import { describe, expect, it } from 'vitest';
import { canonicalMarket, fallbackTags } from '../../dictionaries/market-tag.ts';

describe('canonicalMarket', () => {
  it.each([
    ['en-us', 'en-US'],
    ['ZH-hant-tw', 'zh-Hant-TW'],
    ['und', 'und'],
    ['de', 'de'],
    ['zh-YUE', 'zh-yue'],
    ['x-Private', 'x-private'],
    ['i-klingon', 'i-klingon'],
    ['en-GB-oed', 'en-gb-oed'],
  ])('writes %s as %s, again and again', (tag, canonical) => {
    expect(canonicalMarket(tag)).toBe(canonical);
    expect(canonicalMarket(tag)).toBe(canonical);
  });

  it('gives null for a malformed tag', () => {
    for (const tag of [
      '',
      'e',
      'en_US',
      'en-',
      '*',
      'x',
      'i-none',
      'en--us',
      'abcdefghi',
      'en us',
      'zh-yue-',
      'root',
      'é',
    ])
      expect(canonicalMarket(tag)).toBeNull();
  });

  it('forgets tags rather than grow without bound, and goes on', () => {
    for (let i = 0; i < 2_000; i++) {
      const tag = `en-x-${i.toString(36)}`;
      expect(canonicalMarket(tag)).toBe(tag);
    }
    expect(canonicalMarket('en-us')).toBe('en-US');
  });
});

describe('fallbackTags', () => {
  it.each([
    ['en-GB', ['en-GB', 'en', 'und']],
    ['zh-Hant-TW', ['zh-Hant-TW', 'zh-Hant', 'zh', 'und']],
    ['en-AU-x-mine', ['en-AU-x-mine', 'en-AU', 'en', 'und']],
    ['x-private', ['x-private', 'und']],
    ['und', ['und']],
  ])('shortens %s subtag by subtag', (tag, tags) => {
    expect(fallbackTags(tag)).toEqual(tags);
  });
});
