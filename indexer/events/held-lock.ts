import path from 'node:path';
import { SegmentError } from '../segment/errors.ts';
import { removeLeftovers } from '../segment/leftovers.ts';
import { withLock } from '../segment/lock-file.ts';
import { EventLogError } from './event-log-error.ts';

const LOCK_FILE = '.lock';

/** A folder that this process alone writes until `release`. */
export interface HeldLock {
  release(): Promise<void>;
}

/**
 * Makes this process the only writer of a folder and removes what dead ones left half-made in it. The lock of a process that is gone does not
 * hold. Throws `locked`, naming the holder.
 */
export async function lockFolder(folder: string): Promise<HeldLock> {
  try {
    const lock = await hold(path.join(folder, LOCK_FILE), `writes events into ${folder}`);
    await removeLeftovers(folder);
    return lock;
  } catch (error) {
    if (!(error instanceof SegmentError) || error.code !== 'locked') throw error;
    throw new EventLogError('locked', error.message, { cause: error });
  }
}

function hold(file: string, purpose: string): Promise<HeldLock> {
  return new Promise((resolve, reject) => {
    const held = withLock(file, { purpose, waitMs: 0 }, async () => {
      await new Promise<void>((end) => {
        resolve({
          release: () => {
            end();
            return held;
          },
        });
      });
    });
    held.catch(reject);
  });
}
