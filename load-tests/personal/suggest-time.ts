/*
 * How long do personal suggestions take at a million completions, profiles in memory, up to 200 candidates, ten shown? Engine time: from the typed text to the answer's objects, without HTTP
 * and without a cache of answers. People of several markets after many events, some in a session, some under a video, type texts of 1 to 5 characters; counts and click rates are there, too. Each request is of another user
 * than the one before. Beside them, texts that somebody typed a moment ago, and texts that nobody did. `npm run bench -- suggest-time [completions] [file to keep the index in]`.
 *
 * A busy machine is told from slow code by three figures: the processor's time a request, that of the best pass, and quantiles over requests of each request's median over
 * the passes, which a pause in the middle of one does not change.
 */
import { STAGES } from '../../serving/personal/explanation.ts';
import { describeMachine } from '../micro/machine.ts';
import { quantile } from '../micro/statistics.ts';
import { openTimedIndex } from './timed-index.ts';
import { TimedPeople, type TimedRequest } from './timed-people.ts';

const SEED = 5;
const PASSES = 9;
const REQUESTS = 2_000;
const USERS = 400;

const completions = Number(process.argv[2] ?? 1_000_000);
const { text, busy } = describeMachine();
console.log(`personal suggestions, ${completions} completions, seed ${SEED}; ${text}`);
if (busy !== null) console.log(busy);
const people = new TimedPeople(
  openTimedIndex(completions, SEED, process.argv[3] ?? null),
  USERS,
  SEED,
);
const { ranking, snapshot } = people;
const asked = people.drawRequests(REQUESTS);
asked.forEach((request, i) => {
  people.showAnswer(request, `r${i}`);
});

const stages = STAGES.map(() => new Float64Array(2 * PASSES * REQUESTS));
let candidates = 0;
let timed = 0;
report('known', timePasses(answer));
console.log(
  `  stages p50: ${STAGES.map((stage, i) => `${stage} ${quantile(stages[i] ?? [], 0.5).toFixed(1)}`).join(', ')} µs; ${(candidates / timed).toFixed(0)} candidates`,
);
report(
  'first after a search',
  timePasses(answer, (request) => people.afterSearch(request)),
);
report(
  'typed before, by somebody else',
  timePasses(answer, (request) => {
    ranking.answer(snapshot, people.byAnother(request));
    return request;
  }),
);
report(
  'never typed before',
  timePasses(answer, (request) => people.drawUnseen(request)),
);
report(
  'for anybody',
  timePasses(({ typed, limit, market }) => {
    snapshot.engine.suggest(typed, { limit, market });
  }),
);

function answer(request: TimedRequest): void {
  ranking.answer(snapshot, request);
  for (let i = 0; i < STAGES.length; i++) {
    stages[i]![timed % (2 * PASSES * REQUESTS)] = ranking.pipeline.stageUs[i]!;
  }
  timed++;
  candidates += ranking.pipeline.candidates;
}

interface Pass {
  /** Microseconds of each request. */
  readonly times: Float64Array;
  /** Of them, those that every pass has. */
  readonly repeated: Float64Array;
  /** Microseconds of the processor, a request. */
  readonly cpu: number;
}

/**
 * Times all requests in each of the passes, after one to warm up; after each of them one that no other pass has, so that what is remembered of typed texts helps as much as in a
 * stream of requests. What `prepare` does to the requests of as many as there are users is not timed, and comes before any of them is answered.
 */
function timePasses(
  run: (request: TimedRequest) => void,
  prepare: (request: TimedRequest) => TimedRequest = (request) => request,
): readonly Pass[] {
  const passes: Pass[] = [];
  for (let pass = 0; pass <= PASSES; pass++) {
    const others = people.drawRequests(REQUESTS);
    const requests = asked.flatMap((request, i) => [request, others[i] ?? request]);
    const times = new Float64Array(requests.length);
    let cpu = 0;
    for (let first = 0; first < requests.length; first += USERS) {
      const ready = requests.slice(first, first + USERS).map(prepare);
      const before = process.cpuUsage();
      ready.forEach((request, i) => {
        const started = performance.now();
        run(request);
        times[first + i] = (performance.now() - started) * 1000;
      });
      const { user, system } = process.cpuUsage(before);
      cpu += user + system;
    }
    if (pass === 0) continue;
    const repeated = times.filter((_, i) => i % 2 === 0);
    passes.push({ times, repeated, cpu: cpu / requests.length });
  }
  return passes;
}

function report(name: string, passes: readonly Pass[]): void {
  const at = (share: number) => passes.map(({ times }) => quantile(times, share));
  const medians = passes[0]!.repeated.map((_, i) =>
    quantile(
      passes.map(({ repeated }) => repeated[i]!),
      0.5,
    ),
  );
  const least = passes[0]!.repeated.map((_, i) =>
    Math.min(...passes.map(({ repeated }) => repeated[i]!)),
  );
  const cpu = passes.map((pass) => pass.cpu);
  const show = (value: number) => value.toFixed(1);
  console.log(
    [
      `${name}: wall p50 ${show(quantile(at(0.5), 0.5))} (best pass ${show(quantile(at(0.5), 0))})`,
      `p99 ${show(quantile(at(0.99), 0.5))} (best pass ${show(quantile(at(0.99), 0))})`,
      `of medians p50 ${show(quantile(medians, 0.5))} p99 ${show(quantile(medians, 0.99))}`,
      `of minima p50 ${show(quantile(least, 0.5))} p99 ${show(quantile(least, 0.99))}`,
      `processor a request ${show(quantile(cpu, 0.5))} (best pass ${show(quantile(cpu, 0))})`,
    ].join('; '),
    'µs',
  );
}
