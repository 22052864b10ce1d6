import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { cleanSurface } from '../../../dictionaries/surface.ts';
import { MAX_RESULTS } from '../../../indexer/segment/range-minimum.ts';
import { queryText } from '../../support/text-arbitraries.ts';
import { buildSegment, RICH_ENTRIES, seededRandom } from './built-segments.ts';

/** The best first, as ids are given: equal scores would be ordered by terms. */
function scored(surfaces: readonly string[]) {
  const byForm = new Map<string, string>();
  for (const surface of surfaces) {
    const form = normalise(surface);
    if (form !== '' && [...form].length <= 128 && !byForm.has(form)) byForm.set(form, surface);
  }
  return [...byForm].map(([normalised, surface], place) => ({
    normalised,
    surface,
    score: byForm.size - place,
  }));
}

describe('texts of a segment', () => {
  it('are what was added, in any batch, in ASCII and beyond, again and again', () => {
    const surface = fc.oneof(
      queryText(),
      fc.constantFrom('New York', 'new-york!', 'Élan', 'ÉLAN vital', "don't", 'Straße', 'NASA 8'),
    );
    fc.assert(
      fc.property(
        fc.array(
          surface.map((raw) => cleanSurface(raw)),
          { minLength: 1, maxLength: 90, size: 'max' },
        ),
        fc.nat(),
        (surfaces, seed) => {
          const entries = scored(surfaces);
          fc.pre(entries.length > 0);
          const segment = buildSegment(entries);
          const random = seededRandom(seed);
          for (const count of [1, 10, 21, MAX_RESULTS, MAX_RESULTS]) {
            const ids = Uint32Array.from({ length: MAX_RESULTS }, () =>
              Math.floor(random() * entries.length),
            );
            const chosen = [...ids.subarray(0, count)].map((id) => entries[id]!);
            expect(segment.surfaceTexts(ids, count)).toEqual(chosen.map((entry) => entry.surface));
            expect(segment.normalisedTexts(ids, count)).toEqual(
              chosen.map((entry) => entry.normalised),
            );
            const distinct = Uint32Array.from(new Set(ids.subarray(0, count)));
            const [shown, forms]: [string[], string[]] = [['left over'], []];
            segment.bothTexts(distinct, distinct.length, shown, forms);
            const wanted = [...distinct].map((id) => entries[id]!);
            expect(shown).toEqual(wanted.map((entry) => entry.surface));
            expect(forms).toEqual(wanted.map((entry) => entry.normalised));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are the same when they are remembered and beyond what is remembered', () => {
    const entries = scored(
      Array.from({ length: 66_000 }, (_, i) => (i % 3 === 0 ? `Word ${i}` : `wörd ${i}`)),
    );
    const segment = buildSegment(entries);
    const ids = Uint32Array.of(0, 1, 65_535, 65_536, 65_999, 1, 65_536);
    const expected = [...ids].map((id) => entries[id]!.surface);
    for (let run = 0; run < 3; run++) {
      expect(segment.surfaceTexts(ids, ids.length)).toEqual(expected);
    }
  });

  it('hold the longest rows that a segment takes, a full batch of them', () => {
    const surfaces = Array.from({ length: MAX_RESULTS }, (_, i) =>
      Array.from({ length: 64 }, (_, j) => String.fromCodePoint(0x20000 + i + j)).join('--------'),
    );
    const spaced = Array.from(
      { length: MAX_RESULTS },
      (_, i) =>
        Array.from({ length: 64 }, (_, j) => (j === 0 ? `${i % 10}` : 'x')).join('--------') +
        '!'.repeat(i % 8),
    );
    for (const list of [surfaces, spaced]) {
      const entries = scored(list);
      const segment = buildSegment(entries);
      const ids = Uint32Array.from(entries.keys());
      expect(segment.surfaceTexts(ids, ids.length)).toEqual(entries.map((entry) => entry.surface));
    }
  });

  it('include the spellings of aliases, by their rows', () => {
    const segment = buildSegment(RICH_ENTRIES);
    const rows = Uint32Array.from(
      { length: segment.rows - segment.completions },
      (_, i) => segment.completions + i,
    );
    const aliases = segment.normalisedTexts(rows, rows.length);
    const targets = [...rows].map((row) => segment.surfaceText(segment.completionOfRow(row)));
    expect(targets.map((target, i) => `${aliases[i]} > ${target}`).sort()).toEqual(
      RICH_ENTRIES.flatMap(({ aliases: list, surface }) =>
        (list ?? []).map((alias) => `${alias} > ${surface}`),
      ).sort(),
    );
  });

  it('are none for no ids', () => {
    const segment = buildSegment(RICH_ENTRIES);
    expect(segment.surfaceTexts(new Uint32Array(0), 0)).toEqual([]);
    expect(segment.normalisedTexts(new Uint32Array(0), 0)).toEqual([]);
  });
});
