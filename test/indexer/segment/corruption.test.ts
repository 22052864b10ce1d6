import { describe, expect, it } from 'vitest';
import { Segment } from '../../../indexer/segment/segment.ts';
import { copyOf, manyScriptsBytes, seededRandom, segmentBytes } from './built-segments.ts';
import { describeSegment, reseal, sectionPlaces, segmentFault, tableEnd } from './damaged-bytes.ts';

const whole = manyScriptsBytes();
const sections = sectionPlaces(whole);

/** Ends of messages that say where: a byte, a section, a range. */
const PLACE = /byte \d|bytes \d+ to \d+|sections? '|sections end at/;

/**
 * Content that nothing else in the file repeats: a change that keeps the order, and the checksums, is another segment.
 * FORMAT.md says so of each.
 */
const GUARDED_BY_CHECKSUM_ALONE =
  /^(terms\.text|forward\.terms|scores\.log2|surfaces\.(codes|patterns|literalEnds|literals)|(all|m\d+)\.post\.(terms|first|offsets|rest)|markets\.tags|m\d+\.(ranks|places|ids|scores)|entities|lexicon\.json|termkeys\.(keys|terms)|textkeys\.(keys|ranks|steps))$/;

describe('a damaged segment', () => {
  it('is whole to begin with, and has a section of every kind', () => {
    Segment.open(whole).verify();
    const empty = sections.filter(({ start, end }) => start === end).map(({ name }) => name);
    // A single block has no table; ready answers need 256 places and have a test of their own.
    expect(
      empty.filter(
        (name) =>
          !/\.argmin$|^all\.(ready|union|pairs)\.|^all\.common$|^m\d+\.post\.rest$/.test(name),
      ),
    ).toEqual([]);
    expect(sections.map(({ name }) => name)).toContain('markets.tags');
    const names = sections.map(({ name }) => name);
    for (const name of ['all.post.terms', 'entities', 'lexicon.json', 'trie.nodes']) {
      expect(names).toContain(name);
    }
    for (const table of ['termkeys', 'textkeys']) {
      for (const part of ['keys', 'buckets', 'ranks', 'order.minima', 'order.argmin']) {
        expect(names).toContain(`${table}.${part}`);
      }
    }
    expect(names).toContain('termkeys.terms');
    expect(names).toContain('textkeys.steps');
    expect(names).toContain('textkeys.stepStarts');
  });

  it('is refused at open for every flipped bit of its header and table, with the place', () => {
    const file = copyOf(whole);
    for (let at = 0; at < tableEnd(whole); at++) {
      for (let bit = 0; bit < 8; bit++) {
        file[at] = whole[at]! ^ (1 << bit);
        expect(segmentFault(() => Segment.open(file))).toMatch(PLACE);
      }
      file[at] = whole[at]!;
    }
  });

  it('is found by its checksums for every flipped byte behind the table, and still opens or says why not', () => {
    const random = seededRandom(7);
    const file = copyOf(whole);
    const opened = Segment.open(file);
    for (const { name, start, end } of [
      ...sections,
      { name: 'the end', start: whole.length, end: 0 },
    ]) {
      const previousEnd = Math.max(
        tableEnd(whole),
        ...sections.filter((other) => other.start < start).map((other) => other.end),
      );
      for (let at = previousEnd; at < Math.max(start, end); at++) {
        file[at] = whole[at]! ^ (1 << Math.floor(random() * 8));
        const fault = segmentFault(() => opened.verifyChecksums());
        if (!fault?.includes(at < start ? `padding, byte ${at}` : `section '${name}'`)) {
          throw new Error(`byte ${at} of '${name}': expected its section's fault, got ${fault}`);
        }
        // Opening looks at lengths and counts only: the long table of pairs is opened now and then.
        if (end - start < 10_000 || at % 512 === 0) segmentFault(() => Segment.open(file));
        file[at] = whole[at]!;
      }
    }
    opened.verify();
  });

  it('is refused at open at every length that it can be cut to, and with bytes behind it', () => {
    for (let length = 0; length < whole.length; length++) {
      const fault = segmentFault(() => Segment.open(whole.subarray(0, length)));
      if (fault === null) throw new Error(`cut to ${length} bytes: expected a fault, got none`);
    }
    for (const extra of [1, 7, 8, 4096]) {
      const longer = new Uint8Array(whole.length + extra);
      longer.set(whole);
      expect(segmentFault(() => Segment.open(longer))).toMatch(PLACE);
    }
  });

  it('is found by its order where checksums were made to fit, or answers as before', () => {
    const random = seededRandom(3);
    const expected = describeSegment(Segment.open(whole));
    for (const place of sections) {
      // Odd, so that every byte of a number has its turn.
      const step = 2 * Math.floor((place.end - place.start) / 300) + 1;
      for (let at = place.start; at < place.end; at += step) {
        const file = copyOf(whole);
        file[at] = file[at]! ^ (1 << Math.floor(random() * 8));
        reseal(file, place);
        const fault = segmentFault(() => Segment.open(file).verify());
        if (fault !== null) {
          expect(fault).toMatch(/^segment/);
          continue;
        }
        const isSame = describeSegment(Segment.open(file)) === expected;
        if (!isSame && !GUARDED_BY_CHECKSUM_ALONE.test(place.name)) {
          throw new Error(`byte ${at - place.start} of '${place.name}': another segment passed`);
        }
      }
    }
  });

  it('has no ready answer that differs from the best of its range, checksums fitting', () => {
    const entries = Array.from({ length: 320 }, (_, i) => {
      const text = `a${i % 2} x${i}`;
      const aliases = i % 9 === 0 ? [`b${i}`] : [];
      return { normalised: text, surface: text, score: i, aliases };
    });
    const bytes = segmentBytes(entries);
    const segment = Segment.open(bytes);
    const readyPlaces = sectionPlaces(bytes).filter(({ name }) =>
      /^all\.(ready|union)\.(lows|highs|ranks)$/.test(name),
    );
    expect(readyPlaces).toHaveLength(6);
    const found = new Uint32Array(20);
    const answers = ({ all, order, rows }: Segment): string[] =>
      [order.locate(['a0'], false), order.locate(['a'], false), { low: 0, high: rows }].map(
        (range) => [...found.subarray(0, all.best(range, 20, found))].join(),
      );
    for (const place of readyPlaces) {
      for (let at = place.start; at < place.end; at++) {
        const file = copyOf(bytes);
        file[at] = file[at]! ^ (1 << (at % 8));
        reseal(file, place);
        const fault = segmentFault(() => Segment.open(file).verify());
        if (fault === null) expect(answers(Segment.open(file))).toEqual(answers(segment));
        else expect(fault).toMatch(/'all\.(ready|union)\./);
      }
    }
  });
});
