import { publishSnapshot } from '../../../indexer/segment/publish.ts';
import { IndexDirectory } from '../../../serving/snapshot/index-directory.ts';
import { buildSegmentBytes } from '../engines/own-engine.ts';
import { loadTexts, type TextSource } from '../texts/text-source.ts';

export interface PublishTask {
  readonly texts: TextSource;
  readonly indexDir: string;
}

/** Publishes the set as the current snapshot of a folder, ungrouped and undecayed. */
export async function publishTexts({
  texts: source,
  indexDir,
}: PublishTask): Promise<{ snapshot: string }> {
  const texts = loadTexts(source);
  const { snapshot } = await publishSnapshot(indexDir, {
    segment: buildSegmentBytes(texts),
    info: {
      asOf: null,
      market: null,
      markets: [{ market: 'und', completions: texts.length }],
      completions: texts.length,
      minUsers: 1,
      group: 'none',
      safety: false,
      halfLifeDays: 0,
      input: {},
    },
  });
  return { snapshot };
}

export interface OpenTask {
  readonly indexDir: string;
  readonly typed: string;
}

export interface OpenResult {
  /** From finding the current snapshot, over reading its files and comparing every checksum, to the first answer. */
  readonly openMs: number;
  readonly suggestions: number;
}

/** A published snapshot opened and asked once, as a server or an embedding program does, in a process that has opened none. */
export async function measureOpen({ indexDir, typed }: OpenTask): Promise<OpenResult> {
  const started = performance.now();
  const directory = new IndexDirectory(indexDir);
  const name = await directory.readCurrent();
  if (name === null) throw new Error(`${indexDir}: expected a current snapshot, got none`);
  const { engine } = await directory.open(name);
  const { suggestions } = engine.suggest(typed, { limit: 10 });
  return { openMs: performance.now() - started, suggestions: suggestions.length };
}
