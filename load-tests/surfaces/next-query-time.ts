/*
 * How long do related searches take at a million completions whose evidence is as full as the format allows? Engine time: from the query's text to the answer's objects,
 * without HTTP and without a cache. Median of five rounds. `npm run bench -- next-query-time [completions]`.
 */
import { Engine } from '../../serving/retrieval/engine.ts';
import { RelatedSearches } from '../../serving/surfaces/related/related-searches.ts';
import { describeMachine } from '../micro/machine.ts';
import { type Random, randomBelow, seededRandom } from '../micro/seeded-random.ts';
import { quantile } from '../micro/statistics.ts';
import type { ScoredText } from '../micro/texts/scored-text.ts';
import { simulateTexts } from '../micro/texts/simulated-texts.ts';
import { indexTexts } from '../typing/measured-engine.ts';
import { drawEvidence } from './next-query-graph.ts';

const SEED = 4;
const ROUNDS = 5;
const QUERIES = 4_000;

const completions = Number(process.argv[2] ?? 1_000_000);
const { text, busy } = describeMachine();
console.log(`related searches, ${completions} completions, seed ${SEED}; ${text}`);
if (busy !== null) console.log(busy);
const random = seededRandom(SEED);
const texts = simulateTexts({ count: completions, seed: SEED });
const { segment, manifest } = indexTexts(texts, (builder) =>
  builder.setRelated(drawEvidence(texts, random)),
);
const bytes = segment
  .sizes()
  .filter(({ section }) => section.startsWith('related') || section.startsWith('themes'))
  .reduce((sum, { bytes: size }) => sum + size, 0);
console.log(`evidence: ${(bytes / completions).toFixed(1)} bytes a completion`);
const related = new RelatedSearches(segment, manifest, new Engine(segment, manifest));

for (const [name, queries] of Object.entries({
  'searched queries': drawQueries(() => pick(texts, random).normalised),
  'unseen, of known words': drawQueries(() => joinHalves(texts, random)),
  'unseen, one word mistyped': drawQueries(() => mistype(pick(texts, random).normalised, random)),
})) {
  const rounds = Array.from({ length: ROUNDS + 1 }, () => timesOf(queries)).slice(1);
  const at = (share: number) => rounds.map((times) => quantile(times, share));
  const line = (share: number) => quantile(at(share), 0.5).toFixed(0);
  console.log(
    `${name.padEnd(28)}p50 ${line(0.5)} µs  p99 ${line(0.99)} µs  (p50 of rounds: ${at(0.5)
      .map((us) => us.toFixed(0))
      .join(' ')})`,
  );
}

function drawQueries(draw: () => string): string[] {
  return Array.from({ length: QUERIES }, draw);
}

function timesOf(queries: readonly string[]): number[] {
  return queries.map((query) => {
    const start = performance.now();
    related.related(query, { limit: 10 });
    return (performance.now() - start) * 1000;
  });
}

/** Popular ones rather, as they are asked. */
function pick(from: readonly ScoredText[], draw: Random): ScoredText {
  const chosen = from[Math.floor(from.length * draw() ** 3)];
  if (chosen === undefined) throw new Error('expected texts to draw from');
  return chosen;
}

function joinHalves(from: readonly ScoredText[], draw: Random): string {
  const [first = ''] = pick(from, draw).normalised.split(' ');
  return `${first} ${pick(from, draw).normalised.split(' ').at(-1) ?? ''}`;
}

function mistype(query: string, draw: Random): string {
  const at = 1 + randomBelow(draw, Math.max(1, query.length - 1));
  return `${query.slice(0, at)}${query.slice(at + 1)}`;
}
