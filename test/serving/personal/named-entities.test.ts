import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { stableHash } from '../../../dictionaries/stable-hash.ts';
import { findExactForm } from '../../../indexer/segment/exact-form.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { wordRuns } from '../../../ranking/profiles/text-facts.ts';
import { namedEntities } from '../../../serving/personal/named-entities.ts';

const WORDS = ['red', 'hot', 'chili', 'peppers', '東京', '東京タワー', 'タワー', 'new', 'york'];
const NAMES = [
  'red hot chili peppers',
  'red hot',
  'chili',
  '東京',
  '東京タワー',
  'new york',
  'york',
];
const QUERIES = ['red hot chili', 'new york 東京', 'hot', 'タワー'];

function build(): Segment {
  const builder = new SegmentBuilder();
  const texts = [...NAMES, ...QUERIES];
  texts.forEach((text, place) => {
    const kind = place < NAMES.length ? { kind: 'entity' as const } : {};
    builder.add({
      ...{ surface: text, normalised: normalise(text), score: texts.length - place },
      ...kind,
    });
  });
  return Segment.open(builder.finish());
}

/** Every run by itself, the longest first at each word. */
function lookUpEach(segment: Segment, normalised: string): number[] {
  const found: number[] = [];
  let covered = 0;
  let at = 0;
  for (const run of wordRuns(normalised)) {
    const words = run.split(' ').length;
    const id = at >= covered && found.length < 4 ? findExactForm(segment, run) : null;
    if (id !== null && segment.isEntity(id)) {
      found.push(stableHash(run));
      covered = at + words;
    }
    if (words === 1) at++;
  }
  return [...new Set(found)];
}

describe('the entities that a text names', () => {
  const segment = build();

  test('are the longest at each word, from the left', () => {
    const hashes = (...names: string[]) => names.map(stableHash);
    expect(namedEntities(segment, 'red hot chili peppers live')).toEqual(
      hashes('red hot chili peppers'),
    );
    expect(namedEntities(segment, 'red hot chili 東京タワー')).toEqual(
      hashes('red hot', 'chili', '東京タワー'),
    );
    expect(namedEntities(segment, 'hot')).toEqual([]);
    expect(namedEntities(segment, '')).toEqual([]);
  });

  test('are those that looking up each run finds', () => {
    const word = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...WORDS) }, fc.string());
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), (words) => {
        const normalised = normalise(words.join(' '));
        expect(namedEntities(segment, normalised)).toEqual(lookUpEach(segment, normalised));
      }),
      { numRuns: 2_000 },
    );
  });
});
