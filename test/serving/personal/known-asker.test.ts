import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { Profile, SESSION_GAP_MS } from '../../../ranking/profiles/profile.ts';
import { updateProfile } from '../../../ranking/profiles/update-profile.ts';
import { Enricher } from '../../../serving/personal/enricher.ts';
import { PersonalRanking } from '../../../serving/personal/personal-ranking.ts';
import type { PersonalRequest } from '../../../serving/personal/personal-request.ts';
import type { ProfileReading } from '../../../serving/personal/profile-source.ts';
import { SLIP_MS } from '../../../serving/personal/slip-corrections.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { search } from '../../ranking/profiles/event-records.ts';
import { manifestFor } from '../retrieval/manifest-fixture.ts';

const START_MS = Date.UTC(2026, 4, 31, 12);
const MARKETS = ['en-US', 'es-MX', 'und'];
const TEXTS = ['carrot cake', 'carros usados', 'carnival cruise', 'carne asada', 'cars near me'];
const TOLD = ['languageFit', 'followUp', 'slipCorrection', 'ownQuery'];
const SNAPSHOT = openSnapshot();
const ENRICHER = new Enricher();
ENRICHER.useSnapshot('s', SNAPSHOT);

function openSnapshot() {
  const builder = new SegmentBuilder();
  TEXTS.forEach((surface, i) => {
    const market = MARKETS[i % 2] ?? 'und';
    const score = 300 - 40 * i;
    builder.add({ surface, normalised: normalise(surface), score, markets: [{ market, score }] });
  });
  const segment = Segment.open(builder.finish());
  const manifest = { ...manifestFor(segment), group: 'surface' as const };
  return { segment, manifest, engine: new Engine(segment, manifest) };
}

function recordOf(query: string, market: string, atMs: number) {
  const record = { ...search(query, atMs), market };
  const enriched = ENRICHER.enrich(record);
  return enriched === null ? record : { ...record, enriched };
}

/** What a request shows of who asks, but for weights that fade: those are of when the profile was bound. */
function answerOf(ranking: PersonalRanking, reading: ProfileReading, typed: string, nowMs: number) {
  const request: PersonalRequest = {
    ...{ typed, limit: 10, market: 'und', ownerHash: 'u', session: null, video: null },
    ...{ reading, nowMs },
  };
  const answer = ranking.answer(SNAPSHOT, request, true);
  const shown = (answer?.suggestions ?? []).map(({ text, source }, i) => {
    const { features = {} } = answer?.explanation?.suggestions[i] ?? {};
    return { text: `${text} ${source}`, told: TOLD.map((name) => features[name] ?? 0) };
  });
  return shown.sort((a, b) => (a.text < b.text ? -1 : 1));
}

const step = fc.record({
  query: fc.constantFrom(...TEXTS, 'carot cake', 'carnivl', 'my own'),
  market: fc.constantFrom(...MARKETS),
  /** From one event to the next, and from that to the request: about the ends of slips and sessions rather. */
  passedMs: fc.constantFrom(1_000, SLIP_MS, SESSION_GAP_MS, 90_000_000),
  waitedMs: fc.constantFrom(
    0,
    SLIP_MS - 1,
    SLIP_MS,
    SLIP_MS + 1,
    SESSION_GAP_MS - 1,
    SESSION_GAP_MS,
  ),
  typed: fc.constantFrom('c', 'car', 'carn', 'm', 'cake'),
});

describe('what is kept of who asks between events', () => {
  it('answers as if it was read anew with every request', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
        const ranking = new PersonalRanking();
        const profile = new Profile();
        const reading = { profile, revision: 0, isDegraded: false };
        let atMs = START_MS;
        for (const { query, market, passedMs, waitedMs, typed } of steps) {
          atMs += passedMs;
          updateProfile(profile, recordOf(query, market, atMs));
          reading.revision++;
          // What was kept as of the event serves the request after it, too, unless that comes long after.
          for (const nowMs of [atMs, atMs + waitedMs]) {
            const known = answerOf(ranking, reading, typed, nowMs);
            const anew = answerOf(new PersonalRanking(), { ...reading }, typed, nowMs);
            expect(known.map(({ text }) => text)).toEqual(anew.map(({ text }) => text));
            const numbers = anew.flatMap(({ told }) => told);
            known
              .flatMap(({ told }) => told)
              .forEach((number, i) => {
                expect(number).toBeCloseTo(numbers[i] ?? Number.NaN, 2);
              });
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
