import { randomBytes } from 'node:crypto';
import {
  appendFile,
  mkdir,
  readdir,
  readFile,
  truncate,
  unlink,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { EventLog } from '../../indexer/events/event-log.ts';
import type { IdKey } from './id-hash.ts';
import { REMEMBERED_IDS, SeenIds } from './seen-ids.ts';

/*
 * The ids in memory, kept beside the log so that a start need not read the log: a file a generation, of blocks of hashes in the order of the log. They are
 * derived: what is missing at their end is read from the log, and without them all of it is. FORMAT.md of indexer/events has the bytes.
 */

/** `FTID` as a little-endian number. */
const MAGIC = 0x44495446;
const VERSION = 1;
const HEADER_BYTES = 20;
const BLOCK_HEADER_BYTES = 16;
const HASH_BYTES = 8;
const BLOCK_IDS = 32_768;
const NAME = /^\d{16}\.ids$/;
/** As many as SeenIds has generations. */
const KEPT_FILES = 4;

export interface SeenIdFilesOptions {
  readonly folder: string;
  /** Where ids are read from that no file has. */
  readonly log: EventLog;
  /** Told when files cannot be used or written. */
  readonly onFault: (line: string) => void;
  readonly remembered?: number;
}

/** Remembers ids across restarts. Writing happens in the background and a lost block costs time at the next start, nothing else. */
export class SeenIdFiles {
  readonly ids: SeenIds;
  readonly #options: SeenIdFilesOptions;
  readonly #key: IdKey;
  readonly #names: string[] = [];
  /** One beyond the last record whose id is in memory. */
  #end = 0;
  #block = Buffer.alloc(BLOCK_HEADER_BYTES + BLOCK_IDS * HASH_BYTES);
  #blockIds = 0;
  #blockFirst = 0;
  #writing: Promise<void> = Promise.resolve();
  #isWritable = true;

  private constructor(options: SeenIdFilesOptions, key: IdKey) {
    this.#options = options;
    this.#key = key;
    this.ids = new SeenIds(key, (...added) => this.#note(...added), options.remembered);
  }

  /** Reads what the files of a folder have. Ids of records from `end` on are still to be added. */
  static async open(options: SeenIdFilesOptions): Promise<SeenIdFiles> {
    await mkdir(options.folder, { recursive: true });
    const names = (await readdir(options.folder)).filter((name) => NAME.test(name)).sort();
    const contents = await Promise.all(
      names.map((name) => readFile(path.join(options.folder, name))),
    );
    const key = readKey(contents[0] ?? Buffer.alloc(0)) ?? drawKey();
    const files = new SeenIdFiles(options, key);
    await files.#load(names, contents);
    if (files.#end <= options.log.end) {
      files.#end = Math.max(files.#end, options.log.first, files.#firstNeeded());
      return files;
    }
    // The log ends earlier than the ids: it is another log, or an older copy. Its events must not be taken for duplicates.
    options.onFault(
      `${options.folder}: the remembered ids do not belong to this log and are made anew`,
    );
    for (const name of files.#names) await unlink(path.join(options.folder, name));
    return SeenIdFiles.open(options);
  }

  get end(): number {
    return this.#end;
  }

  /** Without any file the ids of the last records are read, as many as must be remembered. */
  #firstNeeded(): number {
    const { log, remembered = REMEMBERED_IDS } = this.#options;
    return log.end - remembered;
  }

  /** Stops at the first fault: ids of later files would leave a gap that nobody fills, so they are read from the log instead. */
  async #load(names: readonly string[], contents: readonly Buffer[]): Promise<void> {
    for (const [place, name] of names.entries()) {
      const file = path.join(this.#options.folder, name);
      const content = contents[place]!;
      const key = readKey(content);
      const isOurs = key?.low === this.#key.low && key.high === this.#key.high;
      const length = isOurs ? this.#loadBlocks(content) : 0;
      if (isOurs) this.#names.push(name);
      // A file that was cut between two blocks shows by the name of the next one alone.
      const next = names[place + 1];
      const isJoined = next === undefined || Number(next.slice(0, 16)) === this.#end;
      if (isOurs && isJoined && length === content.length) continue;
      if (isOurs) await truncate(file, length);
      const unread = names.slice(isOurs ? place + 1 : place);
      for (const later of unread) await unlink(path.join(this.#options.folder, later));
      this.#options.onFault(
        `${file}: differs from what was written at byte ${length}; the ids from there on are read from the log`,
      );
      return;
    }
  }

  /** Adds the hashes of whole blocks; gives where they end. */
  #loadBlocks(content: Buffer): number {
    let at = HEADER_BYTES;
    while (at + BLOCK_HEADER_BYTES <= content.length) {
      const count = content.readUInt32LE(at + 4);
      const end = at + BLOCK_HEADER_BYTES + count * HASH_BYTES;
      if (count > BLOCK_IDS || end > content.length) break;
      const first = Number(content.readBigUInt64LE(at + 8));
      if (first < this.#end) break;
      if (crc32(content.subarray(at + 4, end)) !== content.readUInt32LE(at)) break;
      for (let hash = at + BLOCK_HEADER_BYTES; hash < end; hash += HASH_BYTES) {
        this.ids.addHash(content.readUInt32LE(hash), content.readUInt32LE(hash + 4));
      }
      this.#end = first + count;
      at = end;
    }
    return at;
  }

  #note(offset: number, low: number, high: number, begins: boolean): void {
    const before = this.#end;
    this.#end = offset + 1;
    if (!this.#isWritable) return;
    // Erased records, whose ids nobody knows any more, leave a gap; a block has none.
    if (begins || offset !== this.#blockFirst + this.#blockIds) this.#writeBlock();
    if (begins) this.#queue(() => this.#beginFile(before));
    if (this.#blockIds === 0) this.#blockFirst = offset;
    const at = BLOCK_HEADER_BYTES + this.#blockIds * HASH_BYTES;
    this.#block.writeUInt32LE(low, at);
    this.#block.writeUInt32LE(high, at + 4);
    this.#blockIds++;
    if (this.#blockIds === BLOCK_IDS) this.#writeBlock();
  }

  #writeBlock(): void {
    if (this.#blockIds === 0) return;
    const bytes = Buffer.from(
      this.#block.subarray(0, BLOCK_HEADER_BYTES + this.#blockIds * HASH_BYTES),
    );
    const first = this.#blockFirst;
    bytes.writeUInt32LE(this.#blockIds, 4);
    bytes.writeBigUInt64LE(BigInt(first), 8);
    bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
    this.#blockIds = 0;
    this.#queue(async () => {
      if (this.#names.length === 0) await this.#beginFile(first);
      await appendFile(path.join(this.#options.folder, this.#names.at(-1)!), bytes);
    });
  }

  async #beginFile(offset: number): Promise<void> {
    const name = `${String(offset).padStart(16, '0')}.ids`;
    await writeFile(path.join(this.#options.folder, name), encodeHeader(this.#key));
    // A crash or damage can have left it begun and empty.
    if (this.#names.at(-1) !== name) this.#names.push(name);
    while (this.#names.length > KEPT_FILES) {
      await unlink(path.join(this.#options.folder, this.#names.shift()!));
    }
  }

  #queue(write: () => Promise<void>): void {
    this.#writing = this.#writing
      .then(() => (this.#isWritable ? write() : undefined))
      .catch((error: Error) => {
        // A later block behind a lost one would hide the gap: the rest is left to the next start, which reads the log.
        this.#isWritable = false;
        this.#options.onFault(
          `the remembered event ids cannot be written (${error.message}); the next start reads them from the log`,
        );
      });
  }

  /** Writes what is not written yet. */
  async close(): Promise<void> {
    this.#writeBlock();
    await this.#writing;
  }
}

function drawKey(): IdKey {
  const bytes = randomBytes(HASH_BYTES);
  return { low: bytes.readUInt32LE(0), high: bytes.readUInt32LE(4) };
}

function encodeHeader(key: IdKey): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeUInt32LE(MAGIC, 0);
  bytes.writeUInt32LE(VERSION, 4);
  bytes.writeUInt32LE(key.low, 8);
  bytes.writeUInt32LE(key.high, 12);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 16)), 16);
  return bytes;
}

/** The key of a file's hashes; `null` for bytes that are no such file. */
function readKey(content: Buffer): IdKey | null {
  if (content.length < HEADER_BYTES || content.readUInt32LE(0) !== MAGIC) return null;
  if (content.readUInt32LE(4) !== VERSION) return null;
  if (crc32(content.subarray(0, 16)) !== content.readUInt32LE(16)) return null;
  return { low: content.readUInt32LE(8), high: content.readUInt32LE(12) };
}
