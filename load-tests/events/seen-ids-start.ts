import type { FileEventLog } from '../../indexer/events/file-event-log.ts';
import { SeenIdFiles } from '../../serving/events/seen-id-files.ts';

/** How long a start takes that must remember so many ids, and in how many bytes. */
export async function reportStart(place: string, ids: number): Promise<void> {
  const options = {
    folder: place,
    log: { first: ids, end: ids } as FileEventLog,
    onFault: (line: string) => console.log(line),
  };
  const writing = await SeenIdFiles.open({ ...options, log: { first: 0, end: 0 } as FileEventLog });
  const added = performance.now();
  for (let i = 0; i < ids; i++) writing.ids.add(`event-${i}`, i);
  const addedNs = ((performance.now() - added) * 1e6) / ids;
  await writing.close();
  const started = performance.now();
  const read = await SeenIdFiles.open(options);
  const tookMs = performance.now() - started;
  if (read.end !== ids || !read.ids.has(`event-${ids - 1}`)) throw new Error('expected all ids');
  console.log(
    `${ids} remembered ids: opened in ${tookMs.toFixed(0)} ms, ${(read.ids.sizeBytes / 2 ** 20).toFixed(0)} MiB; ${addedNs.toFixed(0)} ns to add one`,
  );
}
