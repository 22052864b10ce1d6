import { Decompress } from 'fzstd';
import { BuildError } from '../build-error.ts';

const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;

/**
 * Decompresses a zstd stream of any number of frames, skippable ones included. Node 20 has no zstd of its own, and the
 * package used here decodes one frame at a time without saying where it ends, so frames are walked by their block headers
 * first (RFC 8878, section 3.1.1), which also tells a truncated file from a whole one. Checksums are not compared.
 */
export async function* decompressZstd(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
): AsyncGenerator<Uint8Array> {
  const walker = new FrameWalker(file);
  let produced: Uint8Array[] = [];
  let decoder: Decompress | undefined;
  for await (const chunk of chunks) {
    for (const piece of walker.push(chunk)) {
      if (piece.startsFrame) decoder = new Decompress((bytes) => void produced.push(bytes));
      try {
        decoder?.push(piece.bytes, piece.endsFrame);
      } catch (cause) {
        throw broken(file, 'damaged zstd data', cause);
      }
      yield* produced;
      produced = [];
    }
  }
  walker.finish();
}

interface FramePiece {
  readonly bytes: Uint8Array;
  readonly startsFrame: boolean;
  readonly endsFrame: boolean;
}

function broken(file: string, what: string, cause?: unknown): BuildError {
  return new BuildError('unreadable-input', `${file}: ${what}`, { cause });
}

/** Cuts the stream into the pieces of its frames: a header or a block (with the checksum after the last) at a time. */
class FrameWalker {
  readonly #file: string;
  #pending: Buffer = Buffer.alloc(0);
  #inFrame = false;
  #hasChecksum = false;
  #skip = 0;
  #sawFrame = false;

  constructor(file: string) {
    this.#file = file;
  }

  *push(chunk: Uint8Array): Generator<FramePiece> {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    for (;;) {
      if (this.#skip > 0) {
        const dropped = Math.min(this.#skip, this.#pending.length);
        this.#pending = this.#pending.subarray(dropped);
        this.#skip -= dropped;
        if (this.#skip > 0) return;
      }
      const piece = this.#inFrame ? this.#takeBlock() : this.#takeHeader();
      if (piece === undefined) return;
      if (piece !== 'skipped') yield piece;
    }
  }

  finish(): void {
    if (this.#inFrame || this.#skip > 0 || this.#pending.length > 0 || !this.#sawFrame) {
      throw broken(
        this.#file,
        'the zstd data ends in the middle of a frame: is the file cut short?',
      );
    }
  }

  #takeHeader(): FramePiece | 'skipped' | undefined {
    const bytes = this.#pending;
    if (bytes.length < 5) return undefined;
    const magic = bytes.readUInt32LE(0);
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
      if (bytes.length < 8) return undefined;
      this.#skip = bytes.readUInt32LE(4);
      this.#pending = bytes.subarray(8);
      this.#sawFrame = true;
      return 'skipped';
    }
    if (magic !== FRAME_MAGIC) throw broken(this.#file, 'bytes after a zstd frame are not zstd');
    const descriptor = bytes[4] ?? 0;
    const singleSegment = (descriptor >> 5) & 1;
    const contentSizeBytes = [singleSegment, 2, 4, 8][descriptor >> 6] ?? 0;
    const dictionaryIdBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
    const length = 5 + (1 - singleSegment) + dictionaryIdBytes + contentSizeBytes;
    if (bytes.length < length) return undefined;
    this.#hasChecksum = ((descriptor >> 2) & 1) === 1;
    this.#inFrame = true;
    this.#sawFrame = true;
    return this.#take(length, true, false);
  }

  #takeBlock(): FramePiece | undefined {
    const bytes = this.#pending;
    if (bytes.length < 3) return undefined;
    const header = bytes.readUIntLE(0, 3);
    const isLast = (header & 1) === 1;
    const isRunLength = ((header >> 1) & 3) === 1;
    const length = 3 + (isRunLength ? 1 : header >> 3) + (isLast && this.#hasChecksum ? 4 : 0);
    if (bytes.length < length) return undefined;
    this.#inFrame = !isLast;
    return this.#take(length, false, isLast);
  }

  #take(length: number, startsFrame: boolean, endsFrame: boolean): FramePiece {
    const bytes = this.#pending.subarray(0, length);
    this.#pending = this.#pending.subarray(length);
    return { bytes, startsFrame, endsFrame };
  }
}
