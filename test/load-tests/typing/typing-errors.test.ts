import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../load-tests/micro/seeded-random.ts';
import { neighbouringKeys } from '../../../load-tests/typing/keyboard.ts';
import {
  ERROR_KINDS,
  ErrorDeck,
  type ErrorKind,
  mistype,
  type PlannedError,
} from '../../../load-tests/typing/typing-errors.ts';

const HUNDRED = 100;

describe('the deck of errors', () => {
  it('deals each kind in its share, and a tenth of each in the first letter, exactly in every hundred', () => {
    const deck = new ErrorDeck(seededRandom(5));
    for (let hundreds = 0; hundreds < 3; hundreds++) {
      const dealt = Array.from({ length: HUNDRED }, () => deck.deal(1)).flat();
      const shares = ERROR_KINDS.map((kind) => [
        kind,
        dealt.filter((error) => error.kind === kind).length,
        dealt.filter((error) => error.kind === kind && error.isFirst).length,
      ]);
      expect(shares).toEqual([
        ['neighbour', 40, 4],
        ['omission', 20, 2],
        ['doubling', 20, 2],
        ['transposition', 20, 2],
      ]);
    }
  });

  it('keeps the shares when it deals two at a time, never both in the first letter', () => {
    const deck = new ErrorDeck(seededRandom(6));
    const hands = Array.from({ length: 20 * HUNDRED }, () => deck.deal(2));
    for (const hand of hands) {
      expect(hand.filter(({ isFirst }) => isFirst).length).toBeLessThanOrEqual(1);
    }
    const dealt = hands.flat();
    const share = (of: (error: PlannedError) => boolean) => dealt.filter(of).length / dealt.length;
    expect(share(({ kind }) => kind === 'neighbour')).toBeCloseTo(0.4, 2);
    expect(share(({ kind }) => kind === 'omission')).toBeCloseTo(0.2, 2);
    expect(share(({ isFirst }) => isFirst)).toBeCloseTo(0.1, 2);
  });

  it('deals in another order for another seed, in the same for the same', () => {
    const deal = (seed: number) => new ErrorDeck(seededRandom(seed)).deal(1);
    const order = (seed: number) => {
      const deck = new ErrorDeck(seededRandom(seed));
      return Array.from({ length: HUNDRED }, () => deck.deal(1));
    };
    expect(deal(1)).toEqual(deal(1));
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
  });
});

/** What each kind makes of a text at a place, told plainly. */
function outcomesOf(text: string, kind: ErrorKind, at: number): string[] {
  const [before, letter, after] = [text.slice(0, at), text[at] ?? '', text.slice(at + 1)];
  switch (kind) {
    case 'neighbour':
      return neighbouringKeys(letter).map((key) => before + key + after);
    case 'omission':
      return [before + after];
    case 'doubling':
      return [before + letter + letter + after];
    case 'transposition':
      return after === '' ? [] : [before + after[0] + letter + after.slice(1)];
  }
}

const texts = fc.string({ unit: fc.constantFrom(...'abelow 7'), minLength: 1, maxLength: 14 });
const kinds = fc.constantFrom(...ERROR_KINDS);
const lengths = fc.option(fc.integer({ min: 1, max: 10 }));

describe('one error', () => {
  it('is one of its kind at one letter, the first or another as planned, within the cut and seen', () => {
    fc.assert(
      fc.property(
        texts,
        kinds,
        fc.boolean(),
        lengths,
        fc.nat(),
        (text, kind, isFirst, cut, seed) => {
          const typed = mistype(text, [{ kind, isFirst }], cut, seededRandom(seed));
          if (typed === undefined) return;
          const places = [...text].flatMap((letter, at) =>
            /[a-z]/.test(letter) && (at === 0) === isFirst && at < (cut ?? text.length) ? [at] : [],
          );
          const possible = places.flatMap((at) => outcomesOf(text, kind, at));
          expect(possible.map((each) => each.slice(0, cut ?? undefined))).toContain(typed);
          expect(text.startsWith(typed)).toBe(false);
          if (cut !== null) expect(typed).toHaveLength(cut);
        },
      ),
    );
  });

  it('is found wherever the text has one place for it', () => {
    const type = (text: string, kind: ErrorKind, isFirst: boolean, cut: number | null) =>
      mistype(text, [{ kind, isFirst }], cut, seededRandom(1));
    expect(type('ab', 'omission', true, null)).toBe('b');
    expect(type('abc', 'omission', false, null)).toBe('ac');
    expect(type('ab', 'transposition', true, null)).toBe('ba');
    expect(type('1ab2', 'transposition', false, null)).toBe('1ba2');
    expect(type('a1', 'doubling', true, null)).toBe('aa1');
    expect(type('m1', 'neighbour', true, null)).toMatch(/^[njk]1$/);
    expect(type('hello', 'omission', true, 3)).toBe('ell');
    expect(type('hello', 'doubling', true, 3)).toBe('hhe');
  });

  it('finds no place where none would be seen', () => {
    const type = (text: string, kind: ErrorKind, isFirst: boolean, cut: number | null) =>
      mistype(text, [{ kind, isFirst }], cut, seededRandom(1));
    // Digits, spaces and marks are not mistyped.
    for (const kind of ERROR_KINDS) expect(type('42 7', kind, false, null)).toBeUndefined();
    expect(type('4a', 'neighbour', true, null)).toBeUndefined();
    // Two equal letters in the wrong order are in the right one, and a last letter left out is a beginning.
    expect(type('aaa', 'transposition', false, null)).toBeUndefined();
    expect(type('aaaa', 'omission', false, null)).toBeUndefined();
    expect(type('ab', 'omission', false, null)).toBeUndefined();
    // Too short for the cut after the omission.
    expect(type('hello', 'omission', true, 5)).toBeUndefined();
    // The error would lie past the cut.
    expect(type('abc', 'doubling', true, 1)).toBeUndefined();
    expect(type('abc', 'transposition', false, 2)).toBeUndefined();
  });
});

describe('two errors', () => {
  it('are at different places: the outcome is that of one error after the other, and of neither alone', () => {
    fc.assert(
      fc.property(texts, kinds, kinds, fc.nat(), (text, one, other, seed) => {
        const plans = [one, other].map((kind) => ({ kind, isFirst: false }));
        const typed = mistype(text, plans, null, seededRandom(seed));
        if (typed === undefined) return;
        const all = (from: string, kind: ErrorKind) =>
          Array.from(from).flatMap((_, at) => outcomesOf(from, kind, at));
        const both = [
          ...all(text, one).flatMap((once) => all(once, other)),
          ...all(text, other).flatMap((once) => all(once, one)),
        ];
        expect(both).toContain(typed);
        expect(text.startsWith(typed)).toBe(false);
      }),
    );
  });

  it('never undo each other', () => {
    for (let seed = 0; seed < 300; seed++) {
      const plans: PlannedError[] = [
        { kind: 'omission', isFirst: false },
        { kind: 'doubling', isFirst: false },
      ];
      const typed = mistype('hello', plans, null, seededRandom(seed));
      expect(typed).not.toBe('hello');
      expect(['helo', 'helllo']).not.toContain(typed);
    }
  });
});
