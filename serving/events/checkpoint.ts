import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { replaceFile } from '../../indexer/segment/durable-files.ts';

/** `FTCP` as a little-endian number. */
const MAGIC = 0x50435446;
const VERSION = 1;
const HEADER_BYTES = 40;
const LOG_ID_BYTES = 16;
/** What changed is written so often. */
const EVERY_MS = 5 * 60_000;

/** What a listener keeps in memory, which can be written down and read again. */
export interface CheckpointedState {
  readonly name: string;
  /** One beyond the last record that is folded in. */
  readonly reached: number;
  encode(): Uint8Array;
  /** Takes what `encode` gave when `reached` was that; before the first event. Throws, and changes nothing, for anything else. */
  restore(bytes: Buffer, reached: number): void;
}

export interface CheckpointOptions {
  /** Made when it is not there. */
  readonly folder: string;
  /** The log whose records are folded in: its offsets mean nothing beside another. */
  readonly log: { readonly id: string; readonly end: number };
  readonly state: CheckpointedState;
  /** A line for the operator. */
  readonly report: (line: string) => void;
  readonly everyMs?: number;
}

/**
 * What a listener has in memory, written to a file now and then with the offset that it has come to, so that a start reads the log from there on. It is derived: without a file, or with
 * one that is damaged or of another log, what it told is folded in from the log again, as far as the listener does that. FORMAT.md has the bytes.
 */
export class Checkpoint {
  readonly #options: CheckpointOptions;
  readonly #file: string;
  #timer: NodeJS.Timeout | null = null;
  /** What the file has come to; null while it is unknown. */
  #written: number | null = null;
  #writing: Promise<void> = Promise.resolve();
  #isFailing = false;

  private constructor(options: CheckpointOptions) {
    this.#options = options;
    this.#file = path.join(options.folder, `${options.state.name}.checkpoint`);
  }

  /** Lets the state take what the file has, and writes it from then on. Rejects only where the folder can't be made. */
  static async open(options: CheckpointOptions): Promise<Checkpoint> {
    await mkdir(options.folder, { recursive: true });
    const checkpoint = new Checkpoint(options);
    await checkpoint.#restore();
    const everyMs = options.everyMs ?? EVERY_MS;
    checkpoint.#timer = setInterval(() => void checkpoint.#writeChanged(), everyMs).unref();
    return checkpoint;
  }

  /** Writes the state as it is now; what was forgotten is in the file no more when this resolves. Rejects when it can't be written. */
  persist(): Promise<void> {
    const written = this.#writing.then(() => this.#write());
    this.#writing = written.catch(() => {});
    return written;
  }

  /** Writes what changed, and ends. Never rejects. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#writeChanged();
  }

  async #restore(): Promise<void> {
    const { log, state, report } = this.#options;
    try {
      const bytes = await readFile(this.#file);
      const { logId, reached, content } = decode(bytes);
      if (logId !== log.id || reached > log.end) throw new RangeError('it is of another log');
      state.restore(content, reached);
      this.#written = reached;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      const why = error instanceof Error ? error.message : String(error);
      report(`${this.#file} is not used, and what it told is read from the events: ${why}`);
    }
  }

  async #writeChanged(): Promise<void> {
    if (this.#options.state.reached === this.#written) return;
    try {
      await this.persist();
      this.#isFailing = false;
    } catch (error) {
      if (this.#isFailing) return;
      this.#isFailing = true;
      const why = error instanceof Error ? error.message : String(error);
      this.#options.report(`${this.#file} cannot be written; it is tried again: ${why}`);
    }
  }

  async #write(): Promise<void> {
    const { log, state } = this.#options;
    const { reached } = state;
    await replaceFile(this.#file, encode(log.id, reached, state.encode()));
    this.#written = reached;
  }
}

function encode(logId: string, reached: number, content: Uint8Array): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES + content.length);
  bytes.writeUInt32LE(MAGIC, 0);
  bytes.writeUInt32LE(VERSION, 4);
  bytes.write(logId, 12, LOG_ID_BYTES, 'latin1');
  bytes.writeDoubleLE(reached, 28);
  bytes.writeUInt32LE(content.length, 36);
  bytes.set(content, HEADER_BYTES);
  bytes.writeUInt32LE(crc32(bytes.subarray(12)), 8);
  return bytes;
}

/** Throws `RangeError` for anything that `encode` did not give. */
function decode(bytes: Buffer): {
  readonly logId: string;
  readonly reached: number;
  readonly content: Buffer;
} {
  if (bytes.length < HEADER_BYTES || bytes.readUInt32LE(0) !== MAGIC) {
    throw new RangeError('expected a checkpoint');
  }
  const version = bytes.readUInt32LE(4);
  if (version !== VERSION) {
    throw new RangeError(`expected a checkpoint of version ${VERSION}, got ${version}`);
  }
  const isWhole = bytes.length === HEADER_BYTES + bytes.readUInt32LE(36);
  if (!isWhole || crc32(bytes.subarray(12)) !== bytes.readUInt32LE(8)) {
    throw new RangeError('it is damaged: its checksum differs from its bytes');
  }
  return {
    logId: bytes.toString('latin1', 12, 12 + LOG_ID_BYTES),
    reached: bytes.readDoubleLE(28),
    content: bytes.subarray(HEADER_BYTES),
  };
}
