import { describe, expect, it } from 'vitest';
import { brandCompletion } from '../../../indexer/segment/completion-id.ts';
import {
  assembleAnswer,
  type DirectCandidate,
} from '../../../serving/retrieval/answer-assembly.ts';
import {
  SCRIPT,
  TYPO,
  VARIANT,
  type Ways,
} from '../../../serving/retrieval/interpretation/alternative.ts';
import type { ReadCandidate } from '../../../serving/retrieval/interpretation/candidate-list.ts';

const direct = (id: number, logScore: number): DirectCandidate => ({
  id: brandCompletion(id),
  score: 2 ** logScore,
  logScore,
});

const read = (id: number, logScore: number, bits: number, ways: Ways): ReadCandidate => ({
  id: brandCompletion(id),
  logScore,
  bits,
  ways,
  evidence: { kind: 'range', start: 0, end: 1 },
});

const ids = (placed: ReturnType<typeof assembleAnswer>): number[] =>
  placed.map(({ candidate }) => candidate.id);

const options = { limit: 10, promotion: { variant: 0, typo: 6 }, exact: () => null };

describe('assembleAnswer', () => {
  it('puts prefix matches first, any-order matches next, readings last', () => {
    const placed = assembleAnswer(
      [direct(1, 4), direct(2, 3)],
      [direct(3, 9)],
      [read(4, 9, 5, TYPO), read(5, 7, 1, SCRIPT)],
      options,
    );
    expect(ids(placed)).toEqual([1, 2, 3, 5, 4]);
  });

  it('lets a far likelier correction stand before weaker direct matches, never before stronger ones', () => {
    const placed = assembleAnswer(
      [direct(1, 8), direct(2, 2)],
      [],
      [read(3, 16, 7, TYPO), read(4, 12, 7, TYPO)],
      options,
    );
    // 16 - 7 - 6 = 3 lies between 8 and 2; 12 - 7 - 6 does not outdo 2.
    expect(ids(placed)).toEqual([1, 3, 2, 4]);
  });

  it('lets it stand before weaker any-order matches as well', () => {
    const placed = assembleAnswer(
      [direct(1, 8)],
      [direct(2, 6), direct(3, 2)],
      [read(4, 16, 7, TYPO)],
      options,
    );
    expect(ids(placed)).toEqual([1, 2, 4, 3]);
  });

  it('ranks a variant by its likelihood alone, and another script below all that is direct', () => {
    const placed = assembleAnswer(
      [direct(1, 8), direct(2, 2)],
      [direct(3, 1)],
      [read(4, 6, 1, VARIANT), read(5, 20, 1, SCRIPT)],
      options,
    );
    expect(ids(placed)).toEqual([1, 4, 2, 3, 5]);
  });

  it('fills free slots only where nothing may be promoted', () => {
    const none = { ...options, limit: 3, promotion: { variant: Infinity, typo: Infinity } };
    const prefix = [direct(1, 1), direct(2, 0)];
    const readings = [read(3, 30, 1, VARIANT), read(4, 30, 4, TYPO)];
    expect(ids(assembleAnswer(prefix, [], readings, none))).toEqual([1, 2, 3]);
  });

  it('never loses what was typed exactly to corrections', () => {
    const narrow = { ...options, limit: 2, exact: () => brandCompletion(2) };
    const placed = assembleAnswer(
      [direct(1, 3), direct(2, 2)],
      [],
      [read(3, 20, 5, TYPO), read(4, 19, 5, TYPO)],
      narrow,
    );
    expect(ids(placed)).toEqual([3, 2]);
  });

  it('shows a completion once, as the direct match that it is', () => {
    const placed = assembleAnswer([direct(1, 3)], [], [read(1, 3, 0, VARIANT)], options);
    expect(placed.map(({ kind }) => kind)).toEqual(['prefix']);
  });

  it('never raises the worth down the prefix matches, nor down the rest', () => {
    const placed = assembleAnswer(
      [direct(1, 8), direct(2, 2)],
      [direct(3, 7), direct(4, 1)],
      [read(5, 16, 6, TYPO), read(6, 12, 3, TYPO), read(7, 5, 1, SCRIPT)],
      options,
    );
    const last = placed.findLastIndex(({ kind }) => kind === 'prefix');
    for (const part of [placed.slice(0, last + 1), placed.slice(last + 1, 4)]) {
      const worths = part.map(({ worth }) => worth);
      expect(worths).toEqual([...worths].sort((a, b) => b - a));
    }
  });
});
