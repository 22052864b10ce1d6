import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MentionFinder } from '../../../indexer/events/mention-finder.ts';

const hashOf = (n: number) => createHmac('sha256', 'key').update(`${n}`).digest('base64url');

describe('a finder of mentions', () => {
  it('finds what a plain search finds, whatever the words and the bytes', () => {
    // Few letters, so that beginnings, ends and overlaps of words are everywhere.
    const letters = fc.constantFrom('a', 'b', 'c', 'é', '北', '😀');
    const word = fc.string({ unit: letters, maxLength: 9 });
    const text = fc.string({ unit: letters, maxLength: 60 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), text, (words, inText) => {
        const bytes = Buffer.from(inText);
        const expected = words.some((each) => bytes.includes(each));
        expect(new MentionFinder(words).isIn(bytes)).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds each of a thousand hashes wherever it stands, and no other', () => {
    const hashes = Array.from({ length: 1_000 }, (_, n) => hashOf(n));
    const finder = new MentionFinder(hashes);
    hashes.forEach((hash, n) => {
      const padding = 'x'.repeat(n % 97);
      expect(finder.isIn(Buffer.from(`${padding}${hash}`))).toBe(true);
      expect(finder.isIn(Buffer.from(`${hash}${padding}`))).toBe(true);
      expect(finder.isIn(Buffer.from(`${padding}${hash.slice(0, -1)}`))).toBe(false);
      expect(finder.isIn(Buffer.from(`${padding}${hashOf(n + 1_000)}"`))).toBe(false);
    });
  });

  it('finds nothing of no words', () => {
    expect(new MentionFinder([]).isIn(Buffer.from('anything'))).toBe(false);
  });
});
