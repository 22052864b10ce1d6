/*
 * Which query found a video? Half of the videos, by a seeded draw, are known with the keyword that found each as a search with that video; the other half
 * arrive as events, with title and comments alone. The keywords are ranked among the completions of another log. Prints MRR@10 over several seeds, beside
 * literal match and naive Bayes in the same run. `npm run bench -- video-to-query [seeds]`.
 */
import { describeMachine } from '../micro/machine.ts';
import { seededRandom } from '../micro/seeded-random.ts';
import { mean, quantile } from '../micro/statistics.ts';
import { HOW_TO_POINT } from '../typing/texts/published-data.ts';
import { ServedVideos } from './served-videos.ts';
import {
  BAYES_SETTINGS,
  literalMatch,
  naiveBayes,
  standsInText,
  type VideoRanker,
} from './video-baselines.ts';
import { type FoundVideo, readVideoData, type VideoData } from './video-data.ts';
import { indexKnownVideos } from './video-index.ts';

const SEEDS = 5;

/** Of one system on one draw. */
interface Score {
  readonly all: number;
  /** Over the videos in whose text no keyword of theirs stands. */
  readonly unseen: number;
}

interface Times {
  readonly known: readonly number[];
  readonly live: readonly number[];
}

interface Draw {
  readonly scores: ReadonlyMap<string, Score>;
  readonly completions: number;
  readonly unseenShare: number;
  readonly times: Times;
}

const data = readVideoData();
if (data === null) console.log(`skipped: the videos are not here; ${HOW_TO_POINT}`);
else await report(data, Number(process.argv[2] ?? SEEDS));

async function report(all: VideoData, seeds: number): Promise<void> {
  const { text, busy } = describeMachine();
  console.log(
    `video to query, ${all.videos.length} videos, ${all.keywords.length} keywords; ${text}`,
  );
  if (busy !== null) console.log(busy);
  const draws: Draw[] = [];
  for (let seed = 1; seed <= seeds; seed++) draws.push(await runDraw(all, seed));
  const [first] = draws;
  if (first === undefined) return;
  const share = mean(draws.map(({ unseenShare }) => unseenShare));
  console.log(
    `${first.completions} completions beside the keywords; keyword not in the text: ${(share * 100).toFixed(1)}%\n`,
  );
  console.log(`${'MRR@10, mean (least to most)'.padEnd(34)}all                    not in the text`);
  for (const name of first.scores.keys()) {
    const of = (part: keyof Score) =>
      describe(draws.map(({ scores }) => scores.get(name)?.[part] ?? 0));
    console.log(`${name.padEnd(34)}${of('all')}  ${of('unseen')}`);
  }
  for (const kind of ['known', 'live'] as const) {
    const times = draws.flatMap(({ times: each }) => each[kind]);
    const us = (at: number) => (quantile(times, at) * 1000).toFixed(0);
    console.log(`time, ${kind} videos: p50 ${us(0.5)} µs, p99 ${us(0.99)} µs`);
  }
}

function describe(values: readonly number[]): string {
  const span = `(${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)})`;
  return `${mean(values).toFixed(3)} ${span}`;
}

async function runDraw(all: VideoData, seed: number): Promise<Draw> {
  const shuffled = shuffle(all.videos, seed);
  const half = shuffled.length >> 1;
  const known = shuffled.slice(0, half);
  const cold = shuffled.slice(half);
  const content = await indexKnownVideos(all, known);
  const served = new ServedVideos(content);
  for (const { id, title, comments } of cold) served.arrive({ video: id, title }, comments);
  const candidates = [...all.keywords, ...all.otherQueries.keys()];
  const rankers: readonly (readonly [string, VideoRanker])[] = [
    ['foretype', (video) => served.answer(video.id).map(({ normalised }) => normalised)],
    ['literal match', literalMatch(known, candidates)],
    ...BAYES_SETTINGS.map(
      (settings) =>
        [
          `naive Bayes, title x${settings.titleWeight}, +${settings.smoothing}`,
          naiveBayes(known, settings),
        ] as const,
    ),
  ];
  const unseen = cold.filter((video) => !standsInText(video));
  const scores = new Map(
    rankers.map(([name, rank]) => {
      const score = { all: meanRank(cold, rank), unseen: meanRank(unseen, rank) };
      return [name, score] as const;
    }),
  );
  return {
    scores,
    completions: content.segment.completions - all.keywords.length,
    unseenShare: unseen.length / cold.length,
    times: { known: timeOf(served, known), live: timeOf(served, cold) },
  };
}

function meanRank(videos: readonly FoundVideo[], rank: VideoRanker): number {
  return mean(
    videos.map((video) => {
      const at = rank(video).findIndex((query) => video.keywords.has(query));
      return at < 0 ? 0 : 1 / (at + 1);
    }),
  );
}

/** Milliseconds of an answer, each video once, after one round to warm up. */
function timeOf(served: ServedVideos, videos: readonly FoundVideo[]): number[] {
  for (const { id } of videos) served.answer(id);
  return videos.map(({ id }) => {
    const start = performance.now();
    served.answer(id);
    return performance.now() - start;
  });
}

function shuffle<T>(values: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  const shuffled = [...values];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [shuffled[last], shuffled[other]];
    if (a === undefined || b === undefined) continue;
    shuffled[last] = b;
    shuffled[other] = a;
  }
  return shuffled;
}
