import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TermKey, TermKeyKind } from '../../../dictionaries/reading/term-keys.ts';
import { JOINER } from '../../../dictionaries/terms.ts';
import { Container } from '../../../indexer/segment/container.ts';
import { compareTerms } from '../../../indexer/segment/term-dictionary.ts';
import { TermKeyTable, writeTermKeys } from '../../../indexer/segment/term-keys-section.ts';
import { copyOf, sectionsOf } from './built-segments.ts';
import { reseal, sectionPlaces, segmentFault } from './damaged-bytes.ts';

const KINDS: readonly TermKeyKind[] = ['fold', 'roman', 'jamo', 'initials', 'emoji', 'sound'];

/** Terms in id order with the best completion of each and the keys that they are given. */
interface KeyedTerm {
  readonly term: string;
  readonly best: number;
  readonly keys: readonly TermKey[];
}

const keyedTerms = fc
  .uniqueArray(
    fc.record({
      term: fc
        .tuple(fc.boolean(), fc.stringMatching(/^[abé京]{1,4}$/u))
        .map(([joined, text]) => (joined ? JOINER : '') + text),
      best: fc.nat({ max: 20 }),
      keys: fc.array(
        fc.record({ kind: fc.constantFrom(...KINDS), key: fc.stringMatching(/^[ab]{1,3}$/) }),
        { maxLength: 4 },
      ),
    }),
    { selector: ({ term }) => term, maxLength: 60 },
  )
  .map((list) => list.sort((a, b) => compareTerms(a.term, b.term)));

function bytesOf(list: readonly KeyedTerm[]): Uint8Array {
  // A key is asked of a term without its joiner: both forms of a text share theirs.
  const keys = new Map<string, readonly TermKey[]>();
  for (const keyed of list) keys.set(bare(keyed.term), keyed.keys);
  return sectionsOf((builder) => {
    writeTermKeys(
      builder,
      list.map(({ term }) => term),
      Uint32Array.from(list, ({ best }) => best),
      (term) => keys.get(term) ?? [],
    );
  });
}

function bare(term: string): string {
  return term.startsWith(JOINER) ? term.slice(1) : term;
}

describe('term keys', () => {
  it('lead to the terms that have them, whole or as a beginning, those of the best completions first', () => {
    const asked = fc.tuple(
      fc.constantFrom(...KINDS),
      fc.stringMatching(/^[ab]{0,3}$/),
      fc.constantFrom('whole', 'beginning'),
    );
    fc.assert(
      fc.property(keyedTerms, fc.array(asked, { minLength: 10 }), (list, questions) => {
        const table = TermKeyTable.open(Container.open(bytesOf(list)));
        const keys = new Map(list.map((keyed) => [bare(keyed.term), keyed.keys]));
        const all = list.flatMap(({ term, best }, id) =>
          (keys.get(bare(term)) ?? []).map(({ kind, key }) => ({ kind, key, id, best })),
        );
        if (table === null) {
          expect(all).toEqual([]);
          return;
        }
        table.verify(Uint32Array.from(list, ({ best }) => best));
        const out = new Uint32Array(64);
        for (const kind of KINDS) {
          expect(table.has(kind)).toBe(all.some((entry) => entry.kind === kind));
        }
        for (const [kind, key, mode] of questions) {
          const matching = all.filter(
            (entry) =>
              entry.kind === kind &&
              (mode === 'whole' ? entry.key === key : entry.key.startsWith(key)),
          );
          const range = table.range(kind, key, mode);
          const count = table.best(range, 64, out);
          const found = [...out.subarray(0, count)].map((entry) =>
            JSON.stringify([
              table.bestCompletionAt(entry),
              table.keyAt(entry),
              table.termAt(entry),
            ]),
          );
          const unique = new Set(matching.map((m) => JSON.stringify([m.best, m.key, m.id])));
          expect(range.high - range.low).toBe(unique.size);
          if (unique.size <= 64) expect(new Set(found)).toEqual(unique);
          const ranks = [...out.subarray(0, count)].map((entry) => table.bestCompletionAt(entry));
          expect(ranks).toEqual(ranks.slice().sort((a, b) => a - b));
          const stream = table.stream(range);
          expect(Array.from({ length: count }, () => stream.next())).toEqual([
            ...out.subarray(0, count),
          ]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('take no section where no term has one', () => {
    const bytes = bytesOf([{ term: 'a', best: 0, keys: [] }]);
    expect(sectionPlaces(bytes)).toEqual([]);
    expect(TermKeyTable.open(Container.open(bytes))).toBeNull();
  });

  it('are refused where a rank is not that of the term, a term does not exist, or a mark is none', () => {
    const list = ['a', 'b', 'c'].map((term, best) => ({
      term,
      best,
      keys: [{ kind: 'sound' as const, key: 'x' }],
    }));
    const bytes = bytesOf(list);
    const verify = (file: Uint8Array, terms = 3) =>
      segmentFault(() =>
        TermKeyTable.open(Container.open(file))?.verify(Uint32Array.of(0, 1, 2).subarray(0, terms)),
      );
    expect(verify(bytes)).toBeNull();
    expect(verify(bytes, 2)).toMatch(/'termkeys\.terms', entry 2/);
    for (const [name, at, value, message] of [
      ['termkeys.terms', 0, 1, /'termkeys\.ranks', entry 0: expected 1/],
      ['termkeys.terms', 4, 0, /'termkeys\.terms', entry 1: expected ascending/],
      ['termkeys.ranks', 8, 9, /'termkeys\.ranks', entry 2|'termkeys\.order/],
      ['termkeys.keys', 1, 0x7a, /'termkeys\.keys', entry/],
    ] as const) {
      const file = copyOf(bytes);
      const place = sectionPlaces(file).find((section) => section.name === name)!;
      file[place.start + at] = value;
      reseal(file, place);
      expect(verify(file)).toMatch(message);
    }
  });
});
