import { isUnspaced } from '../../../../dictionaries/terms.ts';
import {
  ERROR_BITS,
  extraBits,
  omissionBits,
  substitutionBits,
} from '../../../../dictionaries/typing/error-model.ts';
import type { Keyboard } from '../../../../dictionaries/typing/keyboard.ts';
import { admitsLetter } from '../../../../dictionaries/typing/plain-letter.ts';
import type { Segment } from '../../../../indexer/segment/segment.ts';
import { gradeOf, leastIdOf } from '../../../../indexer/segment/term-trie-nodes.ts';
import type { FuzzyTerm } from '../../../../serving/retrieval/fuzzy/fuzzy-terms.ts';

/** What corrections are, by trying every term: slow, and written from the rules alone. */
export interface OracleOptions {
  readonly maxEdits: 1 | 2;
  readonly keyboard: Keyboard;
  readonly limit: number;
  readonly floor?: number;
}

const SPREAD_BITS = 12;

export function codesOf(text: string): number[] {
  return [...text].map((letter) => letter.codePointAt(0)!);
}

/** Optimal string alignment by recursion over the ends: the least sum of what `cost` says of each error. */
function align(
  word: readonly number[],
  text: readonly number[],
  band: number,
  cost: (kind: 'substitution' | 'omission' | 'extra' | 'swap', i: number, j: number) => number,
): number {
  const known = new Map<number, number>();
  const least = (i: number, j: number): number => {
    if (i < 0 || j < 0 || Math.abs(i - j) > band) return Infinity;
    if (i === 0 && j === 0) return 0;
    const key = i * 1000 + j;
    const before = known.get(key);
    if (before !== undefined) return before;
    const ways = [Infinity];
    if (i > 0 && j > 0) {
      const isSame = admitsLetter(word[i - 1]!, text[j - 1]!);
      ways.push(least(i - 1, j - 1) + (isSame ? 0 : cost('substitution', i, j)));
    }
    if (j > 0) ways.push(least(i, j - 1) + cost('omission', i, j));
    if (i > 0) ways.push(least(i - 1, j) + cost('extra', i, j));
    const swapped =
      i > 1 &&
      j > 1 &&
      admitsLetter(word[i - 1]!, text[j - 2]!) &&
      admitsLetter(word[i - 2]!, text[j - 1]!);
    if (swapped) ways.push(least(i - 2, j - 2) + cost('swap', i, j));
    const result = Math.min(...ways);
    known.set(key, result);
    return result;
  };
  return least(word.length, text.length);
}

export function errorsBetween(word: readonly number[], text: readonly number[]): number {
  return align(word, text, Infinity, () => 1);
}

export function bitsBetween(
  word: readonly number[],
  text: readonly number[],
  keyboard: Keyboard,
  band: number,
): number {
  return align(word, text, band, (kind, i, j) => {
    switch (kind) {
      case 'substitution':
        return (
          substitutionBits(keyboard, word[i - 1]!, text[j - 1]!) +
          (i === 1 || j === 1 ? ERROR_BITS.firstLetter : 0)
        );
      case 'omission':
        return (
          omissionBits(text[j - 1]!, text[j - 2] ?? -1) + (j === 1 ? ERROR_BITS.firstLetter : 0)
        );
      case 'extra':
        return (
          extraBits(keyboard, word[i - 1]!, word[i - 2] ?? -1, word[i] ?? -1) +
          (i === 1 ? ERROR_BITS.firstLetter : 0)
        );
      case 'swap':
        return (
          ERROR_BITS.error +
          ERROR_BITS.transposition +
          (i === 2 || j === 2 ? ERROR_BITS.firstLetter : 0)
        );
    }
  });
}

interface Offer extends FuzzyTerm {
  readonly value: number;
}

export class FuzzyOracle {
  private readonly segment: Segment;
  /** Spaced terms that a correction may lead to, by id. */
  private readonly reachable: { id: number; text: string; codes: number[] }[] = [];
  private readonly bestIds: number[];

  constructor(segment: Segment) {
    this.segment = segment;
    const { terms, forward } = segment;
    this.bestIds = Array.from({ length: terms.size }, () => Infinity);
    for (let row = 0; row < segment.rows; row++) {
      for (let place = forward.start(row); place < forward.start(row + 1); place++) {
        const term = forward.termAt(place);
        this.bestIds[term] = Math.min(this.bestIds[term]!, segment.completionOfRow(row));
      }
    }
    for (let id = 0; id < terms.spaced; id++) {
      const text = terms.termText(id);
      const codes = codesOf(text);
      if (codes.length > 1 && !isUnspaced(codes[0]!)) this.reachable.push({ id, text, codes });
    }
  }

  whole(word: string, options: OracleOptions): FuzzyTerm[] {
    return this.withFallback(word, options, (codes, allowed) =>
      this.reachable.flatMap(({ id, text, codes: letters }) => {
        const edits = errorsBetween(codes, letters);
        if (edits === 0 || edits > allowed(letters[0]!)) return [];
        const bits = bitsBetween(codes, letters, options.keyboard, options.maxEdits);
        const value = this.prior([id]) - bits;
        return [{ low: id, high: id + 1, bits, edits, covered: text.length, value }];
      }),
    );
  }

  beginning(word: string, options: OracleOptions): FuzzyTerm[] {
    const exact = this.segment.terms.prefixRange(word, false);
    return this.withFallback(word, options, (codes, allowed) => {
      const groups = this.groups(codes, allowed, options);
      const outermost = groups.filter(
        (group) =>
          !groups.some((other) => other.bits <= group.bits && isProperlyInside(group, other)),
      );
      return outermost.flatMap((group) => this.withoutExact(group, exact));
    });
  }

  /** Every range and place that a search, however far it got, may give. */
  anyOf(kind: 'whole' | 'beginning', word: string, options: OracleOptions): string[] {
    const codes = codesOf(word);
    const exact = this.segment.terms.prefixRange(word, false);
    if (kind === 'whole') {
      return this.reachable
        .filter(({ codes: letters }) => {
          const edits = errorsBetween(codes, letters);
          return edits > 0 && edits <= options.maxEdits;
        })
        .map(({ id, text }) => `${id} ${id + 1} ${text.length}`);
    }
    return this.groups(codes, () => options.maxEdits, options)
      .flatMap((group) => this.withoutExact(group, exact))
      .map(({ low, high, covered }) => `${low} ${high} ${covered}`);
  }

  /** The best position of each set of terms that share a beginning. */
  private groups(
    codes: readonly number[],
    allowed: (first: number) => number,
    options: OracleOptions,
  ): Offer[] {
    const byRange = new Map<string, { ids: number[]; prefixes: string[] }>();
    const byPrefix = new Map<string, number[]>();
    for (const { id, codes: letters } of this.reachable) {
      for (let n = 1; n <= letters.length; n++) {
        const prefix = String.fromCodePoint(...letters.slice(0, n));
        byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), id]);
      }
    }
    for (const [prefix, ids] of byPrefix) {
      const key = ids.join();
      const group = byRange.get(key) ?? { ids, prefixes: [] };
      group.prefixes.push(prefix);
      byRange.set(key, group);
    }
    const isExact = (prefix: string): boolean => {
      const letters = codesOf(prefix);
      return letters.some((_, n) => errorsBetween(codes, letters.slice(0, n + 1)) === 0);
    };
    const offers: Offer[] = [];
    for (const { ids, prefixes } of byRange.values()) {
      if (prefixes.some(isExact)) continue;
      const goals = prefixes
        .map((prefix) => ({ prefix, letters: codesOf(prefix) }))
        .filter(({ letters }) => errorsBetween(codes, letters) <= allowed(letters[0]!))
        .map(({ prefix, letters }) => ({
          covered: prefix.length,
          edits: errorsBetween(codes, letters),
          bits: bitsBetween(codes, letters, options.keyboard, options.maxEdits),
        }))
        .sort((a, b) => a.bits - b.bits || a.covered - b.covered);
      const goal = goals[0];
      if (goal === undefined) continue;
      const value = this.prior(ids) - goal.bits;
      offers.push({ low: ids[0]!, high: ids.at(-1)! + 1, ...goal, value });
    }
    return offers;
  }

  private withoutExact(offer: Offer, exact: { low: number; high: number }): Offer[] {
    if (exact.low >= exact.high || exact.high <= offer.low || offer.high <= exact.low)
      return [offer];
    const pieces = [
      { ...offer, high: exact.low },
      { ...offer, low: exact.high },
    ];
    return pieces.flatMap((piece) => {
      if (piece.low >= piece.high) return [];
      const ids = Array.from({ length: piece.high - piece.low }, (_, at) => piece.low + at);
      return [{ ...piece, value: this.prior(ids) - piece.bits }];
    });
  }

  /** The score of the best completion of a grade; all completions of the grade of the best that holds one of the terms count alike. */
  private prior(ids: readonly number[]): number {
    const best = Math.min(...ids.map((id) => this.bestIds[id]!));
    return this.segment.logScores[leastIdOf(gradeOf(best))]!;
  }

  /** Two errors are first looked for where the first letter is one that a slip leads to. */
  private withFallback(
    word: string,
    options: OracleOptions,
    find: (codes: readonly number[], allowed: (first: number) => number) => Offer[],
  ): FuzzyTerm[] {
    const codes = codesOf(word);
    const { maxEdits, keyboard } = options;
    const maySlipTwice = (first: number): boolean =>
      codes.slice(0, 2).some((typed) => admitsLetter(typed, first)) ||
      keyboard.areNeighbours(codes[0]!, first);
    const strict = keepBest(
      find(codes, (first) => (maySlipTwice(first) ? maxEdits : 1)),
      options,
    );
    return strict.length > 0
      ? strict
      : keepBest(
          find(codes, () => maxEdits),
          options,
        );
  }
}

function isProperlyInside(inner: FuzzyTerm, outer: FuzzyTerm): boolean {
  return (
    outer.low <= inner.low &&
    inner.high <= outer.high &&
    outer.high - outer.low > inner.high - inner.low
  );
}

function keepBest(offers: readonly Offer[], { limit, floor }: OracleOptions): FuzzyTerm[] {
  const sorted = offers.toSorted(
    (a, b) => b.value - a.value || a.low - b.low || a.high - b.high || a.bits - b.bits,
  );
  const best = sorted[0]?.value ?? 0;
  return sorted
    .filter(
      (offer, at) =>
        sorted.findIndex(({ low, high }) => low === offer.low && high === offer.high) === at,
    )
    .filter(({ value }) => value >= Math.max(best - SPREAD_BITS, floor ?? -Infinity))
    .slice(0, limit)
    .map(({ low, high, bits, edits, covered }) => ({ low, high, bits, edits, covered }));
}
