import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { cleanSurface } from '../../../dictionaries/surface.ts';
import type { CountedCompletion } from '../../../indexer/segment/counted-completion.ts';
import { SegmentError } from '../../../indexer/segment/errors.ts';
import { queryText } from '../../support/text-arbitraries.ts';
import { buildSegment, RICH_ENTRIES, segmentBytes, shuffled } from './built-segments.ts';

const entry = fc
  .record({
    raw: queryText(),
    score: fc.constantFrom(0, -0, 1, 1, 2, 0.5),
    aliases: fc.array(fc.constantFrom('a', 'b', 'a b', '京', '京都'), { maxLength: 3 }),
    market: fc.option(fc.constantFrom('de', 'en', 'und')),
  })
  .map(({ raw, score, aliases, market }): CountedCompletion => {
    const surface = cleanSurface(raw);
    const base = { normalised: normalise(surface), surface, score, aliases };
    return market === null ? base : { ...base, markets: [{ market, score }] };
  })
  .filter(({ normalised }) => normalised !== '' && [...normalised].length <= 128);

const entryList = fc.uniqueArray(entry, {
  selector: ({ normalised }) => normalised,
  maxLength: 40,
});

function badInput(build: () => void): string {
  try {
    build();
  } catch (error) {
    expect(error).toBeInstanceOf(SegmentError);
    expect((error as SegmentError).code).toBe('bad-input');
    return (error as SegmentError).message;
  }
  throw new Error('expected a SegmentError, got none');
}

describe('SegmentBuilder', () => {
  it('makes the same bytes whatever the order of input', () => {
    fc.assert(
      fc.property(entryList, fc.nat(), (list, seed) => {
        const bytes = segmentBytes(list);
        expect(Buffer.compare(segmentBytes(list), bytes)).toBe(0);
        expect(Buffer.compare(segmentBytes(shuffled(list, seed)), bytes)).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it('makes the same bytes of entries with everything in them, and of thousands, in any order', () => {
    const thousands = Array.from({ length: 3000 }, (_, i) => {
      const surface = i % 3 === 0 ? `Word-${i % 50} ${i}` : `word ${i % 50} é${i}`;
      return { normalised: normalise(surface), surface, score: i % 17, aliases: [`w ${i % 9}`] };
    });
    for (const list of [RICH_ENTRIES, thousands]) {
      const bytes = segmentBytes(list);
      for (let seed = 0; seed < 4; seed++) {
        expect(Buffer.compare(segmentBytes(shuffled(list, seed)), bytes)).toBe(0);
      }
    }
  });

  it('gives segments that pass verification, of any entries', () => {
    fc.assert(
      fc.property(entryList, (list) => {
        const segment = buildSegment(list);
        segment.verify();
        expect(segment.completions).toBe(list.length);
        const ids = Uint32Array.from(list.keys());
        const texts = Array.from(ids, (id) => segment.surfaceTexts(Uint32Array.of(id), 1)[0]);
        expect(texts.sort()).toEqual(list.map(({ surface }) => surface).sort());
      }),
      { numRuns: 150 },
    );
  });

  it('builds a segment of nothing', () => {
    const segment = buildSegment([]);
    segment.verify();
    expect(segment.completions).toBe(0);
    expect(segment.markets.size).toBe(0);
    const found = new Uint32Array(10);
    expect(segment.all.best({ low: 0, high: 0 }, 10, found)).toBe(0);
  });

  it('says how many bytes each section takes', () => {
    const bytes = segmentBytes(RICH_ENTRIES);
    const sizes = buildSegment(RICH_ENTRIES).sizes();
    const sum = sizes.reduce((total, section) => total + Math.ceil(section.bytes / 8) * 8, 0);
    expect(sum + Math.ceil((32 + 48 * sizes.length) / 8) * 8).toBe(bytes.length);
  });

  it.each([NaN, -1, Infinity, -Infinity])('refuses a score of %d', (score) => {
    const message = badInput(() => segmentBytes([{ normalised: 'a', surface: 'a', score }]));
    expect(message).toContain(`got ${score}`);
  });

  it('refuses a form that is empty, too long or there already, and repeats none of its text', () => {
    const one = { normalised: 'secret one', surface: 'Secret One', score: 1 };
    for (const list of [
      [{ ...one, normalised: '' }],
      [{ ...one, normalised: 'secret'.repeat(50) }],
      [one, { normalised: 'other', surface: 'other', score: 9 }, { ...one, score: 2 }],
    ]) {
      expect(badInput(() => segmentBytes(list)).toLowerCase()).not.toContain('secret');
    }
  });
});
