import { buildSegmentBytes } from '../engines/own-engine.ts';
import { loadTexts, type TextSource } from '../texts/text-source.ts';

export interface BuildTask {
  readonly texts: TextSource;
}

export interface BuildResult {
  readonly completions: number;
  readonly seconds: number;
  /** Processor time meanwhile, of all threads: near `seconds` on a machine that is otherwise idle. */
  readonly cpuSeconds: number;
  readonly segmentBytes: number;
  /** Resident memory with the counted list loaded and collected, before the build. */
  readonly listBytes: number;
  /** The process's peak: the list, the build and the segment. */
  readonly peakBytes: number;
}

/** A segment built from a counted list in memory, once, in a process that has built nothing before. */
export function measureBuild(task: BuildTask): BuildResult {
  const texts = loadTexts(task.texts);
  globalThis.gc?.();
  const listBytes = process.memoryUsage().rss;
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const bytes = buildSegmentBytes(texts);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    completions: texts.length,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    segmentBytes: bytes.byteLength,
    listBytes,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}
