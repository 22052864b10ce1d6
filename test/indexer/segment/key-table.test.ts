import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Container } from '../../../indexer/segment/container.ts';
import { KeyTable, KeyTableBuilder } from '../../../indexer/segment/key-table.ts';
import { compareCodePoints } from '../../../indexer/segment/term-dictionary.ts';
import { copyOf, sectionsOf } from './built-segments.ts';
import { reseal, sectionPlaces, segmentFault } from './damaged-bytes.ts';

interface Keyed {
  readonly key: string;
  readonly rank: number;
}

function bytesOf(list: readonly Keyed[]): { bytes: Uint8Array; order: Uint32Array } {
  const keys = new KeyTableBuilder();
  for (const { key } of list) keys.add(key);
  let order = new Uint32Array(0);
  const bytes = sectionsOf((builder) => {
    order = keys.write(
      builder,
      't',
      Uint32Array.from(list, ({ rank }) => rank),
    ) as Uint32Array<ArrayBuffer>;
  });
  return { bytes, order };
}

function tableOf(list: readonly Keyed[]): KeyTable {
  return KeyTable.open(Container.open(bytesOf(list).bytes), 't');
}

const key = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[abc]{1,6}$/) },
  fc.stringMatching(/^a{10,40}b?$/),
  fc.stringMatching(/^[aé京😀ﬀ]{1,5}$/u),
);
const keyedList = fc.array(fc.record({ key, rank: fc.nat({ max: 60 }) }), { maxLength: 300 });

/** Entries in their order: by key, then as they came. */
function sorted(list: readonly Keyed[]): { keyed: Keyed; added: number }[] {
  return list
    .map((keyed, added) => ({ keyed, added }))
    .sort((a, b) => compareCodePoints(a.keyed.key, b.keyed.key) || a.added - b.added);
}

describe('KeyTable', () => {
  it('keeps every key and rank, sorted by key and then as they came', () => {
    fc.assert(
      fc.property(keyedList, (list) => {
        const { bytes, order } = bytesOf(list);
        const table = KeyTable.open(Container.open(bytes), 't');
        table.verify();
        const expected = sorted(list);
        expect(table.size).toBe(list.length);
        expect([...order]).toEqual(expected.map(({ added }) => added));
        const read = expected.map((_, entry) => [table.keyAt(entry), table.rankAt(entry)]);
        expect(read).toEqual(expected.map(({ keyed }) => [keyed.key, keyed.rank]));
        const visited: string[] = [];
        table.forEachKey((entry, utf8) => {
          visited[entry] = Buffer.from(utf8).toString('utf8');
        });
        expect(visited).toEqual(expected.map(({ keyed }) => keyed.key));
      }),
      { numRuns: 150 },
    );
  });

  it('finds the entries with a key, and those that begin with it', () => {
    fc.assert(
      fc.property(
        keyedList,
        fc.array(fc.oneof(key, fc.constant('')), { minLength: 8 }),
        (list, asked) => {
          const table = tableOf(list);
          const keys = sorted(list).map(({ keyed }) => keyed.key);
          for (const text of [...asked, ...list.slice(0, 20).map((keyed) => keyed.key)]) {
            const low = keys.filter((other) => compareCodePoints(other, text) < 0).length;
            const beginning = keys.filter((other) => other.startsWith(text)).length;
            expect(table.prefixRange(text)).toEqual({ low, high: low + beginning });
            const whole = keys.filter((other) => other === text).length;
            expect(table.exactRange(text)).toEqual({ low, high: low + whole });
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('gives the entries of any range by rank and then by entry, as many as are asked or one by one', () => {
    fc.assert(
      fc.property(
        keyedList,
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 40 }),
        (list, a, b, k) => {
          const table = tableOf(list);
          const low = a % (list.length + 1);
          const high = low + (b % (list.length - low + 1));
          const expected = Array.from({ length: high - low }, (_, i) => low + i).sort(
            (x, y) => table.rankAt(x) - table.rankAt(y) || x - y,
          );
          const out = new Uint32Array(64);
          const count = table.best({ low, high }, k, out);
          expect([...out.subarray(0, count)]).toEqual(expected.slice(0, k));
          const stream = table.stream({ low, high });
          const streamed: number[] = [];
          for (let entry = stream.next(); entry >= 0; entry = stream.next()) streamed.push(entry);
          expect(streamed).toEqual(expected);
          expect(stream.next()).toBe(-1);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('holds no key, one, and the longest, and finds nothing longer', () => {
    const none = tableOf([]);
    none.verify();
    expect(none.prefixRange('')).toEqual({ low: 0, high: 0 });
    expect(none.best({ low: 0, high: 0 }, 5, new Uint32Array(5))).toBe(0);
    expect(none.stream({ low: 0, high: 0 }).next()).toBe(-1);

    const longest = '京'.repeat(1024);
    const one = tableOf([{ key: longest, rank: 7 }]);
    one.verify();
    expect(one.keyAt(0)).toBe(longest);
    expect(one.exactRange(longest)).toEqual({ low: 0, high: 1 });
    expect(one.prefixRange(longest.slice(1))).toEqual({ low: 0, high: 1 });
    expect(one.prefixRange(`${longest}京`)).toEqual({ low: 0, high: 0 });
    expect(new KeyTableBuilder().add(`${longest}京`)).toBe(false);
  });

  it('is found damaged for every bit of its keys, buckets and minima, checksums fitting, or has the same entries', () => {
    const list = Array.from({ length: 75 }, (_, i) => ({
      key: `${'abcdefghijklmnopq'.repeat(i % 3)}${'xyz'[i % 3]}${i % 20}`,
      rank: (i * 31) % 64,
    }));
    const { bytes } = bytesOf(list);
    const describeTable = (file: Uint8Array) => {
      const table = KeyTable.open(Container.open(file), 't');
      table.verify();
      return Array.from({ length: table.size }, (_, i) => [table.keyAt(i), table.rankAt(i)]);
    };
    const expected = describeTable(bytes);
    for (const place of sectionPlaces(bytes)) {
      if (place.name === 't.ranks') continue;
      for (let bit = place.start * 8; bit < place.end * 8; bit++) {
        const file = copyOf(bytes);
        file[bit >>> 3] = file[bit >>> 3]! ^ (1 << (bit & 7));
        reseal(file, place);
        let found: unknown = null;
        const fault = segmentFault(() => {
          found = describeTable(file);
        });
        if (fault !== null) expect(fault).toMatch(/^segment sections? 't\./);
        // A letter may become another one that keeps the order; nothing else may.
        else if (place.name !== 't.keys') expect(found).toEqual(expected);
        else expect(found).toHaveLength(expected.length);
      }
    }
  });
});
