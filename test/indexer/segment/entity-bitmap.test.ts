import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brandCompletion } from '../../../indexer/segment/completion-id.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { buildSegment, copyOf, plainEntries, segmentBytes } from './built-segments.ts';
import { reseal, sectionPlaces, segmentFault } from './damaged-bytes.ts';

/** Completions by falling score, so that a completion's id is its place in the list. */
function entriesOf(isEntity: readonly boolean[]) {
  return plainEntries(isEntity.map((_, i) => `word${i}`)).map((entry, i) =>
    isEntity[i] === true ? { ...entry, kind: 'entity' as const } : entry,
  );
}

describe('entities', () => {
  it('are told apart from queries, whatever their number', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 100 }), (isEntity) => {
        const segment = buildSegment(entriesOf(isEntity));
        segment.verify();
        expect(isEntity.map((_, id) => segment.isEntity(brandCompletion(id)))).toEqual(isEntity);
      }),
      { numRuns: 60 },
    );
  });

  it('take no section where there are none', () => {
    const plain = segmentBytes(entriesOf([false, false]));
    expect(sectionPlaces(plain).map(({ name }) => name)).not.toContain('entities');
    const query = segmentBytes(entriesOf([false]).map((entry) => ({ ...entry, kind: 'query' })));
    expect(Buffer.compare(query, segmentBytes(entriesOf([false])))).toBe(0);
  });

  it('are refused with a bit beyond the last completion, checksums fitting', () => {
    const file = copyOf(segmentBytes(entriesOf([true, false, true])));
    const place = sectionPlaces(file).find(({ name }) => name === 'entities')!;
    file[place.start] = file[place.start]! | 8;
    reseal(file, place);
    expect(segmentFault(() => Segment.open(file).verify())).toMatch(/'entities'.*completion 3/);
  });
});
