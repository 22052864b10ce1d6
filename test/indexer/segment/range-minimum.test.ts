import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Container } from '../../../indexer/segment/container.ts';
import {
  insertSorted,
  MAX_RESULTS,
  openRangeMinimum,
  type RangeMinimum,
  writeRangeMinimum,
} from '../../../indexer/segment/range-minimum.ts';
import { sectionsOf, seededRandom, shuffled } from './built-segments.ts';

const SIZES = [0, 1, 2, 31, 32, 33, 63, 64, 65, 127, 128, 129, 160, 161, 255, 1000, 1025, 4099];

function structureOf(values: Uint32Array, repeats: boolean): RangeMinimum {
  const bytes = sectionsOf((builder) => writeRangeMinimum(builder, 'x', values, repeats));
  return openRangeMinimum(Container.open(bytes), 'x', values, repeats);
}

function expectSmallest(structure: RangeMinimum, low: number, high: number, k: number): void {
  const found = new Uint32Array(MAX_RESULTS);
  const count = structure.smallest(low, high, k, found, 0);
  const distinct = [...new Set(structure.values.subarray(low, high))].sort((a, b) => a - b);
  expect([...found.subarray(0, count)]).toEqual(distinct.slice(0, k));
}

/** Ranges that begin and end beside block borders, and random ones. */
function rangesOf(size: number, random: () => number): [number, number][] {
  const ends = [0, 1, 31, 32, 33, 64, 127, 128, 129, size - 33, size - 32, size - 1, size];
  const inside = ends.filter((end) => end >= 0 && end <= size);
  const ranges = inside.flatMap((low) => inside.map((high): [number, number] => [low, high]));
  for (let i = 0; i < 40; i++) {
    const low = Math.floor(random() * (size + 1));
    ranges.push([low, low + Math.floor(random() * (size + 1 - low))]);
  }
  return ranges.filter(([low, high]) => low <= high);
}

describe('RangeMinimum', () => {
  it.each(SIZES)('finds the k smallest of any range of a permutation of %i', (size) => {
    const random = seededRandom(size);
    const values = Uint32Array.from(
      shuffled(
        Array.from({ length: size }, (_, i) => i),
        size,
      ),
    );
    const structure = structureOf(values, false);
    for (const [low, high] of rangesOf(size, random)) {
      for (const k of [1, 10, 1 + Math.floor(random() * MAX_RESULTS)]) {
        expectSmallest(structure, low, high, k);
      }
    }
  });

  it.each(SIZES)('finds repeated values once among %i', (size) => {
    const random = seededRandom(size + 1);
    for (const distinct of [1, 3, 40, size + 1]) {
      const values = Uint32Array.from({ length: size }, () => Math.floor(random() * distinct));
      const structure = structureOf(values, true);
      for (const [low, high] of rangesOf(size, random)) {
        expectSmallest(structure, low, high, 1 + Math.floor(random() * MAX_RESULTS));
      }
    }
  });

  it('finds ascending, descending and best-in-the-middle orders at every k', () => {
    const size = 2000;
    const orders = [
      Uint32Array.from({ length: size }, (_, i) => i),
      Uint32Array.from({ length: size }, (_, i) => size - i),
      Uint32Array.from(
        { length: size },
        (_, i) => 2 * Math.abs(i - size / 2) + (i < size / 2 ? 1 : 0),
      ),
    ];
    for (const values of orders) {
      const structure = structureOf(values, false);
      for (let k = 1; k <= MAX_RESULTS; k++) expectSmallest(structure, 5, size - 5, k);
    }
  });

  it('adds to what was found before, without repeating it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 400 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { maxLength: 10 }),
        fc.integer({ min: 10, max: MAX_RESULTS }),
        (list, before, k) => {
          const structure = structureOf(Uint32Array.from(list), true);
          const found = new Uint32Array(MAX_RESULTS);
          found.set(before.slice().sort((a, b) => a - b));
          const count = structure.smallest(0, list.length, k, found, before.length);
          const expected = [...new Set([...before, ...list])].sort((a, b) => a - b).slice(0, k);
          expect([...found.subarray(0, count)]).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('lists the places of values at most a limit, each once', () => {
    const random = seededRandom(5);
    const values = Uint32Array.from({ length: 1500 }, () => Math.floor(random() * 300));
    const structure = structureOf(values, true);
    for (const [low, high] of rangesOf(values.length, random)) {
      for (const limit of [0, 4, 150, 0xffffffff]) {
        const places: number[] = [];
        structure.placesAtMost(low, high, limit, places);
        const expected = [...values.keys()].filter(
          (at) => at >= low && at < high && values[at]! <= limit,
        );
        expect(places.sort((a, b) => a - b)).toEqual(expected);
      }
    }
  });

  it('names the block or table entry that does not fit the values', () => {
    const values = Uint32Array.from({ length: 200 }, (_, i) => i);
    expect(structureOf(values, false).firstFault()).toBeNull();
    const bytes = sectionsOf((builder) => writeRangeMinimum(builder, 'x', values, false));
    const container = Container.open(bytes);
    container.uint32('x.minima')[3]!++;
    expect(openRangeMinimum(container, 'x', values, false).firstFault()).toContain('block 3');
    container.uint32('x.minima')[3]!--;
    container.uint32('x.argmin')[1] = 0;
    expect(openRangeMinimum(container, 'x', values, false).firstFault()).toContain('entry 1');
  });

  it('refuses sections of the wrong length', () => {
    const bytes = sectionsOf((builder) =>
      writeRangeMinimum(builder, 'x', new Uint32Array(200), true),
    );
    expect(() => openRangeMinimum(Container.open(bytes), 'x', new Uint32Array(300), true)).toThrow(
      'expected 10 blocks',
    );
  });
});

describe('insertSorted', () => {
  it('keeps the k smallest, ascending', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 12 }),
        (list, k) => {
          const found = new Uint32Array(12);
          const count = list.reduce((held, value) => insertSorted(found, held, k, value), 0);
          expect([...found.subarray(0, count)]).toEqual(
            list
              .slice()
              .sort((a, b) => a - b)
              .slice(0, k),
          );
        },
      ),
    );
  });
});
