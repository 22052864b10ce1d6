import { describe, expect, it } from 'vitest';
import { MOST_VIDEO_WORDS, VideoWords } from '../../../dictionaries/video-text/video-words.ts';

const weightOf = (words: VideoWords, word: string) =>
  words.words.find((each) => each.word === word)?.weight ?? 0;

describe('words of a video', () => {
  it('weigh by where they stand, title before tags before description before what is said around it', () => {
    const words = new VideoWords({
      title: 'Alpha',
      tags: ['beta'],
      description: 'gamma',
      comments: ['delta'],
    });
    const weights = ['alpha', 'beta', 'gamma', 'delta'].map((word) => weightOf(words, word));
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    expect(new Set(weights).size).toBe(4);
  });

  it('count repeats in comments, and not in the title', () => {
    const once = new VideoWords({ title: 'x', comments: ['delta'] });
    const often = new VideoWords({ title: 'x', comments: ['delta delta', 'delta'] });
    expect(weightOf(often, 'delta')).toBeGreaterThan(weightOf(once, 'delta'));
    expect(weightOf(new VideoWords({ title: 'x x x' }), 'x')).toBe(1);
  });

  it('are cut in every script, and read up to a bound', () => {
    expect(new VideoWords({ title: '東京ラーメン' }).words.map(({ word }) => word)).toContain(
      'ラーメン',
    );
    expect(new VideoWords({ title: '' }).words).toEqual([]);
    const many = Array.from({ length: 3_000 }, (_, i) => `w${i}`).join(' ');
    const long = new VideoWords({ title: many, transcript: many, comments: [many] });
    expect(long.words.length).toBe(MOST_VIDEO_WORDS);
    expect(long.titleWords.length).toBeLessThan(300);
  });
});
