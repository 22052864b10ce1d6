import { describe, expect, it } from 'vitest';
import { editDistance } from '../../../load-tests/typing/edit-distance.ts';

describe('the edit distance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
    ['tomorrow', 'tommorow', 2],
    ['receive', 'recieve', 1],
    // Optimal string alignment touches no place twice; the unrestricted distance would be 2.
    ['ca', 'abc', 3],
  ])('of %j and %j is %i, both ways', (one, other, distance) => {
    expect(editDistance(one, other)).toBe(distance);
    expect(editDistance(other, one)).toBe(distance);
  });
});
