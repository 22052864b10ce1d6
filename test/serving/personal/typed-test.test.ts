import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseTyped } from '../../../dictionaries/normalise.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { PrefixTest, TextTest } from '../../../serving/personal/typed-test.ts';
import { locateTyped } from '../../../serving/retrieval/lookup.ts';
import { typedMatcher } from '../../../serving/surfaces/live/fresh-match.ts';

const WORDS = ['a', 'ab', 'abc', 'b', 'ba', '北', '北京', '京', 'é'];
const texts = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 })
  .map((words) => normaliseTyped(words.join(' ')).normalised);
const typedTexts = fc
  .tuple(texts, fc.nat(), fc.boolean())
  .map(
    ([text, at, finished]) =>
      `${text.slice(0, 1 + (at % text.length)).trimEnd()}${finished ? ' ' : ''}`,
  );

describe('what holds a typed text', () => {
  it('is told of completions as the prefix order tells it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(texts, { minLength: 1, maxLength: 12 }),
        typedTexts,
        (all, typed) => {
          const builder = new SegmentBuilder();
          for (const text of all) builder.add({ surface: text, normalised: text, score: 1 });
          const segment = Segment.open(builder.finish());
          const { low, high } = locateTyped(segment, typed);
          const expected = new Set([...segment.order.rows.subarray(low, high)]);
          const test = new PrefixTest(segment, typed);
          for (let id = 0; id < segment.completions; id++) {
            expect(test.isPossible && test.holds(id)).toBe(expected.has(id));
          }
        },
      ),
    );
  });

  it('is told of a text of one typed term as the rules of retrieval tell it', () => {
    fc.assert(
      fc.property(texts, typedTexts, (text, typed) => {
        fc.pre(!typed.trimEnd().includes(' '));
        const expected = typedMatcher(typed)(text)?.kind ?? null;
        expect(new TextTest(typed).holds(` ${text} `)).toBe(expected);
      }),
    );
  });

  it('wants a place for each of several terms, in any order', () => {
    expect(new TextTest('york new').holds(' new york ')).toBe('infix');
    expect(new TextTest('new new').holds(' new york ')).toBeNull();
    expect(new TextTest('york ne').holds(' new york ')).toBe('infix');
    expect(new TextTest('york ne').holds(' newcastle york ')).toBe('infix');
    expect(new TextTest('york ne ').holds(' newcastle york ')).toBeNull();
  });
});
