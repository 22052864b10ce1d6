import { readFile } from 'node:fs/promises';
import { withBuildLock } from '../../../../indexer/segment/build-lock.ts';
import type { SnapshotInfo } from '../../../../indexer/segment/manifest.ts';
import { publishSnapshot } from '../../../../indexer/segment/publish.ts';
import {
  activateSnapshot,
  pruneSnapshots,
  rollbackSnapshot,
} from '../../../../indexer/segment/snapshot-directory.ts';
import { type Fault, injectFault } from './faulty-file-system.ts';

/** What the program that crash tests kill is told; as JSON in its one argument. */
export interface ChildOrder {
  readonly indexDir: string;
  readonly action: 'publish' | 'rollback' | 'prune' | 'churn' | 'hold';
  readonly fault: Fault;
  /** The file operation that meets the fault, counted from 1. */
  readonly at: number;
  /** What `publish` publishes: a segment's file and its information. */
  readonly segmentFile: string;
  readonly info: SnapshotInfo;
  /** What `churn` activates in turn. */
  readonly names: readonly string[];
}

const order = JSON.parse(process.argv[2]!) as ChildOrder;
const segment = await readFile(order.segmentFile);
const operations = await injectFault(order.fault, order.at);
try {
  await act();
  process.stdout.write(`done ${JSON.stringify(operations)}\n`);
} catch (error) {
  process.stdout.write(`failed: ${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function act(): Promise<void> {
  const { indexDir, info } = order;
  switch (order.action) {
    case 'publish':
      await withBuildLock(indexDir, () => publishSnapshot(indexDir, { segment, info }));
      return;
    case 'rollback':
      await rollbackSnapshot(indexDir);
      return;
    case 'prune':
      await pruneSnapshots(indexDir, { keep: 1 });
      return;
    case 'churn':
      return churn(indexDir);
    case 'hold':
      await withBuildLock(indexDir, async () => {
        process.stdout.write('holding\n');
        await new Promise((resolve) => process.stdin.once('end', resolve).resume());
      });
  }
}

/** Publishes a snapshot, activates the others in turn, so that it is the one used longest ago, and removes it, until the standard input ends. */
async function churn(indexDir: string): Promise<void> {
  let ended = false;
  process.stdin.once('end', () => {
    ended = true;
  });
  process.stdin.resume();
  while (!ended) {
    await publishSnapshot(indexDir, { segment, info: order.info });
    for (const name of order.names) await activateSnapshot(indexDir, name);
    await pruneSnapshots(indexDir, { keep: order.names.length });
  }
}
