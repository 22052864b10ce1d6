import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { FileEventLog } from '../../indexer/events/file-event-log.ts';
import { loadSecrets } from '../../indexer/events/secret-file.ts';
import { UserHasher } from '../../indexer/events/user-hasher.ts';
import { EventIntake, type EventIntakeOptions } from './event-intake.ts';
import { IntakeCounts } from './intake-counts.ts';
import { readLogId } from './log-id.ts';
import { SeenIdFiles } from './seen-id-files.ts';

export interface EventStoreOptions
  extends Pick<EventIntakeOptions, 'bounds' | 'now' | 'isAnonymousRequest' | 'enrich' | 'report'> {
  /** Made when it is not there. */
  readonly dataDir: string;
}

/** Where a data folder keeps its events; `foretype index --events` reads it. */
export function eventLogFolder(dataDir: string): string {
  return path.join(dataDir, 'events');
}

/**
 * Opens the events of a data folder, with everything that belongs to them: the secret of the user hashes, the log, the remembered ids. Listeners are to be
 * registered before `start`. Throws `EventLogError` `locked` while another process has the folder open.
 */
export async function openEventStore(options: EventStoreOptions): Promise<EventIntake> {
  const { dataDir, report } = options;
  await mkdir(dataDir, { recursive: true });
  const counts = new IntakeCounts();
  const log = await FileEventLog.open({
    folder: eventLogFolder(dataDir),
    log: report,
    onSync: (tookMs) => counts.onSync(tookMs),
    ...(options.now === undefined ? {} : { now: options.now }),
  });
  try {
    const hasher = new UserHasher(await loadSecrets(path.join(dataDir, 'user-secret')));
    const folder = path.join(dataDir, 'event-ids');
    const seen = await SeenIdFiles.open({ folder, log, onFault: report });
    const logId = await readLogId(eventLogFolder(dataDir));
    const isAnonymousRequest = (requestId: string) => hasher.isMarkedRequest(requestId);
    return new EventIntake({ isAnonymousRequest, ...options, log, logId, seen, hasher, counts });
  } catch (error) {
    await log.close();
    throw error;
  }
}
