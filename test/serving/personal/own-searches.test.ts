import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, normaliseTyped } from '../../../dictionaries/normalise.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { FROM_HISTORY, FROM_PREFIX } from '../../../ranking/features/candidate-table.ts';
import { Profile } from '../../../ranking/profiles/profile.ts';
import { updateProfile } from '../../../ranking/profiles/update-profile.ts';
import {
  candidateText,
  PersonalRanking,
  readingOf,
} from '../../../serving/personal/personal-ranking.ts';
import { TextTest } from '../../../serving/personal/typed-test.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { search } from '../../ranking/profiles/event-records.ts';
import { manifestFor } from '../retrieval/manifest-fixture.ts';

const START_MS = Date.UTC(2026, 4, 1, 12);
const MOST_OWN = 48;
const SNAPSHOT = openSnapshot();

/** An index that has none of what is searched. */
function openSnapshot() {
  const builder = new SegmentBuilder();
  builder.add({ surface: 'zebra', normalised: 'zebra', score: 1 });
  const segment = Segment.open(builder.finish());
  const manifest = { ...manifestFor(segment), group: 'surface' as const };
  return { segment, manifest, engine: new Engine(segment, manifest) };
}

/** What a request adds of a user's own: the text, whether it begins with what is typed, and its place in the history. */
function addedTo(profile: Profile, typed: string, nowMs: number) {
  const ranking = new PersonalRanking();
  const matrix = ranking.matrix(SNAPSHOT, {
    ...{ typed, limit: 10, market: 'und', ownerHash: 'u', nowMs },
    ...{ session: null, video: null, reading: readingOf(profile) },
  });
  const { sources, history } = matrix.candidates;
  const rows = Array.from({ length: matrix.rows }, (_, row) => row);
  return rows
    .filter((row) => (sources[row]! & FROM_HISTORY) !== 0)
    .map((row) => ({
      text: candidateText(SNAPSHOT, matrix, row),
      isPrefix: (sources[row]! & FROM_PREFIX) !== 0,
      place: history[row],
    }));
}

/** The same by a look at every text: what begins with the typed one, then what holds its words, each newest first. */
function expectedOf({ history }: Profile, typed: string) {
  const test = new TextTest(normaliseTyped(typed).normalised);
  const held = history.map(({ normalised }, place) => ({
    ...{ text: normalised, place, holding: test.holds(` ${normalised} `) },
  }));
  return ['prefix', 'infix']
    .flatMap((wanted) => held.filter(({ holding }) => holding === wanted))
    .slice(0, MOST_OWN)
    .map(({ text, place, holding }) => ({ text, isPrefix: holding === 'prefix', place }));
}

const words = fc.constantFrom(
  'n',
  'ne',
  'new',
  'newest',
  'york',
  'über',
  'c++',
  '北京',
  '京都',
  'ab',
);
const query = fc.array(words, { minLength: 1, maxLength: 4 }).map((all) => all.join(' '));
const typedText = fc.oneof(
  fc.constantFrom('n', 'ne', 'new', 'new ', 'newes', 'ü', '京', '北京', 'c+', 'yor', 'x'),
  query,
);

describe('searches of the user’s own', () => {
  it('are added as a look at each of their texts would add them', () => {
    fc.assert(
      fc.property(fc.array(query, { minLength: 1, maxLength: 70 }), typedText, (queries, typed) => {
        const profile = new Profile();
        queries.forEach((text, i) => {
          updateProfile(profile, search(text, START_MS + i * 3_600_000));
        });
        const added = addedTo(profile, typed, START_MS + 100 * 3_600_000);
        expect(added).toEqual(expectedOf(profile, typed));
      }),
      { numRuns: 150 },
    );
  });

  it('are so many at most, those first that begin with what is typed', () => {
    const profile = new Profile();
    for (let i = 0; i < 60; i++) {
      const text = normalise(i % 2 === 0 ? `new ${i}` : `${i} new`);
      updateProfile(profile, search(text, START_MS + i * 3_600_000));
    }
    const added = addedTo(profile, 'new', START_MS + 60 * 3_600_000);
    expect(added).toHaveLength(MOST_OWN);
    expect(added.filter(({ isPrefix }) => isPrefix)).toHaveLength(30);
    expect(added).toEqual(expectedOf(profile, 'new'));
  });
});
