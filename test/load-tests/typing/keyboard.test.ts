import { describe, expect, it } from 'vitest';
import { neighbouringKeys } from '../../../load-tests/typing/keyboard.ts';

describe('neighbouring keys', () => {
  it('are those that touch, digits above the top row of letters among them', () => {
    expect([...neighbouringKeys('s')].sort()).toEqual(['a', 'd', 'e', 'w', 'x', 'z']);
    expect([...neighbouringKeys('q')].sort()).toEqual(['1', '2', 'a', 'w']);
    expect([...neighbouringKeys('p')].sort()).toEqual(['0', 'l', 'o']);
    expect([...neighbouringKeys('m')].sort()).toEqual(['j', 'k', 'n']);
  });

  it('touch one another both ways, and every letter and digit has some', () => {
    for (const key of 'abcdefghijklmnopqrstuvwxyz0123456789') {
      const neighbours = neighbouringKeys(key);
      expect(neighbours.length, key).toBeGreaterThanOrEqual(2);
      expect(neighbours).not.toContain(key);
      for (const other of neighbours) expect(neighbouringKeys(other)).toContain(key);
    }
  });

  it('are none for what is on no such key', () => {
    for (const character of [' ', 'é', 'A', '가', '']) {
      expect(neighbouringKeys(character)).toEqual([]);
    }
  });
});
