import path from 'node:path';
import { expect } from 'vitest';
import { run as runIndex } from '../../../indexer/commands/index.ts';
import { openDataFolder } from '../../../serving/events/data-folder.ts';
import { type Service, startService } from '../../../serving/service.ts';
import { IndexDirectory } from '../../../serving/snapshot/index-directory.ts';
import { makeFolder } from '../../support/index-fixture.ts';

/** A server over an index that `foretype index` built, which takes events. */
export interface BuiltService {
  readonly service: Service;
  stop(): Promise<void>;
}

/** Starts one in a folder of its own; `write` puts the inputs there and answers the options that name them. */
export async function startBuilt(
  write: (folder: string) => Promise<readonly string[]>,
): Promise<BuiltService> {
  const { folder, remove } = await makeFolder();
  const silent = { write: () => true };
  const io = { stdout: silent, stderr: silent, env: {}, isTerminal: false };
  const out = path.join(folder, 'index');
  expect(await runIndex([...(await write(folder)), '--out', out], io)).toBe(0);
  const data = { path: path.join(folder, 'data'), isRequired: true };
  const events = await openDataFolder(data, { report: () => {} });
  const service = await startService({
    source: new IndexDirectory(out),
    host: '127.0.0.1',
    port: 0,
    pollMs: 3_600_000,
    version: '0',
    log: () => {},
    events,
  });
  return {
    service,
    async stop() {
      await service.stop();
      await events?.close();
      await remove();
    },
  };
}
