import { buildIndex } from '../../indexer/build-index.ts';
import type { CountingRules } from '../../indexer/counting/query-counter.ts';
import { DEFAULT_MIN_MENTIONS } from '../../indexer/entities/entity-build.ts';
import type { SurfaceEvidence } from '../../indexer/entities/surface-worth.ts';
import { DEFAULT_MIN_VIDEOS } from '../../indexer/event-lists.ts';
import { DEFAULT_RULES, defaultMemoryBytes } from '../../indexer/index-options.ts';

/** Columns have the names that API.md gives them. */
const LAYOUT = {
  columns: new Map<string, string>(),
  hasHeader: true,
  times: { asOfUs: undefined },
};

/** A file of each kind. */
export interface InputFiles {
  readonly queries: string;
  readonly videos: string;
  readonly comments: string;
}

/** Indexes files the way `foretype index` does, by its rules but for those that are given; resolves to the index's folder. */
export async function indexFiles(
  indexDir: string,
  { queries, videos, comments }: InputFiles,
  rules: Partial<CountingRules> = {},
  onSurface?: (evidence: SurfaceEvidence) => void,
): Promise<string> {
  await buildIndex(
    {
      queries: [queries],
      layout: LAYOUT,
      videos: { files: [videos], layout: LAYOUT, minVideos: DEFAULT_MIN_VIDEOS },
      comments: { files: [comments], layout: LAYOUT, minMentions: DEFAULT_MIN_MENTIONS },
      asOf: undefined,
      market: undefined,
      rules: { ...DEFAULT_RULES, ...rules },
      maxMalformedShare: undefined,
      memoryBytes: defaultMemoryBytes(),
      indexDir,
    },
    {
      onStep: () => {},
      onRows: () => {},
      nowMs: () => Date.now(),
      ...(onSurface === undefined ? {} : { onSurface }),
    },
  );
  return indexDir;
}
