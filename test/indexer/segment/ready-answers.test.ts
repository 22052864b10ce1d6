import { describe, expect, it } from 'vitest';
import { JOINER, sequenceTerms } from '../../../dictionaries/terms.ts';
import { Container } from '../../../indexer/segment/container.ts';
import type { CountedCompletion } from '../../../indexer/segment/counted-completion.ts';
import { MAX_RESULTS } from '../../../indexer/segment/range-minimum.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { buildSegment, plainEntries, seededRandom, segmentBytes } from './built-segments.ts';

/** Thousands of texts under few prefixes: short words, joined and spaced, that share one, two and three letters. */
function crowd(size: number, withAliases: boolean): CountedCompletion[] {
  const random = seededRandom(size);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
  const words = ['a', 'ab', 'aba', 'abb', 'b', 'ba', 'é', 'éa', '京', '京都'];
  const texts = new Set<string>();
  while (texts.size < size) {
    const length = 1 + Math.floor(random() * 5);
    let text = pick(words);
    for (let i = 1; i < length; i++) text += pick(['', ' ', ' ', ' ']) + pick(words);
    if (random() < 0.3) text += ` ${Math.floor(random() * 40)}`;
    texts.add(text);
  }
  return [...texts].map((text) => {
    const aliases = withAliases && random() < 0.2 ? [`ab ${text}`] : [];
    return { normalised: text, surface: text, score: Math.floor(random() * 2000), aliases };
  });
}

function prefixesOf(entries: readonly CountedCompletion[], length: number): Set<string> {
  const prefixes = new Set<string>(['']);
  for (const { normalised, aliases } of entries) {
    for (const form of [normalised, ...(aliases ?? [])]) {
      const points = [...`${form} `];
      for (let i = 1; i <= Math.min(length, points.length); i++) {
        prefixes.add(points.slice(0, i).join(''));
      }
    }
  }
  return prefixes;
}

/** One part of every table of ready answers, the one of places first. */
function readySections(bytes: Uint8Array, part: 'lows' | 'highs' | 'ranks'): Uint32Array[] {
  const container = Container.open(bytes);
  return container
    .sizes()
    .filter(({ section }) => /\.(ready|union)\./.test(section) && section.endsWith(`.${part}`))
    .map(({ section }) => container.uint32(section));
}

describe('ready answers', () => {
  it.each([false, true])('equal a sort of every range, with aliases %s', (withAliases) => {
    const entries = crowd(5200, withAliases);
    const bytes = segmentBytes(entries);
    const segment = Segment.open(bytes);
    segment.verify();
    const [ofPlaces, ofTerms] = readySections(bytes, 'lows');
    expect(ofPlaces!.length).toBeGreaterThan(15);
    expect(ofTerms!.length).toBeGreaterThan(3);
    const found = new Uint32Array(MAX_RESULTS);
    const formsOf = segment.normalisedTexts.bind(segment);
    const forms: string[] = [];
    for (let row = 0; row < segment.rows; row++) forms.push(...formsOf(Uint32Array.of(row), 1));
    for (const prefix of prefixesOf(entries, 4)) {
      const bare = prefix.endsWith(' ') ? prefix.slice(0, -1) : prefix;
      const range = segment.order.locate(sequenceTerms(bare), bare !== prefix);
      const ids = new Set<number>();
      forms.forEach((form, row) => {
        if (`${form} `.startsWith(prefix)) ids.add(segment.completionOfRow(row));
      });
      const expected = [...ids].sort((a, b) => a - b);
      for (const k of [1, 10, 20, 21, MAX_RESULTS]) {
        const count = segment.all.best(range, k, found);
        expect([...found.subarray(0, count)]).toEqual(expected.slice(0, k));
      }
    }
  });

  it('equal a sort of the completions that hold a term with the beginning', () => {
    const entries = crowd(5200, true);
    const segment = buildSegment(entries);
    const forms = entries.map((_, id) => segment.normalisedTexts(Uint32Array.of(id), 1)[0]!);
    const terms = forms.map((form) => sequenceTerms(form));
    const found = new Uint32Array(MAX_RESULTS);
    for (const beginning of ['a', 'ab', 'aba', 'abb', 'b', 'ba', 'é', 'éa', '京', '1', '12', 'x']) {
      for (const joined of [false, true]) {
        const wanted = joined ? JOINER + beginning : beginning;
        const expected = [...terms.keys()].filter((id) =>
          terms[id]!.some((term) => term.startsWith(wanted)),
        );
        for (const k of [1, 10, 20, 21, MAX_RESULTS]) {
          const range = segment.terms.prefixRange(beginning, joined);
          const count = segment.all.bestOfTerms(range, k, found, 0);
          expect([...found.subarray(0, count)]).toEqual(expected.slice(0, k));
        }
      }
    }
  });

  it('are there for the largest ranges and for no small segment', () => {
    const large = segmentBytes(crowd(600, false));
    const lows = readySections(large, 'lows');
    const highs = readySections(large, 'highs');
    const ranks = readySections(large, 'ranks');
    expect(lows[0]![0]).toBe(0);
    expect([...highs[0]!]).toContain(600);
    expect(ranks.map(({ length }) => length)).toEqual(lows.map(({ length }) => 20 * length));
    expect(readySections(segmentBytes(plainEntries(['a', 'b', 'c'])), 'lows')[0]).toHaveLength(0);
  });
});
