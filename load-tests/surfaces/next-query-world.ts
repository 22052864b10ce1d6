import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { normalise } from '../../dictionaries/normalise.ts';
import { run as runIndex } from '../../indexer/commands/index.ts';
import { openSnapshotFiles } from '../../indexer/segment/snapshot-directory.ts';
import type { SnapshotContent } from '../../serving/snapshot/snapshot-content.ts';
import type { TasteStrength, WorldOptions } from '../simulate/parameters.ts';
import { createWorld } from '../simulate/world.ts';
import { writeWorld } from '../simulate/write-world.ts';

/** One user in so many is held out, with all sessions. */
const HELD_OUT_ONE_IN = 4;

/** A search and the next one of the same session, as normalised forms. */
export interface NextQuery {
  readonly query: string;
  readonly next: string;
  readonly market: string;
}

export interface NextQueryWorld {
  readonly taste: TasteStrength;
  /** The index of the training users' rows before the held-out part begins. */
  readonly content: SnapshotContent;
  /** Pairs of the same rows, for what is counted beside the index. */
  readonly training: readonly NextQuery[];
  /** Pairs of the training users in the held-out part: to fit with, never to judge by. */
  readonly fitting: readonly NextQuery[];
  /** Pairs of held-out users in the held-out part. */
  readonly heldOut: readonly NextQuery[];
}

/** Lives a world, indexes its training part with `foretype index` and reads the pairs; nothing is left on disk. */
export async function makeNextQueryWorld(options: WorldOptions): Promise<NextQueryWorld> {
  const folder = await mkdtemp(path.join(tmpdir(), 'foretype-next-query-'));
  try {
    await writeWorld(createWorld(options), folder);
    const split = JSON.parse(await readFile(path.join(folder, 'truth/split.json'), 'utf8')) as {
      readonly heldOutFrom: string;
    };
    const pairs = await readPairs(folder, split.heldOutFrom);
    const silent = { write: () => true };
    const io = { stdout: silent, stderr: silent, env: {}, isTerminal: false };
    const out = path.join(folder, 'index');
    const code = await runIndex(['--queries', path.join(folder, 'training.tsv'), '--out', out], io);
    if (code !== 0) throw new Error(`expected the index to be built, got exit code ${code}`);
    const { segment, manifest } = await openSnapshotFiles(out, undefined, { checksums: false });
    return { taste: options.taste, content: { segment, manifest }, ...pairs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Pairs = Pick<NextQueryWorld, 'training' | 'fitting' | 'heldOut'>;

/** Reads the log with its truth, writes the training rows to a file of their own, and pairs committed searches that stand one after the other in a session. */
async function readPairs(folder: string, heldOutFrom: string): Promise<Pairs> {
  const pairs = {
    training: [] as NextQuery[],
    fitting: [] as NextQuery[],
    heldOut: [] as NextQuery[],
  };
  const kinds = (await readFile(path.join(folder, 'truth/rows.tsv'), 'utf8')).split('\n');
  const training = createWriteStream(path.join(folder, 'training.tsv'));
  const input = createReadStream(path.join(folder, 'queries.tsv'));
  const before = new Map<string, string>();
  let row = 0;
  for await (const line of createInterface({ input })) {
    const [kind, intent] = kinds[row]?.split('\t') ?? [];
    const [at = '', user = '', session = '', query = '', market = ''] = line.split('\t');
    const isHeader = row++ === 0;
    const isHeldOutUser = crc32(Buffer.from(user)) % HELD_OUT_ONE_IN === 0;
    if (isHeader || (at < heldOutFrom && !isHeldOutUser)) training.write(`${line}\n`);
    if (kind !== 'search') continue;
    const next = normalise(query);
    const last = before.get(session);
    before.set(session, next);
    // Whoever corrects a slip wants the same query still.
    if (last === undefined || last === next || intent === 'correction') continue;
    if (at >= heldOutFrom)
      pairs[isHeldOutUser ? 'heldOut' : 'fitting'].push({ query: last, next, market });
    else if (!isHeldOutUser) pairs.training.push({ query: last, next, market });
  }
  training.end();
  await finished(training);
  return pairs;
}
