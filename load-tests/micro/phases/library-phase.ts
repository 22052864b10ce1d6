import { topByPrefix } from '../../../serving/retrieval/lookup.ts';
import { buildLibrary, type LibraryName } from '../engines/library-engine.ts';
import { buildOwnSegment } from '../engines/own-engine.ts';
import { loadTexts } from '../texts/text-source.ts';
import { type ContenderTiming, timeInterleaved } from '../timing.ts';
import { prefixGroups } from '../workload.ts';
import type { LookupTask } from './lookup-phase.ts';

export interface LibraryTask extends LookupTask {
  readonly library: LibraryName;
}

export interface LibraryResult {
  readonly library: LibraryName;
  readonly buildSeconds: number;
  /** Heap, and memory outside it, that the built index keeps. */
  readonly keptBytes: number;
  readonly completions: number;
  readonly timing: ContenderTiming;
  /** Ours, timed in the same rounds. */
  readonly own: ContenderTiming;
}

/** One library beside ours, in one process; the same queries as the lookups beside the reference. */
export function measureLibrary(task: LibraryTask): LibraryResult {
  const texts = loadTexts(task.texts);
  const segment = buildOwnSegment(texts);
  const groups = prefixGroups(texts, { ...task, draw: 'by score' });
  const before = keptBytes();
  const started = performance.now();
  const answer = buildLibrary(task.library, texts);
  const buildSeconds = (performance.now() - started) / 1000;
  const kept = keptBytes() - before;
  const [timing, own] = timeInterleaved(
    [
      { name: task.library, answer, groups },
      { name: 'ours, by prefix', answer: (typed) => topByPrefix(segment, typed, 10), groups },
    ],
    task,
  ) as [ContenderTiming, ContenderTiming];
  return {
    library: task.library,
    buildSeconds,
    keptBytes: kept,
    completions: texts.length,
    timing,
    own,
  };
}

/** Live bytes; the phase runs with `--expose-gc`. */
function keptBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
