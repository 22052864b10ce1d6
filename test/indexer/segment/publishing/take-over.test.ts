import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { withLock } from '../../../../indexer/segment/lock-file.ts';
import { ownMark } from '../../../../indexer/segment/process-mark.ts';
import { temporaryFolders } from './sample-snapshots.ts';

// A lock sleeps while it waits for a live holder: the moment at which these tests let others act.
vi.mock('node:timers/promises', () => ({ setTimeout: vi.fn() }));

const folder = temporaryFolders();
const OPTIONS = { purpose: 'is tested', waitMs: 0 };

function lockText(name: string): string {
  const { pid, start } = ownMark();
  return `${pid} ${start} ${name}\n`;
}

describe('two that find the same dead holder', () => {
  it('do not remove each other’s new lock', async () => {
    const dir = await folder();
    const path = join(dir, 'lock');
    const dead = 'no holder at all';
    await writeFile(path, dead);
    const digest = createHash('sha256').update(dead).digest('hex').slice(0, 16);
    const breaker = `${path}.break-${digest}`;
    await writeFile(breaker, lockText('first'));
    vi.mocked(sleep).mockImplementationOnce(async () => {
      // The first one has taken over by the time that the second may.
      await writeFile(path, lockText('first'));
      await rm(breaker);
    });
    await expect(withLock(path, OPTIONS, async () => 1)).rejects.toMatchObject({ code: 'locked' });
    expect(vi.mocked(sleep)).toHaveBeenCalledTimes(1);
    expect(await readFile(path, 'utf8')).toBe(lockText('first'));
    expect(await readdir(dir)).toEqual(['lock']);
  });

  it('both get in, one after the other, when the second waits', async () => {
    const path = join(await folder(), 'lock');
    await writeFile(path, lockText('first'));
    vi.mocked(sleep).mockImplementationOnce(() => rm(path));
    expect(await withLock(path, { ...OPTIONS, waitMs: 1000 }, async () => 2)).toBe(2);
  });
});
