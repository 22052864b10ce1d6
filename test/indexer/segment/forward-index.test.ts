import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Container } from '../../../indexer/segment/container.ts';
import { SegmentError } from '../../../indexer/segment/errors.ts';
import { ForwardIndex, writeForwardIndex } from '../../../indexer/segment/forward-index.ts';
import { sectionsOf } from './built-segments.ts';

function sectionsFor(rows: readonly (readonly number[])[], termCount: number): Container {
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    starts[i + 1] = starts[i]! + row.length;
  });
  const terms = Uint32Array.from(rows.flat());
  return Container.open(
    sectionsOf((builder) => writeForwardIndex(builder, terms, starts, termCount)),
  );
}

function readRow(forward: ForwardIndex, row: number): number[] {
  const terms: number[] = [];
  for (let at = forward.start(row); at < forward.start(row + 1); at++) {
    terms.push(forward.termAt(at));
  }
  return terms;
}

const shapes = fc.constantFrom(1, 2, 3, 5, 200, 70_000, 2 ** 32 - 1).chain((termCount) =>
  fc.record({
    termCount: fc.constant(termCount),
    rows: fc.array(
      fc.array(fc.oneof(fc.integer({ min: 0, max: termCount - 1 }), fc.constant(termCount - 1)), {
        minLength: 1,
        maxLength: 6,
      }),
      { maxLength: 150, size: 'max' },
    ),
  }),
);

describe('ForwardIndex', () => {
  it('gives each row its terms, over borders of 64 rows and any width', () => {
    fc.assert(
      fc.property(shapes, ({ rows, termCount }) => {
        const forward = new ForwardIndex(sectionsFor(rows, termCount));
        expect(forward.rows).toBe(rows.length);
        forward.verify(termCount, termCount);
        expect(rows.map((_, row) => readRow(forward, row))).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });

  it('holds rows of 128 terms, and refuses more', () => {
    const rows = Array.from({ length: 200 }, () => Array.from({ length: 128 }, (_, i) => i));
    const forward = new ForwardIndex(sectionsFor(rows, 128));
    forward.verify(128, 128);
    expect(readRow(forward, 199)).toEqual(rows[199]);
    expect(() => sectionsFor([Array.from({ length: 129 }, () => 0)], 1)).toThrow(SegmentError);
  });

  it('compares rows by terms, a row before those that it begins', () => {
    const row = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(row, row, (a, b) => {
        const forward = new ForwardIndex(sectionsFor([a, b], 3));
        const expected = a.join() === b.join() ? 0 : a.join() < b.join() ? -1 : 1;
        expect(Math.sign(forward.compare(0, 1))).toBe(expected);
      }),
    );
  });

  it('names the row that is empty, too long, or has a term that is not there or cannot begin it', () => {
    const fault = (change: (container: Container) => void, spaced = 4): string => {
      const container = sectionsFor([[0, 3], [1], [2, 2, 2]], 4);
      change(container);
      try {
        new ForwardIndex(container).verify(4, spaced);
      } catch (error) {
        expect(error).toBeInstanceOf(SegmentError);
        return (error as SegmentError).message;
      }
      return 'no fault';
    };
    expect(fault(() => {})).toBe('no fault');
    expect(fault((c) => c.uint16('forward.rests').fill(2, 2, 3))).toContain('row 1');
    expect(fault((c) => c.uint16('forward.rests').fill(7, 3, 4))).toContain('row 2');
    expect(fault((c) => c.uint32('forward.bases').fill(900))).toContain('row 0');
    expect(fault(() => {}, 2)).toContain('row 2: expected a term below 2');
    expect(fault((c) => c.uint32('forward.shape').fill(5, 0, 1))).toContain("'forward.*'");
    expect(fault((c) => c.uint32('forward.shape').fill(0, 1, 2))).toContain("'forward.*'");
    expect(fault((c) => c.uint32('forward.shape').fill(33, 1, 2))).toContain("'forward.*'");
  });
});
