import { describe, expect, it, vi } from 'vitest';
import { readCurrent } from '../../../../indexer/segment/current-pointer.ts';
import {
  openSnapshotFiles,
  pruneSnapshots,
} from '../../../../indexer/segment/snapshot-directory.ts';
import { publishSample, temporaryFolders } from './sample-snapshots.ts';

vi.mock(import('../../../../indexer/segment/current-pointer.ts'), async (importOriginal) => {
  const original = await importOriginal();
  return { ...original, readCurrent: vi.fn(original.readCurrent) };
});

const folder = temporaryFolders();

describe('a reader that took a pointer just before it moved', () => {
  it('opens the new current snapshot when the old one is pruned', async () => {
    const dir = await folder();
    const old = await publishSample(dir, 1);
    const current = await publishSample(dir, 2);
    await pruneSnapshots(dir, { keep: 1 });
    vi.mocked(readCurrent).mockResolvedValueOnce({ snapshot: old, previous: [] });
    expect((await openSnapshotFiles(dir)).name).toBe(current);
  });

  it('says what is missing when the pointer did not move', async () => {
    const dir = await folder();
    await publishSample(dir, 1);
    const pointer = { snapshot: 's-0123456789abcdef', previous: [] };
    vi.mocked(readCurrent).mockResolvedValueOnce(pointer).mockResolvedValueOnce(pointer);
    await expect(openSnapshotFiles(dir)).rejects.toMatchObject({ code: 'unknown-snapshot' });
  });
});
