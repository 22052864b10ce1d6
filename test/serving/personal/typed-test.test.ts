import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseTyped } from '../../../dictionaries/normalise.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { STARTS_HEAD, startsOf } from '../../../serving/personal/own-starts.ts';
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

  it('is told by the starts of a text as the text itself tells it', () => {
    const words = fc.constantFrom(
      ...WORDS,
      'abcd',
      'abcde',
      'c++',
      'new',
      '東京',
      'é1',
      '😀',
      '한국',
      '\u{20000}',
    );
    const anyText = fc
      .array(fc.tuple(words, fc.constantFrom('', ' ', ' ')), { minLength: 1, maxLength: 5 })
      .map((pieces) => normaliseTyped(pieces.flat().join('').trim()).normalised)
      .filter((text) => text !== '');
    const typedPart = fc
      .tuple(anyText, fc.nat(), fc.nat(), fc.boolean())
      .map(([text, at, length, finished]) => {
        const letters = [...text];
        const from = at % letters.length;
        const part = letters.slice(from, from + 1 + (length % letters.length)).join('');
        return normaliseTyped(`${part.trim()}${finished ? ' ' : ''}`).normalised;
      })
      .filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(anyText, fc.oneof(typedPart, anyText), (text, typed) => {
        const test = new TextTest(typed);
        const starts = startsOf(7, ` ${text} `);
        const held = test.holds(` ${text} `);
        const seen = test.look(starts, STARTS_HEAD, starts.length);
        expect([starts[0], starts[1]]).toEqual([7, starts.length - STARTS_HEAD]);
        if (held !== null) expect(seen).not.toBeNull();
        if (test.isTold) expect(seen).toBe(held);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is told by the starts of a text alone where little was typed', () => {
    expect(new TextTest('new').isTold).toBe(true);
    expect(new TextTest('new ').isTold).toBe(true);
    const starts = startsOf(1, ' the new york news ');
    const look = (typed: string) => new TextTest(typed).look(starts, STARTS_HEAD, starts.length);
    expect(look('t')).toBe('prefix');
    expect(look('new')).toBe('infix');
    expect(look('ork')).toBeNull();
    expect(look('the ')).toBe('prefix');
    expect(look('th ')).toBeNull();
  });

  it('wants a place for each of several terms, in any order', () => {
    expect(new TextTest('york new').holds(' new york ')).toBe('infix');
    expect(new TextTest('new new').holds(' new york ')).toBeNull();
    expect(new TextTest('york ne').holds(' new york ')).toBe('infix');
    expect(new TextTest('york ne').holds(' newcastle york ')).toBe('infix');
    expect(new TextTest('york ne ').holds(' newcastle york ')).toBeNull();
  });
});
