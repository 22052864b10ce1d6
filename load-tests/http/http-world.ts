import { normalise } from '../../dictionaries/normalise.ts';
import { publishSnapshot } from '../../indexer/segment/publish.ts';
import { SegmentBuilder } from '../../indexer/segment/segment-builder.ts';
import { Random } from '../simulate/random.ts';

/** Of whatever came from live events, so many people must have searched. */
export const MIN_USERS = 5;

export interface HttpWorld {
  /** What is typed, drawn by score and cut at 1 to 10 characters. */
  readonly typed: readonly string[];
}

const SYLLABLES =
  'ba be bi bo da de di do ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so ta te ti to'.split(
    ' ',
  );

/** Publishes `completions` made-up texts of one to four words as a snapshot of `indexDir`; the same for the same seed. */
export async function publishHttpWorld(
  indexDir: string,
  completions: number,
  seed: number,
): Promise<HttpWorld> {
  const random = new Random(seed);
  const words = Array.from({ length: 20_000 }, () => makeWord(random));
  const texts = new Set<string>();
  while (texts.size < completions) {
    const length = 1 + random.below(4);
    texts.add(Array.from({ length }, () => pickByRank(words, random)).join(' '));
  }
  const ranked = [...texts];
  const builder = new SegmentBuilder();
  for (const [place, surface] of ranked.entries()) {
    builder.add({ surface, normalised: normalise(surface), score: 1e6 / (place + 1) });
  }
  const info = {
    asOf: null,
    market: null,
    markets: [{ market: 'und', completions }],
    completions,
    minUsers: MIN_USERS,
    group: 'none',
    safety: false,
    halfLifeDays: 0,
    input: {},
  } as const;
  await publishSnapshot(indexDir, { segment: builder.finish(), info });
  const typed = Array.from({ length: 2_000 }, () =>
    pickByRank(ranked, random).slice(0, 1 + random.below(10)),
  );
  return { typed };
}

function makeWord(random: Random): string {
  return Array.from({ length: 2 + random.below(3) }, () => pick(SYLLABLES, random)).join('');
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[random.below(from.length)] as T;
}

/** Favours the first: the rank is log-uniform, which is Zipf's law with exponent 1. */
function pickByRank<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(from.length ** random.unit()) - 1] as T;
}
