import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FreshIndex } from '../../../../serving/surfaces/live/fresh-index.ts';
import { typedMatcher } from '../../../../serving/surfaces/live/fresh-match.ts';

interface Text {
  readonly normalised: string;
  level: number;
}

/** Texts of an index with room for many, the first the lightest. */
function indexOf(texts: readonly string[]) {
  const index = new FreshIndex<Text>({ most: 4_096, levelOf: ({ level }) => level });
  const all = texts.map((normalised, level) => ({ normalised, level }));
  for (const each of all) index.put(each.normalised, each);
  return { index, all };
}

const found = (index: FreshIndex<Text>, typed: string) =>
  index
    .find(typed)
    .map(({ text }) => text.normalised)
    .sort();

describe('FreshIndex', () => {
  it('finds all that a test of every text finds, while no hundreds hold the typed terms', () => {
    const word = fc.constantFrom('a', 'ab', 'abc', 'b', 'ba', 'c', '東京', '東', 'タワー', 'é');
    const texts = fc.uniqueArray(
      fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
      { maxLength: 60 },
    );
    const typed = fc.tuple(
      fc.array(word, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', ' '),
    );
    let matches = 0;
    fc.assert(
      fc.property(texts, fc.array(typed, { minLength: 5 }), (made, asked) => {
        const { index, all } = indexOf(made);
        for (const [words, end] of asked) {
          const text = words.join(' ') + end;
          const expected = all.filter(({ normalised }) => typedMatcher(text)(normalised) !== null);
          expect(found(index, text)).toEqual(expected.map(({ normalised }) => normalised).sort());
          matches += expected.length;
        }
      }),
    );
    expect(matches).toBeGreaterThan(100);
  });

  it('finds the heaviest of thousands, those that begin with what is typed beside those that hold it', () => {
    const names = Array.from({ length: 2_000 }, (_, i) => `x${i.toString(36)}`);
    const { index, all } = indexOf(names.map((name, i) => (i % 2 ? `${name} pin` : `pin ${name}`)));
    const texts = index.find('pin').map(({ text, match }) => ({ ...text, kind: match.kind }));
    expect(texts.length).toBeLessThan(1_000);
    for (const kind of ['prefix', 'infix']) {
      const levels = texts.filter((each) => each.kind === kind).map(({ level }) => level);
      levels.sort((a, b) => b - a);
      const expected = all
        .filter(({ normalised }) => typedMatcher('pin')(normalised)?.kind === kind)
        .map(({ level }) => level)
        .reverse();
      expect(levels.slice(0, 100)).toEqual(expected.slice(0, 100));
    }
  });

  it('finds what is told apart by a rarer term among thousands that hold the longest', () => {
    const names = Array.from({ length: 2_000 }, (_, i) => `everything n${i}`);
    const { index } = indexOf(names);
    expect(found(index, 'everything n7')).toHaveLength(111);
    expect(found(index, 'n77 everything')).toEqual(names.filter((each) => each.endsWith(' n77')));
  });

  it('finds at once what came or grew heavier, and no more what went, among thousands', () => {
    const names = Array.from({ length: 1_000 }, (_, i) => `pin x${i}`);
    const { index, all } = indexOf(names);
    expect(found(index, 'pin')).not.toContain('pin x3');
    all[3]!.level = 5_000;
    index.touch('pin x3');
    expect(found(index, 'pin')).toContain('pin x3');
    index.put('pin new', { normalised: 'pin new', level: -1 });
    expect(found(index, 'pin')).toContain('pin new');
    for (let i = 1; i < names.length; i++) index.remove(names[i]!);
    expect(found(index, 'pin')).toEqual(['pin new', 'pin x0']);
  });

  it('orders anew when all levels changed', () => {
    const names = Array.from({ length: 1_000 }, (_, i) => `pin x${i}`);
    const { index, all } = indexOf(names);
    // Nothing that changed lately is left to be looked at beside the heaviest.
    for (let i = 0; i < 300; i++) index.touch('pin x999');
    expect(found(index, 'pin')).not.toContain('pin x0');
    for (const each of all) each.level = -each.level;
    index.reorder();
    expect(found(index, 'pin')).toContain('pin x0');
  });
});
