import { openSnapshotFiles } from '../../indexer/segment/snapshot-directory.ts';
import { LONGEST_TEXT_CODE_POINTS } from '../../serving/http/entities-request.ts';
import { buildServer } from '../../serving/http/server.ts';
import { IndexDirectory } from '../../serving/snapshot/index-directory.ts';
import { SnapshotHolder } from '../../serving/snapshot/snapshot-holder.ts';
import { EntityLinker } from '../../serving/surfaces/entities/entity-linker.ts';

const ROUNDS = 7;
/** Texts of a request. */
const BATCH = 200;
/** UTF-16 code units of a round; fewer texts are taken several times. */
const LEAST_UNITS = 2e6;

interface Measured {
  /** Megabytes of text a second of the processor's time, all threads of the process together: the slowest round, the median, the fastest. */
  readonly cpu: readonly [number, number, number];
  /** The median by the clock. */
  readonly wall: number;
}

/**
 * Megabytes of comments (UTF-8) that are linked a second, by the processor's time, which a busy machine stretches less than the clock's: by the linker, and by `POST /v1/entities`
 * from bytes to bytes; beside a loop that only looks at each code unit. In batches of 200.
 */
export async function measureSpeed(indexDir: string, all: readonly string[]): Promise<string> {
  // Longer ones the route refuses.
  const once = all.filter((text) => text.length <= LONGEST_TEXT_CODE_POINTS);
  const copies = Math.ceil(LEAST_UNITS / once.reduce((sum, { length }) => sum + length, 1));
  const texts = Array.from({ length: copies }, () => once).flat();
  const { segment, manifest } = await openSnapshotFiles(indexDir, undefined, { checksums: false });
  const linker = new EntityLinker(segment, manifest);
  const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
  const items = texts.map((text, i) => ({ id: `${i}`, text }));
  const batches: (typeof items)[] = [];
  for (let from = 0; from < items.length; from += BATCH)
    batches.push(items.slice(from, from + BATCH));
  let links = 0;
  const linking = await measure(megabytes, () => {
    links = 0;
    for (const batch of batches) {
      for (const { entities } of linker.link(batch, { limitPerText: 3 })) links += entities.length;
    }
  });
  let checksum = 0;
  const scanning = await measure(megabytes, () => {
    for (const text of texts) {
      for (let at = 0; at < text.length; at++) checksum = (checksum * 31 + text.charCodeAt(at)) | 0;
    }
  });
  const posted = await measureRoute(indexDir, megabytes, batches);
  const [slow, median, fast] = linking.cpu;
  return (
    `${megabytes.toFixed(2)} MB in ${texts.length} texts, ${links} links: ${median.toFixed(1)} MB/s of processor time (${slow.toFixed(1)} to ${fast.toFixed(1)}), ` +
    `${linking.wall.toFixed(1)} by the clock; through the route ${posted.cpu[1].toFixed(1)}, ${posted.wall.toFixed(1)} by the clock; ` +
    `plain scan ${scanning.cpu[1].toFixed(0)} (checksum ${checksum}); node ${process.version}`
  );
}

async function measureRoute(
  indexDir: string,
  megabytes: number,
  batches: readonly (readonly { readonly id: string; readonly text: string }[])[],
): Promise<Measured> {
  const holder = new SnapshotHolder(new IndexDirectory(indexDir));
  await holder.load();
  const server = buildServer({ holder, version: '0' });
  await server.ready();
  const payloads = batches.map((texts) => JSON.stringify({ texts }));
  const headers = { 'content-type': 'application/json' };
  const measured = await measure(megabytes, async () => {
    for (const payload of payloads) {
      const answer = await server.inject({ method: 'POST', url: '/v1/entities', headers, payload });
      if (answer.statusCode !== 200) throw new Error(`expected 200, got ${answer.body}`);
    }
  });
  await server.close();
  return measured;
}

/** One round warms up. */
async function measure(megabytes: number, run: () => void | Promise<void>): Promise<Measured> {
  const cpu: number[] = [];
  const wall: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const startedMs = performance.now();
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    if (round === 0) continue;
    cpu.push((megabytes * 1e6) / (user + system));
    wall.push((megabytes * 1e3) / (performance.now() - startedMs));
  }
  return { cpu: spread(cpu), wall: spread(wall)[1] };
}

function spread(rates: number[]): readonly [number, number, number] {
  rates.sort((a, b) => a - b);
  return [rates[0] ?? 0, rates[rates.length >> 1] ?? 0, rates.at(-1) ?? 0];
}
