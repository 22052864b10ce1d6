import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdHash } from '../../../serving/events/id-hash.ts';
import { IdTable } from '../../../serving/events/id-table.ts';
import { SeenIds } from '../../../serving/events/seen-ids.ts';

const KEY = { low: 0x03020100, high: 0x07060504 };

describe('IdHash', () => {
  it.each([
    // vectors_hsip64 of the reference implementation, for the bytes 00 01 02 … in pairs.
    ['', '218d1f59b9b83cc8'],
    ['\u0100', '064f39ef7c50eb57'],
  ])('gives the reference value for %j', (text, expected) => {
    const hash = new IdHash(KEY);
    hash.hash(text);
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32LE(hash.low, 0);
    bytes.writeUInt32LE(hash.high, 4);
    expect(bytes.toString('hex')).toBe(expected);
  });

  it('tells ids apart that differ in anything, and keys', () => {
    const seen = new Set<string>();
    const note = (hash: IdHash, id: string) => {
      hash.hash(id);
      seen.add(`${hash.low}:${hash.high}`);
    };
    const hash = new IdHash(KEY);
    for (let i = 0; i < 10_000; i++) note(hash, `event-${i}`);
    for (let length = 0; length < 300; length++) note(hash, '\0'.repeat(length));
    note(new IdHash({ low: 0, high: 0 }), 'event-1');
    expect(seen.size).toBe(10_301);
  });
});

describe('IdTable', () => {
  it('holds exactly what was added, as a Set does', () => {
    const half = fc.oneof(fc.constantFrom(0, 1, 0xffffffff), fc.nat({ max: 5_000 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(half, half), { maxLength: 5_000 }), (pairs) => {
        const table = new IdTable();
        const model = new Set<string>();
        // A high half of 0 counts as 1.
        const name = (low: number, high: number) => `${low}:${high || 1}`;
        for (const [low, high] of pairs) {
          expect(table.has(low, high)).toBe(model.has(name(low, high)));
          expect(table.add(low, high)).toBe(!model.has(name(low, high)));
          model.add(name(low, high));
        }
        expect(table.count).toBe(model.size);
        for (const [low, high] of pairs) expect(table.has(low, high)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

describe('SeenIds', () => {
  it('remembers at least as many as promised, at most a third more, and forgets the oldest', () => {
    const remembered = 3_000;
    const ids = new SeenIds(KEY, () => {}, remembered);
    for (let next = 0; next < 20_000; next++) {
      expect(ids.has(`e${next}`)).toBe(false);
      ids.add(`e${next}`, next);
      if (next % 997 !== 0) continue;
      for (let age = 0; age < Math.min(remembered, next); age++) {
        expect(ids.has(`e${next - age}`)).toBe(true);
      }
      if (next > (remembered * 4) / 3)
        expect(ids.has(`e${next - (remembered * 4) / 3}`)).toBe(false);
    }
    expect(ids.count).toBeLessThanOrEqual((remembered * 4) / 3);
  });
});
