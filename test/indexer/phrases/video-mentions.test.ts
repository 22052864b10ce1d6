import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import type { VideoRow } from '../../../indexer/input/video-row.ts';
import { findMentions, formOf, SOURCES, wordsOf } from '../../../indexer/phrases/video-mentions.ts';

const NOTHING: VideoRow = {
  atUs: undefined,
  isTimeOfDay: false,
  video: 'v',
  creator: undefined,
  market: undefined,
  title: '',
  tags: [],
  description: '',
};

/** Surfaces by where they stand; the single words of titles are left out unless they stand alone. */
function mentionsOf(row: Partial<VideoRow>, language?: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const mention of findMentions({ ...NOTHING, ...row }, language).mentions) {
    const [name = ''] = Object.entries(SOURCES).find(([, bit]) => bit === mention.source) ?? [];
    if (name === 'title' && wordsOf(mention.phrase).length === 1) continue;
    found[name] = [...(found[name] ?? []), mention.surface];
  }
  return found;
}

describe('what a video carries', () => {
  test('tags whole, and hashtags without their sign wherever they stand', () => {
    const row = {
      tags: ['Ed Sheeran', '#perfect', '#one#two', '#эльдар джарахов', 'yt:stretch=16:9'],
      title: '#Live tonight',
      description: 'more #new_music at https://example.com/#top and x#no',
    };
    const { tag, hashtag } = mentionsOf(row);
    expect(tag).toEqual(['Ed Sheeran', 'эльдар джарахов']);
    expect(hashtag).toEqual(['perfect', 'one', 'two', 'эльдар', 'Live', 'new music']);
  });

  test('titles are cut at marks, never inside words and numbers', () => {
    const { segment } = mentionsOf({
      title: 'Spider-Man: 3.5 Facts | K-Pop (Live) - Sat.1 【渋谷ハロウィン】 Tom & Jerry 🎃 Part',
    });
    expect(segment).toEqual([
      'Spider-Man',
      '3.5 Facts',
      'K-Pop',
      'Live',
      'Sat.1',
      '渋谷ハロウィン',
      'Tom & Jerry',
      'Part',
    ]);
  });

  test('phrases of titles neither end with a function word nor are one and a word', () => {
    const { title, segment } = mentionsOf({ title: 'The House of the Dragon' }, 'en');
    expect(segment).toEqual(['The House of the Dragon']);
    expect(title).toEqual(['House of the Dragon', 'of the Dragon']);
  });

  test('what an artist features with is no part of a phrase', () => {
    expect(mentionsOf({ title: 'Anna Example ft. Ben Sample' }).segment).toEqual([
      'Anna Example',
      'Ben Sample',
    ]);
  });

  test('capitals of a shouted title say nothing of how its words are written', () => {
    expect(mentionsOf({ title: 'RIVER PLATE | NBA', tags: ['TELEVISION'] })).toMatchObject({
      segment: ['river plate', 'NBA'],
      tag: ['television'],
    });
  });

  test('addresses, accounts and personal data carry nothing', () => {
    const found = findMentions(
      {
        ...NOTHING,
        title: 'write to me@example.com | follow @some_body | see www.example.com/x now',
        tags: ['call +49 170 1234567', 'someone@example.org', 'news'],
      },
      'en',
    );
    const texts = found.mentions.map(({ surface }) => surface).join(' ');
    expect(texts).not.toMatch(/example|some_body|1234567/);
    expect(texts).toContain('news');
    expect(found.withPersonalData).toBe(2);
  });

  test('words of scripts without spaces are found and stay together', () => {
    const { mentions, language } = findMentions({ ...NOTHING, title: '渋谷ハロウィンの猫' }, 'ja');
    const forms = mentions.map(({ phrase }) => formOf(phrase));
    expect(language).toBe('ja');
    expect(forms).toContain('渋谷ハロウィン');
    expect(forms).toContain('渋谷ハロウィンの猫');
    expect(forms).not.toContain('渋谷ハロウィンの');
  });

  test('every phrase is the normalised form of its surface', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(text, text, (title, tag) => {
        const { mentions } = findMentions({ ...NOTHING, title, tags: [tag] }, undefined);
        for (const { phrase, surface } of mentions) {
          expect(wordsOf(phrase).every((word) => word !== '')).toBe(true);
          expect(normalise(surface)).toBe(formOf(phrase));
        }
      }),
      { numRuns: 400 },
    );
  });
});
