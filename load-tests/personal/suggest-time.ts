/*
 * How long do personal suggestions take at a million completions, the profile in memory, 200 candidates and ten shown? Engine time: from the typed text to the answer's
 * objects, without HTTP and without a cache of answers. Each request is of another user than the one before. Median of five rounds.
 * `npm run bench -- suggest-time [completions]`.
 */
import { dayPartOf, Profile } from '../../ranking/profiles/profile.ts';
import { updateProfile } from '../../ranking/profiles/update-profile.ts';
import { STAGES } from '../../serving/personal/explanation.ts';
import { PersonalRanking, readingOf } from '../../serving/personal/personal-ranking.ts';
import type { ProfileReading } from '../../serving/personal/profile-source.ts';
import { Engine } from '../../serving/retrieval/engine.ts';
import { describeMachine } from '../micro/machine.ts';
import { type Random, randomBelow, seededRandom } from '../micro/seeded-random.ts';
import { quantile } from '../micro/statistics.ts';
import type { ScoredText } from '../micro/texts/scored-text.ts';
import { simulateTexts } from '../micro/texts/simulated-texts.ts';
import { drawEvidence } from '../surfaces/next-query-graph.ts';
import { indexTexts } from '../typing/measured-engine.ts';

const SEED = 5;
const ROUNDS = 5;
const REQUESTS = 4_000;
const USERS = 500;
const SEARCHES = 100;
const START_MS = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const NOW_MS = START_MS + 61 * DAY_MS;

const completions = Number(process.argv[2] ?? 1_000_000);
const { text, busy } = describeMachine();
console.log(`personal suggestions, ${completions} completions, seed ${SEED}; ${text}`);
if (busy !== null) console.log(busy);
const random = seededRandom(SEED);
const texts = simulateTexts({ count: completions, seed: SEED });
const { segment, manifest } = indexTexts(texts, (builder) =>
  builder.setRelated(drawEvidence(texts, random)),
);
const engine = new Engine(segment, manifest);
const snapshot = { segment, manifest, engine };
const ranking = new PersonalRanking();
const readings = Array.from({ length: USERS }, (_, user) => readingOf(drawProfile(user)));
for (const reading of readings) ranking.faceOf(snapshot).ownerOf(reading, NOW_MS);
let rows = 0;

for (const typed of [1, 2, 3, 5]) {
  const asked = Array.from({ length: REQUESTS }, (_, i) => {
    const reading = readings[i % USERS]!;
    // Half of the time something that the user searched before.
    const own = reading.profile?.history[randomBelow(random, 20)]?.normalised;
    const wanted = i % 2 === 0 && own !== undefined ? own : pick(texts, random).normalised;
    return { reading, typed: [...wanted].slice(0, typed).join('') };
  });
  const stages = STAGES.map((): number[] => []);
  const rounds: number[][] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const times = asked.map((each) => timeOf(each, round === 0 ? null : stages));
    if (round > 0) rounds.push(times);
  }
  const plain = asked.map(({ typed: prefix }) => plainTimeOf(prefix));
  const at = (share: number) =>
    quantile(
      rounds.map((times) => quantile(times, share)),
      0.5,
    ).toFixed(0);
  const ofStages = STAGES.map(
    (stage, i) => `${stage} ${quantile(stages[i] ?? [], 0.5).toFixed(1)}`,
  );
  console.log(
    `typed ${typed}: p50 ${at(0.5)} µs  p99 ${at(0.99)} µs  (${ofStages.join(', ')})  ${(rows / REQUESTS / (ROUNDS + 1)).toFixed(0)} candidates; for anybody p50 ${quantile(plain, 0.5).toFixed(1)} µs`,
  );
  rows = 0;
}

function timeOf(
  { reading, typed }: { readonly reading: ProfileReading; readonly typed: string },
  stages: readonly number[][] | null,
): number {
  const request = {
    ...{ typed, limit: 10, market: 'und', reading, nowMs: NOW_MS },
    ...{ ownerHash: 'owner', session: null, video: null },
  };
  const started = performance.now();
  ranking.answer(snapshot, request);
  const took = (performance.now() - started) * 1000;
  stages?.forEach((times, i) => {
    times.push(ranking.pipeline.stageUs[i] ?? 0);
  });
  rows += ranking.pipeline.candidates;
  return took;
}

function plainTimeOf(typed: string): number {
  const started = performance.now();
  engine.suggest(typed, { limit: 10 });
  return (performance.now() - started) * 1000;
}

/** Somebody who searched a hundred times over two months, the last time just now. */
function drawProfile(user: number): Profile {
  let profile = new Profile();
  for (let search = 0; search < SEARCHES; search++) {
    const query = pick(texts, random).surface;
    const atMs = START_MS + Math.floor(((search + 1) / SEARCHES) * 61 * DAY_MS) - 60_000;
    profile = updateProfile(profile, {
      event: { type: 'search', eventId: `${user}-${search}`, atMs, query },
      arrivedMs: atMs,
      user: `u${user}`,
      session: null,
      market: 'und',
    });
  }
  if (profile.dayParts.get(dayPartOf(NOW_MS - 60_000)) === undefined) {
    throw new Error('expected a profile that tells when its user searches');
  }
  return profile;
}

/** Popular ones rather, as they are asked. */
function pick(from: readonly ScoredText[], draw: Random): ScoredText {
  const chosen = from[Math.floor(from.length * draw() ** 3)];
  if (chosen === undefined) throw new Error('expected texts to draw from');
  return chosen;
}
