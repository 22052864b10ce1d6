import { type FileHandle, mkdir, open, readdir, rename, rm, unlink } from 'node:fs/promises';
import path from 'node:path';
import { type FilePieces, syncFolder, writeNewFile } from '../segment/durable-files.ts';
import { leftoverName } from '../segment/leftovers.ts';

/** One file of the log. Positions and lengths in bytes. */
export interface EventFile {
  /** Writes some of the bytes at a position, the first of them at least, and tells how many. */
  write(bytes: Uint8Array, position: number): Promise<number>;
  /** Fills the buffer from a position on, as far as there is something; tells how many bytes. */
  read(buffer: Uint8Array, position: number): Promise<number>;
  /** Resolves when everything written, and the file's length, would survive a power cut. */
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  length(): Promise<number>;
  close(): Promise<void>;
}

/** The folder that holds a log's files; what tests put faults into. */
export interface EventFolder {
  /** For messages. */
  readonly path: string;
  list(): Promise<readonly string[]>;
  /** Makes a file of these bytes, one piece behind the other, durable with its name; it appears whole or not at all. What is thrown while pieces are made passes through. */
  create(name: string, content: FilePieces): Promise<void>;
  open(name: string, mode: 'read' | 'write'): Promise<EventFile>;
  remove(name: string): Promise<void>;
}

/** A folder of the file system, made when it is not there. */
export async function openEventFolder(folder: string): Promise<EventFolder> {
  await mkdir(folder, { recursive: true });
  return new DiskFolder(folder);
}

class DiskFolder implements EventFolder {
  readonly path: string;

  constructor(folder: string) {
    this.path = folder;
  }

  list(): Promise<readonly string[]> {
    return readdir(this.path);
  }

  async create(name: string, content: FilePieces): Promise<void> {
    const temporary = path.join(this.path, leftoverName('writing'));
    try {
      await writeNewFile(temporary, content);
      await rename(temporary, path.join(this.path, name));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(this.path);
  }

  async open(name: string, mode: 'read' | 'write'): Promise<EventFile> {
    return new DiskFile(await open(path.join(this.path, name), mode === 'read' ? 'r' : 'r+'));
  }

  async remove(name: string): Promise<void> {
    await unlink(path.join(this.path, name));
  }
}

class DiskFile implements EventFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async write(bytes: Uint8Array, position: number): Promise<number> {
    const { bytesWritten } = await this.#handle.write(bytes, 0, bytes.length, position);
    return bytesWritten;
  }

  async read(buffer: Uint8Array, position: number): Promise<number> {
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await this.#handle.read(
        buffer,
        filled,
        buffer.length - filled,
        position + filled,
      );
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled;
  }

  sync(): Promise<void> {
    // The length is among what fdatasync brings to disk, as the data cannot be read without it.
    return this.#handle.datasync();
  }

  truncate(length: number): Promise<void> {
    return this.#handle.truncate(length);
  }

  async length(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}
