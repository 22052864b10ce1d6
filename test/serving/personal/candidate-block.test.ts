import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandidateTable, NONE } from '../../../ranking/features/candidate-table.ts';
import { BlockMemories, type BlockMemory } from '../../../serving/personal/block-memory.ts';
import { copyFacts, FACT_WORDS, packFacts } from '../../../serving/personal/packed-facts.ts';
import {
  clearIndex,
  findRow,
  indexHalves,
  indexSlots,
  mayHaveRow,
  putRow,
} from '../../../serving/personal/packed-index.ts';

function memoryOf(bytes: number): BlockMemory {
  const memory = new BlockMemories(2 ** 20).take(bytes);
  if (memory === null) throw new Error('expected memory');
  // What stood there before is not to be seen.
  memory.bytes.fill(0xa5);
  return memory;
}

const float = fc.float({ noNaN: true });
const facts = fc.record({
  id: fc.nat(2 ** 31 - 1),
  floats: fc.array(float, { minLength: 10, maxLength: 10 }),
  halves: fc.tuple(fc.nat(65_535), fc.nat(65_535)),
  termCount: fc.nat(255),
  visit: fc.nat(2),
});

describe('facts of rows that are packed', () => {
  it('come back as they were, of whatever size, and change nothing else', () => {
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 20 }), fc.nat(7), (drawn, first) => {
        const table = new CandidateTable(20);
        for (const { id, floats, halves, termCount } of drawn) {
          const row = table.add(id, halves[0]);
          const columns = [
            ...[table.popularity, table.mergedPopularity, table.readingBits, table.hourCounts],
            ...[table.dayCounts, table.weekCounts, table.clickRates, table.prefixClickRates],
            ...[table.rise, table.novelty],
          ];
          columns.forEach((column, i) => {
            column[row] = floats[i]!;
          });
          table.bytes[row] = halves[1];
          table.termCounts[row] = termCount;
          table.places[row] = 0;
        }
        const memory = memoryOf(4 * (first + (drawn.length + 1) * FACT_WORDS));
        drawn.forEach(({ visit }, row) => {
          packFacts(table, row, visit, memory, first + row * FACT_WORDS);
        });
        const copy = new CandidateTable(20);
        drawn.forEach(({ id }, row) => {
          copy.add(id + 1, 0);
          copy.places[row] = 0;
          copyFacts(memory, first + row * FACT_WORDS, copy, row);
        });
        expect(copy).toEqual(table);
        const edges = [first * 4, (first + drawn.length * FACT_WORDS) * 4] as const;
        expect(memory.bytes.subarray(0, edges[0]).every((byte) => byte === 0xa5)).toBe(true);
        expect(memory.bytes.subarray(edges[1]).every((byte) => byte === 0xa5)).toBe(true);
      }),
    );
  });
});

describe('the index of packed rows', () => {
  it('finds the row of each completion and none for others, whatever their numbers, and rules out none that it has', () => {
    const ids = fc.oneof(
      fc.nat(300),
      fc.nat(2 ** 31 - 1),
      fc.nat(200).map((i) => i * 4_096),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(ids, { maxLength: 224 }),
        fc.array(ids, { maxLength: 50 }),
        (had, asked) => {
          const slots = indexSlots(had.length);
          const at = 2 * had.length * FACT_WORDS;
          const memory = memoryOf(2 * (at + indexHalves(slots)));
          const table = new CandidateTable(224);
          clearIndex(memory.halves, at, slots);
          for (const id of had) {
            const row = table.add(id, 0);
            packFacts(table, row, 0, memory, row * FACT_WORDS);
            putRow(memory.halves, at, slots, id, row);
          }
          for (const id of [...had, ...asked]) {
            const row = had.indexOf(id);
            expect(findRow(memory, at, slots, id, 0)).toBe(row < 0 ? NONE : row);
            if (row >= 0) expect(mayHaveRow(memory.halves, at, slots, id)).toBe(true);
          }
        },
      ),
    );
  });
});

describe('memory for blocks', () => {
  it('stays within its bound, is given to one at a time, and is had when all else is given back', () => {
    const MOST_BYTES = 32_768;
    const step = fc.record({
      isTaken: fc.boolean(),
      bytes: fc.integer({ min: 1, max: MOST_BYTES }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const memories = new BlockMemories(MOST_BYTES);
        const taken: BlockMemory[] = [];
        const giveBack = () => {
          const [memory] = taken.splice(0, 1);
          if (memory !== undefined) memories.giveBack(memory);
        };
        for (const { isTaken, bytes } of steps) {
          if (!isTaken) {
            giveBack();
            continue;
          }
          let memory = memories.take(bytes);
          while (memory === null && taken.length > 0) {
            giveBack();
            memory = memories.take(bytes);
          }
          expect(memory?.bytes.length).toBeGreaterThanOrEqual(bytes);
          if (memory === null) return;
          expect(taken).not.toContain(memory);
          taken.push(memory);
          const held = taken.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
          expect(memories.heldBytes).toBeGreaterThanOrEqual(held);
          expect(memories.heldBytes).toBeLessThanOrEqual(MOST_BYTES);
        }
      }),
    );
  });
});
