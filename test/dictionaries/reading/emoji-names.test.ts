import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { emojiNames } from '../../../dictionaries/reading/emoji-names.ts';
import { termKeys } from '../../../dictionaries/reading/term-keys.ts';

const namesOf = (emoji: string) => emojiNames(normalise(emoji));

describe('emojiNames', () => {
  it('has the name in one word, its words, then keywords', () => {
    expect(namesOf('❤️').slice(0, 4)).toEqual(['redheart', 'red', 'heart', 'love']);
    expect(namesOf('🎂')).toEqual(
      expect.arrayContaining(['birthdaycake', 'birthday', 'cake', 'party']),
    );
    expect(namesOf('🇩🇪')).toEqual(expect.arrayContaining(['germany', 'flag']));
    expect(namesOf('😂')).toEqual(expect.arrayContaining(['tears', 'joy', 'laughing']));
  });

  it('falls back to the base of skin tones, genders and sequences', () => {
    expect(namesOf('👍🏽')).toEqual(namesOf('👍'));
    expect(namesOf('👍🏽')).toContain('thumbsup');
    expect(namesOf('👩🏿‍💻')).toContain('developer');
    expect(namesOf('🫅‍♀️')).toEqual(namesOf('🫅'));
    expect(namesOf('🫅').length).toBeGreaterThan(0);
    expect(namesOf('🐶‍🎂')).toEqual(namesOf('🐶'));
  });

  it('leaves out smileys and small words, and writes without accents', () => {
    const all = ['😀', '😂', '❤️', '🥐', '🧑‍🎓', '☎️', '🥞', '🇺🇸', '🕛', '🧉', '👨‍❤️‍👨', '📯'].flatMap(
      namesOf,
    );
    for (const name of all) expect(name).toMatch(/^(?:[a-z0-9]{2,}|\d)$/);
    expect(namesOf('😂')).not.toContain('of');
    expect(namesOf('🥐')).toContain('croissant');
  });

  it('gives 12 names at most, each once, and none for a word', () => {
    for (const emoji of ['😂', '👩‍💻', '🏳️‍🌈']) {
      expect(namesOf(emoji).length).toBeLessThanOrEqual(12);
      expect(new Set(namesOf(emoji)).size).toBe(namesOf(emoji).length);
    }
    for (const term of ['', 'heart', '北', '3']) expect(emojiNames(term)).toEqual([]);
  });

  it('makes the keys of an emoji term', () => {
    expect(termKeys(normalise('❤️'))).toContainEqual({ kind: 'emoji', key: 'redheart' });
  });
});
