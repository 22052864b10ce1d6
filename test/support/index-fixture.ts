import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { normalise } from '../../dictionaries/normalise.ts';
import type { CountedCompletion } from '../../indexer/segment/counted-completion.ts';
import type { SnapshotInfo } from '../../indexer/segment/manifest.ts';
import { publishSnapshot } from '../../indexer/segment/publish.ts';
import { SegmentBuilder } from '../../indexer/segment/segment-builder.ts';

/** Publishes the texts, scored by their place (the first is the best), as the current snapshot; gives its name. */
export async function publishTexts(
  indexDir: string,
  texts: readonly string[],
  minUsers = 1,
): Promise<string> {
  const completions = texts.map((surface, place) => ({
    surface,
    normalised: normalise(surface),
    score: texts.length - place,
  }));
  return publishCompletions(indexDir, completions, minUsers);
}

/** Publishes counted completions as the current snapshot; gives its name. */
export async function publishCompletions(
  indexDir: string,
  completions: readonly CountedCompletion[],
  minUsers = 1,
): Promise<string> {
  const builder = new SegmentBuilder();
  const sizes = new Map<string, number>();
  for (const completion of completions) {
    builder.add(completion);
    for (const { market } of completion.markets ?? [{ market: 'und' }]) {
      sizes.set(market, (sizes.get(market) ?? 0) + 1);
    }
  }
  const info: SnapshotInfo = {
    asOf: null,
    market: null,
    markets: [...sizes].map(([market, count]) => ({ market, completions: count })),
    completions: completions.length,
    minUsers,
    group: 'none',
    safety: false,
    halfLifeDays: 0,
    input: {},
  };
  const { snapshot } = await publishSnapshot(indexDir, { segment: builder.finish(), info });
  return snapshot;
}

/** A new empty folder, and the function that removes it. */
export async function makeFolder(): Promise<{
  readonly folder: string;
  readonly remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'foretype-test-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
