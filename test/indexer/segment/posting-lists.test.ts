import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Container } from '../../../indexer/segment/container.ts';
import { SegmentError } from '../../../indexer/segment/errors.ts';
import { invertRows } from '../../../indexer/segment/posting-inversion.ts';
import {
  openPostingLists,
  type PostingLists,
  writePostingLists,
} from '../../../indexer/segment/posting-lists.ts';
import { PostingReader } from '../../../indexer/segment/posting-reader.ts';
import { MAX_RESULTS } from '../../../indexer/segment/range-minimum.ts';
import { sectionsOf, seededRandom } from './built-segments.ts';

function containerOf(lists: readonly (readonly number[])[], termIds: readonly number[] | null) {
  const starts = new Uint32Array(lists.length + 1);
  lists.forEach((list, i) => {
    starts[i + 1] = starts[i]! + list.length;
  });
  const input = {
    termIds: termIds === null ? null : Uint32Array.from(termIds),
    starts,
    ranks: Uint32Array.from(lists.flat()),
  };
  return Container.open(sectionsOf((builder) => writePostingLists(builder, 'p', input)));
}

function readList(
  postings: PostingLists,
  list: number,
  reader = new PostingReader(),
  firstChunk = 16,
): number[] {
  const ranks: number[] = [];
  postings.read(list, reader, firstChunk);
  for (let size = reader.fill(); size > 0; size = reader.fill()) {
    ranks.push(...reader.chunk.subarray(0, size));
  }
  expect(reader.fill()).toBe(0);
  return ranks;
}

/** A list of `length` ranks whose differences take one to five bytes. */
function rankList(length: number, seed: number): number[] {
  const random = seededRandom(seed);
  const ranks: number[] = [];
  let rank = Math.floor(random() * 3);
  for (let i = 0; i < length; i++) {
    ranks.push(rank);
    rank += 1 + Math.floor(random() * [3, 200, 20_000][Math.floor(random() * 3)]!);
  }
  return ranks;
}

const sortedRanks = fc
  .uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 20 })
  .map((ranks) => ranks.sort((a, b) => a - b));

describe('PostingReader', () => {
  it('reads lists of every length about its chunks whole, in one reader after another', () => {
    const lengths = [1, 2, 15, 16, 17, 18, 255, 256, 257, 271, 272, 273, 274, 527, 528, 529, 2000];
    const lists = lengths.map((length) => rankList(length, length));
    const container = containerOf(lists, null);
    const postings = openPostingLists(container, 'p');
    postings.verify(0xffffffff);
    const reader = new PostingReader();
    for (const [list, expected] of lists.entries()) {
      for (const firstChunk of [1, 2, 16, 256]) {
        expect(readList(postings, list, reader, firstChunk)).toEqual(expected);
      }
    }
    // A list that is left early leaves nothing behind for the next.
    postings.read(16, reader, 2);
    expect(reader.fill()).toBe(2);
    expect(readList(postings, 0, reader)).toEqual(lists[0]);
  });

  it('keeps differences at the borders of one to five bytes', () => {
    const differences = [
      1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_455, 268_435_456,
    ];
    const list = [0];
    for (const difference of differences) list.push(list.at(-1)! + difference);
    const postings = openPostingLists(containerOf([list, [5], list], null), 'p');
    postings.verify(0xffffffff);
    expect(readList(postings, 0)).toEqual(list);
    expect(readList(postings, 1)).toEqual([5]);
    expect(readList(postings, 2)).toEqual(list);
  });
});

describe('PostingLists', () => {
  it('gives the k smallest ranks of the union of any lists, beside those found before', () => {
    fc.assert(
      fc.property(
        fc.array(sortedRanks, { minLength: 1, maxLength: 60 }),
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: MAX_RESULTS }),
        fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 3 }),
        (lists, from, size, k, before) => {
          const postings = openPostingLists(containerOf(lists, null), 'p');
          postings.verify(61);
          const low = from % lists.length;
          const high = low + (size % (lists.length - low + 1));
          const found = new Uint32Array(MAX_RESULTS);
          const given = before.sort((a, b) => a - b).slice(0, k);
          found.set(given);
          const count = postings.smallestOfUnion(low, high, k, found, given.length);
          const union = new Set([...given, ...lists.slice(low, high).flat()]);
          expect([...found.subarray(0, count)]).toEqual(
            [...union].sort((a, b) => a - b).slice(0, k),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives the k smallest of a thousand lists as a sort does', () => {
    const random = seededRandom(9);
    const lists = Array.from({ length: 1000 }, (_, i) =>
      rankList(1 + Math.floor(random() * 8), i).map((rank) => rank + Math.floor(i / 7)),
    );
    const postings = openPostingLists(containerOf(lists, null), 'p');
    for (let run = 0; run < 200; run++) {
      const low = Math.floor(random() * 1000);
      const high = low + Math.floor(random() * (1001 - low));
      const k = 1 + Math.floor(random() * MAX_RESULTS);
      const found = new Uint32Array(MAX_RESULTS);
      const count = postings.smallestOfUnion(low, high, k, found, 0);
      const union = [...new Set(lists.slice(low, high).flat())].sort((a, b) => a - b);
      expect([...found.subarray(0, count)]).toEqual(union.slice(0, k));
    }
  });

  it('finds the list of a term, or of the next that has one', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 20 }), (chosen) => {
        const termIds = chosen.sort((a, b) => a - b);
        const postings = openPostingLists(
          containerOf(
            termIds.map((term) => [term]),
            termIds,
          ),
          'p',
        );
        postings.verify(41);
        for (let term = 0; term <= 41; term++) {
          const expected = termIds.filter((id) => id < term).length;
          expect(postings.listFrom(term)).toBe(expected);
          if (termIds[expected] === term) expect(postings.firstRank(expected)).toBe(term);
        }
      }),
    );
    const all = openPostingLists(containerOf([[0], [1], [2]], null), 'p');
    expect([0, 1, 2, 3].map((term) => all.listFrom(term))).toEqual([0, 1, 2, 3]);
  });

  it('weighs more lists and longer ones more', () => {
    const postings = openPostingLists(
      containerOf([rankList(5, 1), [3], rankList(50, 2)], null),
      'p',
    );
    expect(postings.weight(1, 1)).toBe(0);
    expect(postings.weight(2, 1)).toBe(0);
    expect(postings.weight(1, 2)).toBe(1);
    expect(postings.weight(2, 3)).toBeGreaterThanOrEqual(50);
    expect(postings.weight(0, 3)).toBe(
      postings.weight(0, 1) + postings.weight(1, 2) + postings.weight(2, 3),
    );
  });

  it('names the list that does not ascend below the limit', () => {
    const fault = (change: (container: Container) => void, limit = 100): string => {
      const container = containerOf([[1, 4], [2], [3, 50]], [0, 4, 7]);
      change(container);
      try {
        openPostingLists(container, 'p').verify(limit);
      } catch (error) {
        expect(error).toBeInstanceOf(SegmentError);
        return (error as SegmentError).message;
      }
      return 'no fault';
    };
    expect(fault(() => {})).toBe('no fault');
    expect(fault(() => {}, 50)).toContain("'p.rest', list 2");
    expect(fault((c) => c.uint8('p.rest').fill(0, 0, 1))).toContain("'p.rest', list 0");
    expect(fault((c) => c.uint32('p.first').fill(7, 1, 2))).toBe('no fault');
    expect(fault((c) => c.uint32('p.first').fill(0, 1, 2))).toContain("'p.minima': block 0");
    expect(fault((c) => c.uint32('p.terms').fill(0, 1, 2))).toContain("'p.terms', entry 1");
    expect(fault((c) => c.uint32('p.offsets').fill(9, 3, 4))).toContain("'p.*'");
  });
});

describe('invertRows', () => {
  const rows = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 }), {
    maxLength: 30,
  });

  it('lists, for each term that occurs, the ranks of the rows that hold it', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), fc.nat(), (list, subset, seed) => {
        const random = seededRandom(seed);
        const starts = new Uint32Array(list.length + 1);
        list.forEach((row, i) => {
          starts[i + 1] = starts[i]! + row.length;
        });
        const ids = [...list.keys()].filter(() => random() < 0.6).reverse();
        const byRank = subset ? ids.map((id) => list[id]!) : list;
        const {
          termIds,
          starts: ends,
          ranks,
        } = invertRows(
          Uint32Array.from(list.flat()),
          starts,
          subset ? Uint32Array.from(ids) : null,
          byRank.length,
          10,
        );
        const all = Array.from({ length: 10 }, (_, term) =>
          [...byRank.keys()].filter((rank) => byRank[rank]!.includes(term)),
        );
        const terms = termIds === null ? [...all.keys()] : [...termIds];
        expect(terms).toEqual([...all.keys()].filter((term) => all[term]!.length > 0));
        expect(terms.map((_, i) => [...ranks.subarray(ends[i]!, ends[i + 1]!)])).toEqual(
          terms.map((term) => all[term]),
        );
      }),
      { numRuns: 200 },
    );
  });
});
