import type { EventFile, EventFolder } from '../../../indexer/events/event-files.ts';

/** What befalls one operation: it fails, or writes only the beginning and then fails, or only writes less than asked. */
export type FileFault = 'fail' | 'tear' | 'short';

export type FileOperation = 'write' | 'sync' | 'truncate' | 'create' | 'open';

/** A folder whose operations fail as `decide` says, given each operation and how many of its kind came before. */
export function faultyFolder(
  folder: EventFolder,
  decide: (operation: FileOperation, before: number) => FileFault | null,
): EventFolder {
  const counts = new Map<FileOperation, number>();
  const meet = (operation: FileOperation): FileFault | null => {
    const before = counts.get(operation) ?? 0;
    counts.set(operation, before + 1);
    const fault = decide(operation, before);
    if (fault === 'fail') throw new Error(`EIO: i/o error, ${operation}`);
    return fault;
  };
  const wrap = (file: EventFile): EventFile => ({
    async write(bytes, position) {
      const fault = meet('write');
      if (fault === null) return file.write(bytes, position);
      const part = bytes.subarray(0, Math.max(1, bytes.length >> 1));
      const written = await file.write(part, position);
      if (fault === 'tear') throw new Error('ENOSPC: no space left on device, write');
      return written;
    },
    async sync() {
      meet('sync');
      await file.sync();
    },
    async truncate(length) {
      meet('truncate');
      await file.truncate(length);
    },
    read: (buffer, position) => file.read(buffer, position),
    length: () => file.length(),
    close: () => file.close(),
  });
  return {
    path: folder.path,
    list: () => folder.list(),
    remove: (name) => folder.remove(name),
    async create(name, content) {
      meet('create');
      await folder.create(name, content);
    },
    async open(name, mode) {
      if (mode === 'read') return folder.open(name, mode);
      meet('open');
      return wrap(await folder.open(name, mode));
    },
  };
}
