import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOINER } from '../../../dictionaries/terms.ts';
import { Container } from '../../../indexer/segment/container.ts';
import { SegmentError } from '../../../indexer/segment/errors.ts';
import { compareTerms } from '../../../indexer/segment/term-dictionary.ts';
import {
  bestIdsOf,
  openTermTrie,
  type TermTrie,
  writeTermTrie,
} from '../../../indexer/segment/term-trie.ts';
import type { TrieInput } from '../../../indexer/segment/term-trie-builder.ts';
import {
  CHILDREN_SHIFT,
  DEPTH_MASK,
  END,
  GRADE_SHIFT,
  gradeOf,
  INNER,
  INNER_NODE,
  LABEL_MASK,
  leastIdOf,
  letterBit,
  NODE,
  SEARCH,
  SLOTS,
  slotOf,
} from '../../../indexer/segment/term-trie-nodes.ts';
import { sectionsOf } from './built-segments.ts';

const LETTERS = [...'abcdefghij', 'é', 'è', 'ж', '한', '京', 'ก', '\u{10400}', '\u{1f600}'];
const word = fc
  .array(fc.oneof(fc.constantFrom('a', 'b'), fc.constantFrom(...LETTERS)), {
    minLength: 1,
    maxLength: 6,
  })
  .map((letters) => letters.join(''));
const terms = fc.uniqueArray(
  fc.oneof(
    { weight: 4, arbitrary: word },
    { weight: 1, arbitrary: word.map((text) => JOINER + text) },
  ),
  { maxLength: 80 },
);

function inputOf(list: readonly string[]): TrieInput & { readonly sorted: readonly string[] } {
  const sorted = list.toSorted(compareTerms);
  const bytes = sorted.map((term) => Buffer.from(term.replace(JOINER, '')));
  const bestIds = Uint32Array.from(sorted, (_, id) => (id * 7919) % 1000);
  return {
    sorted,
    termByte: (term, index) => bytes[term]![index] ?? -1,
    spaced: sorted.filter((term) => !term.startsWith(JOINER)).length,
    bestIds,
  };
}

function bytesOf(input: TrieInput): Uint8Array {
  return sectionsOf((builder) => writeTermTrie(builder, input));
}

function trieOf(input: TrieInput): TermTrie {
  return openTermTrie(Container.open(bytesOf(input)))!;
}

function isReachable(term: string): boolean {
  const unspaced = /^[京ก\u{1f600}]/u;
  return !term.startsWith(JOINER) && [...term].length > 1 && !unspaced.test(term);
}

/** Walks every node, checks what it says of the terms below, and gives the terms met. */
function walk(trie: TermTrie, input: ReturnType<typeof inputOf>, node: number): number[] {
  const { inner, nodes, slots } = trie;
  const at = node * INNER_NODE;
  const depth = inner[at + 3]! & DEPTH_MASK;
  const count = inner[at + 3]! >>> CHILDREN_SHIFT;
  const first = inner[at + 2]!;
  const met: number[] = [];
  let before = -1;
  const bySlot = new Map<number, number[]>();
  for (let place = 0; place < count; place++) {
    const child = (first + place) * NODE;
    const head = nodes[child]!;
    const link = nodes[child + 1]!;
    const label = head & LABEL_MASK;
    expect(head).toBeGreaterThan(before);
    before = head;
    const below = link >= INNER ? walk(trie, input, link - INNER) : [link];
    let letters = 0;
    for (const term of below) {
      const rest = Buffer.from(input.sorted[term]!).subarray(depth).toString();
      expect(rest.codePointAt(0) ?? END).toBe(label);
      for (const letter of [...rest].slice(1)) letters |= letterBit(letter.codePointAt(0)!);
    }
    expect(nodes[child + 2]).toBe(letters >>> 0);
    expect(head >>> GRADE_SHIFT).toBe(Math.min(...below.map((id) => gradeOf(input.bestIds[id]!))));
    if (label !== END) {
      bySlot.set(slotOf(label), [...(bySlot.get(slotOf(label)) ?? []), place]);
    }
    met.push(...below);
  }
  if (inner[at + 4] !== 0) {
    for (let slot = 0; slot < SLOTS; slot++) {
      const places = bySlot.get(slot) ?? [];
      const expected = places.length > 1 ? SEARCH : (places[0] ?? -1) + 1;
      expect(slots[(inner[at + 4]! - 1) * SLOTS + slot]).toBe(expected);
    }
  }
  met.sort((a, b) => a - b);
  if (met.length > 0) {
    expect(inner[at + 1]).toBe(met.at(-1)! + 1);
    if (node !== trie.root) expect(inner[at]).toBe(met[0]);
  }
  return met;
}

describe('TermTrie', () => {
  it('holds the spaced terms of two letters and more, each below nodes that say what they have in common', () => {
    fc.assert(
      fc.property(terms, (list) => {
        const input = inputOf(list);
        const trie = trieOf(input);
        trie.verify(input);
        const expected = [...input.sorted.keys()].filter((id) => isReachable(input.sorted[id]!));
        expect(walk(trie, input, trie.root)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same for the same terms', () => {
    const input = inputOf(['new', 'news', 'newyork', 'york', 'new york'.slice(4), 'ñandú']);
    expect(bytesOf(input)).toEqual(bytesOf(inputOf(input.sorted.toReversed())));
  });

  it('holds nothing but its root without terms', () => {
    const trie = trieOf(inputOf([]));
    expect(trie.root).toBe(0);
    expect(trie.nodes).toHaveLength(0);
    trie.verify(inputOf([]));
  });

  it('finds every number that is wrong, and sections of another length', () => {
    const many = [...'abcdefghijk'].flatMap((letter) => [
      `${letter}x`,
      `${letter}xy`,
      `a${letter}`,
    ]);
    const input = inputOf([...new Set(many)]);
    const container = Container.open(bytesOf(input));
    const trie = openTermTrie(container)!;
    for (const [section, values] of [
      ['trie.nodes', trie.nodes],
      ['trie.inner', trie.inner],
      ['trie.slots', trie.slots],
    ] as const) {
      expect(values.length).toBeGreaterThan(0);
      for (let at = 0; at < values.length; at++) {
        values[at] = values[at]! ^ 1;
        expect(() => trie.verify(input)).toThrow(`'${section}', number ${at}`);
        values[at] = values[at]! ^ 1;
      }
    }
    expect(() => trie.verify(inputOf(['ab']))).toThrow(SegmentError);
    trie.verify(input);
  });

  it('refuses sections that are no whole number of nodes, and is absent from a file without them', () => {
    const open = (nodes: number, inner: number) =>
      openTermTrie(
        Container.open(
          sectionsOf((builder) => {
            builder.add('trie.nodes', new Uint32Array(nodes));
            builder.add('trie.inner', new Uint32Array(inner));
            builder.add('trie.slots', new Uint8Array(0));
          }),
        ),
      );
    expect(() => open(4, 5)).toThrow("'trie.*'");
    expect(() => open(3, 4)).toThrow("'trie.*'");
    expect(() => open(0, 0)).toThrow("'trie.*'");
    expect(openTermTrie(Container.open(sectionsOf(() => {})))).toBeNull();
  });
});

describe('gradeOf', () => {
  it('ascends with the id, eight grades an octave, and gives the least id of each back', () => {
    for (let id = 0; id < 5000; id++) {
      expect(gradeOf(id + 1)).toBeGreaterThanOrEqual(gradeOf(id));
      expect(leastIdOf(gradeOf(id))).toBeLessThanOrEqual(id);
      expect(gradeOf(leastIdOf(gradeOf(id)))).toBe(gradeOf(id));
    }
    expect(gradeOf(2 * 4999 + 1) - gradeOf(4999)).toBe(8);
    expect(gradeOf(2 ** 31 - 2)).toBeLessThan(256);
  });
});

describe('bestIdsOf', () => {
  it('is the least id of a row that holds the term, aliases standing for their targets', () => {
    const rows = [[0, 1], [2, 0], [3], [1, 3], [4]];
    const targets = [0, 1, 2, 0, 1];
    const flat = rows.flat();
    const starts = rows.map((_, row) => rows.slice(0, row).flat().length);
    const view = {
      rows: rows.length,
      start: (row: number) => starts[row] ?? flat.length,
      termAt: (place: number) => flat[place]!,
    };
    const best = bestIdsOf(view, (row) => targets[row]!, 6);
    expect([...best]).toEqual([0, 0, 1, 0, 1, 0xffffffff]);
  });
});
