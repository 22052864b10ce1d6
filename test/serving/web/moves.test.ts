import { describe, expect, it } from 'vitest';
import { describeMove, describeMoves, findMoves } from '../../../serving/web/page/people/moves.ts';

describe('moves between two orders', () => {
  it('tells up, down, in place and new', () => {
    expect(findMoves(['c', 'x', 'a', 'd'], ['a', 'b', 'c', 'd'])).toEqual([
      { kind: 'up', places: 2 },
      { kind: 'new' },
      { kind: 'down', places: 2 },
      { kind: 'same' },
    ]);
  });

  it('says so in words for who cannot see the sign', () => {
    expect(describeMove({ kind: 'up', places: 1 })).toEqual({ sign: '▲ 1', words: 'up 1 place' });
    expect(describeMove({ kind: 'down', places: 3 }).words).toBe('down 3 places');
  });

  it('sums a list up, and says when nothing moved', () => {
    expect(describeMoves(findMoves(['c', 'x', 'a'], ['a', 'b', 'c']), 1)).toBe(
      '1 up, 1 down, 1 new, 1 gone',
    );
    expect(describeMoves(findMoves(['a', 'b'], ['a', 'b']), 0)).toBe('the same order');
    expect(describeMoves([], 0)).toBe('the same order');
  });
});
