import { type FileHandle, open } from 'node:fs/promises';
import { LoadTestError } from './load-test-error.ts';

const CHUNK_CHARACTERS = 1 << 18;

/** A file written line by line in bounded memory: whoever writes waits for `flushed` when it is not null. */
export class OutputFile {
  readonly path: string;
  private readonly handle: FileHandle;
  private buffer = '';

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.handle = handle;
  }

  /** Creates the file, or empties it. */
  static async create(path: string): Promise<OutputFile> {
    try {
      return new OutputFile(path, await open(path, 'w'));
    } catch (cause) {
      throw new LoadTestError('OUTPUT_FAILED', `expected to create ${path}: ${String(cause)}`, {
        cause,
      });
    }
  }

  /** Adds a line; a promise to wait for once a chunk is full, null otherwise. */
  writeLine(line: string): Promise<void> | null {
    this.buffer += line;
    this.buffer += '\n';
    return this.buffer.length >= CHUNK_CHARACTERS ? this.flush() : null;
  }

  private async flush(): Promise<void> {
    const bytes = Buffer.from(this.buffer, 'utf8');
    this.buffer = '';
    try {
      for (let at = 0; at < bytes.length; ) at += (await this.handle.write(bytes, at)).bytesWritten;
    } catch (cause) {
      throw new LoadTestError(
        'OUTPUT_FAILED',
        `expected to write to ${this.path}: ${String(cause)}`,
        { cause },
      );
    }
  }

  async close(): Promise<void> {
    await this.flush();
    await this.handle.close();
  }
}
