import { topAnyOrder, topByPrefix } from '../../../serving/retrieval/lookup.ts';
import { buildOwnSegment } from '../engines/own-engine.ts';
import { loadTexts } from '../texts/text-source.ts';
import { type ContenderTiming, type TimingOptions, timeInterleaved } from '../timing.ts';
import { prefixGroups } from '../workload.ts';

export interface GrowthTask extends TimingOptions {
  readonly counts: readonly number[];
  readonly seed: number;
  readonly queriesAGroup: number;
}

export interface GrowthResult {
  readonly counts: readonly number[];
  /** By count: prefix, any order. */
  readonly timings: readonly {
    readonly prefix: ContenderTiming;
    readonly anyOrder: ContenderTiming;
  }[];
}

/** Ours over simulated sets of several sizes, in one process. */
export function measureGrowth(task: GrowthTask): GrowthResult {
  const contenders = task.counts.flatMap((count) => {
    const texts = loadTexts({ kind: 'simulated', count, seed: task.seed });
    const segment = buildOwnSegment(texts);
    const groups = prefixGroups(texts, { ...task, draw: 'by score' });
    return [
      {
        name: `prefix, ${count}`,
        answer: (typed: string) => topByPrefix(segment, typed, 10),
        groups,
      },
      {
        name: `any order, ${count}`,
        answer: (typed: string) => topAnyOrder(segment, typed, 10),
        groups,
      },
    ];
  });
  const timed = timeInterleaved(contenders, task);
  return {
    counts: task.counts,
    timings: task.counts.map((_, index) => {
      const [prefix, anyOrder] = timed.slice(2 * index, 2 * index + 2);
      if (prefix === undefined || anyOrder === undefined) throw new Error('a size was not timed');
      return { prefix, anyOrder };
    }),
  };
}
