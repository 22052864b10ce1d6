import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextKey } from '../../../dictionaries/reading/text-keys.ts';
import { Container } from '../../../indexer/segment/container.ts';
import { TextKeyTable, writeTextKeys } from '../../../indexer/segment/text-keys-section.ts';
import { copyOf, sectionsOf } from './built-segments.ts';
import { reseal, sectionPlaces, segmentFault } from './damaged-bytes.ts';

const KINDS = ['pinyin', 'pinyinInitials', 'romaji'] as const;

/** A key whose steps take any sizes, small ones mostly: their sums are the key's length and the text's rest. */
const textKey = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    start: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 200 })),
    steps: fc.array(
      fc.tuple(
        fc.oneof(fc.nat({ max: 5 }), fc.constantFrom(15, 16, 130, 200)),
        fc.oneof(fc.nat({ max: 3 }), fc.constantFrom(15, 16, 128)),
      ),
      { minLength: 1, maxLength: 5 },
    ),
    letters: fc.stringMatching(/^[ab]{8}$/),
  })
  .filter(({ steps }) => steps.some(([units]) => units > 0))
  .map(({ kind, start, steps, letters }): TextKey => {
    const units = steps.reduce((sum, [keyUnits]) => sum + keyUnits, 0);
    return { kind, start, key: letters.repeat(units).slice(0, units), steps: steps.flat() };
  });

const texts = fc.array(fc.array(textKey, { maxLength: 4 }), { maxLength: 40 });

function bytesOf(list: readonly (readonly TextKey[])[]): Uint8Array {
  return sectionsOf((builder) => {
    writeTextKeys(
      builder,
      list.map((keys, id) => ({ id, keys })),
    );
  });
}

function textUnits({ start, steps }: TextKey): number {
  return steps.reduce((sum, units, i) => sum + (i % 2 === 1 ? units : 0), start);
}

describe('text keys', () => {
  it('lead to their completions, with where they begin and how they advance, the best completions first', () => {
    const asked = fc.tuple(fc.constantFrom(...KINDS), fc.stringMatching(/^[ab]{0,3}$/));
    fc.assert(
      fc.property(texts, fc.array(asked, { minLength: 6 }), (list, questions) => {
        const table = TextKeyTable.open(Container.open(bytesOf(list)));
        const all = list.flatMap((keys, id) => keys.map((key) => ({ id, ...key })));
        if (table === null) {
          expect(all).toEqual([]);
          return;
        }
        expect(table.size).toBe(all.length);
        for (const kind of KINDS) expect(table.has(kind)).toBe(all.some((e) => e.kind === kind));
        const out = new Uint32Array(64);
        for (const [kind, key] of questions) {
          for (const isWhole of [false, true]) {
            const range = isWhole ? table.exactRange(kind, key) : table.prefixRange(kind, key);
            const found = Array.from({ length: range.high - range.low }, (_, i) => {
              const entry = range.low + i;
              const steps = table.stepsAt(entry);
              const start = table.startAt(entry);
              return { id: table.completionAt(entry), kind, key: table.keyAt(entry), start, steps };
            });
            const expected = all.filter(
              (e) => e.kind === kind && (isWhole ? e.key === key : e.key.startsWith(key)),
            );
            const sorted = (items: readonly object[]) =>
              items.map((e) => JSON.stringify(Object.entries(e).sort())).sort();
            expect(sorted(found)).toEqual(sorted(expected));
            const best = [...out.subarray(0, table.best(range, 64, out))];
            expect(best.map((entry) => table.completionAt(entry))).toEqual(
              expected
                .map(({ id }) => id)
                .sort((a, b) => a - b)
                .slice(0, 64),
            );
            const stream = table.stream(range);
            expect(best.map(() => stream.next())).toEqual(best);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('take no section where no completion has one', () => {
    expect(sectionPlaces(bytesOf([[], []]))).toEqual([]);
  });

  it('are refused where steps, starts, completions or marks do not fit, checksums fitting', () => {
    const key = (kind: TextKey['kind'], letters: string, start: number): TextKey => ({
      kind,
      start,
      key: letters,
      steps: [letters.length - 1, 1, 1, 2],
    });
    const list = [
      [key('pinyin', 'beijing', 0), key('romaji', 'aa', 1)],
      [key('pinyin', 'beijing', 0)],
      [key('pinyinInitials', 'bj', 20)],
    ];
    const bytes = bytesOf(list);
    const verify = (file: Uint8Array, completions = 3) =>
      segmentFault(() =>
        TextKeyTable.open(Container.open(file))?.verify(completions, (id) =>
          Math.max(...list[id]!.map(textUnits)),
        ),
      );
    // The romaji key of the first completion ends where its pinyin key does not.
    expect(verify(bytes)).toMatch(/'textkeys\.steps', entry \d: expected 7 units/);
    list[0]!.pop();
    const fitting = bytesOf(list);
    expect(verify(fitting)).toBeNull();
    expect(verify(fitting, 2)).toMatch(/'textkeys\.ranks', entry 2/);
    for (const { name, start, end } of sectionPlaces(fitting)) {
      for (let bit = start * 8; bit < end * 8; bit++) {
        const file = copyOf(fitting);
        file[bit >>> 3] = file[bit >>> 3]! ^ (1 << (bit & 7));
        reseal(file, sectionPlaces(fitting).find((place) => place.name === name)!);
        const fault = verify(file);
        if (fault !== null) expect(fault).toMatch(/^segment sections? 'textkeys\./);
        // Letters, steps of the same sums and completions of the same length are told by nothing but the checksum.
        else expect(name).toMatch(/^textkeys\.(keys|steps|ranks)$/);
      }
    }
  });
});
