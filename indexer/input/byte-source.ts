import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { BuildError, messageOf } from '../build-error.ts';
import { isParquet } from './parquet-records.ts';
import { decompressZstd } from './zstd-stream.ts';

const READ_BYTES = 1 << 20;

export type Container = 'plain' | 'gzip' | 'zstd' | 'parquet';

/** What the first bytes of a file say it is, whatever its name. Throws when it cannot be read. */
export async function readContainer(file: string): Promise<Container> {
  const head = Buffer.alloc(4);
  try {
    if ((await stat(file)).isDirectory()) throw new Error('it is a directory, expected a file');
    const handle = await open(file);
    try {
      await handle.read(head, 0, 4, 0);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw new BuildError('unreadable-input', `${file}: cannot be read: ${messageOf(cause)}`, {
      cause,
    });
  }
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  // 0x50..0x5f 2a 4d 18 begins a skippable frame, which some writers put first.
  const isSkippable = head.readUInt32LE(0) >>> 4 === 0x0184d2a5;
  if (head.readUInt32LE(0) === 0xfd2fb528 || isSkippable) return 'zstd';
  return isParquet(head) ? 'parquet' : 'plain';
}

/** The decompressed bytes of a file, a piece at a time. Truncated or damaged data throws with the file's name. */
export async function* readBytes(
  file: string,
  container: Exclude<Container, 'parquet'>,
): AsyncGenerator<Uint8Array> {
  const raw = createReadStream(file, { highWaterMark: READ_BYTES });
  try {
    if (container === 'zstd') {
      yield* decompressZstd(raw, file);
    } else if (container === 'gzip') {
      // Several members one after the other are read as one; errors of the file itself pass through.
      const gunzip = createGunzip({ chunkSize: READ_BYTES });
      raw.on('error', (error) => gunzip.destroy(error));
      yield* raw.pipe(gunzip);
    } else {
      yield* raw;
    }
  } catch (cause) {
    if (cause instanceof BuildError) throw cause;
    const what = container === 'gzip' ? 'damaged or truncated gzip data' : 'cannot be read';
    throw new BuildError('unreadable-input', `${file}: ${what}: ${messageOf(cause)}`, { cause });
  } finally {
    raw.destroy();
  }
}

/** The pieces again, the first few of them looked at: enough whole bytes to tell the format by. */
export async function peekBytes(
  chunks: AsyncIterable<Uint8Array>,
  leastBytes: number,
): Promise<{ head: Buffer; chunks: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < leastBytes) {
    const next = await iterator.next();
    if (next.done) break;
    seen.push(next.value);
    bytes += next.value.length;
    if (Buffer.from(next.value).includes(10)) break;
  }
  async function* again(): AsyncGenerator<Uint8Array> {
    try {
      yield* seen.splice(0);
      for (;;) {
        const next = await iterator.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { head: Buffer.concat(seen), chunks: again() };
}
