import { crc32 } from 'node:zlib';
import { SegmentError } from './errors.ts';

/**
 * A segment's outer form: a header, a table of named sections, the sections. FORMAT.md has the byte table.
 *
 * The header and the table carry their own checksum and are checked at open; each section's checksum is checked by
 * `verifyChecksums`, which reads every byte.
 */
export const MAGIC = 'FORETYPE';
export const FORMAT_VERSION = 2;
/** The oldest version whose files still open; what came later is absent in them. */
const OLDEST_VERSION = 1;

const HEADER_BYTES = 32;
const NAME_BYTES = 24;
const ENTRY_BYTES = NAME_BYTES + 24;
const ALIGNMENT = 8;
const MAX_SECTIONS = 1 << 20;

export type SectionData = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

interface Section {
  readonly name: string;
  readonly offset: number;
  readonly bytes: number;
  readonly checksum: number;
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}

/** Collects sections in the order they are added; `finish` lays them out. The same sections give the same bytes. */
export class ContainerBuilder {
  private readonly sections: { name: string; data: Uint8Array }[] = [];

  add(name: string, data: SectionData): void {
    if (Buffer.byteLength(name) > NAME_BYTES) {
      throw new RangeError(`section name: expected at most ${NAME_BYTES} bytes, got '${name}'`);
    }
    this.sections.push({
      name,
      data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    });
  }

  finish(): Uint8Array {
    const tableBytes = this.sections.length * ENTRY_BYTES;
    let size = align(HEADER_BYTES + tableBytes);
    for (const { data } of this.sections) size = align(size + data.byteLength);
    const file = new Uint8Array(size);
    const view = new DataView(file.buffer);
    file.set(Buffer.from(MAGIC, 'latin1'), 0);
    view.setUint32(8, FORMAT_VERSION, true);
    view.setUint32(12, this.sections.length, true);
    view.setFloat64(16, size, true);

    let offset = align(HEADER_BYTES + tableBytes);
    this.sections.forEach(({ name, data }, index) => {
      const entry = HEADER_BYTES + index * ENTRY_BYTES;
      file.set(Buffer.from(name, 'utf8'), entry);
      view.setFloat64(entry + NAME_BYTES, offset, true);
      view.setFloat64(entry + NAME_BYTES + 8, data.byteLength, true);
      view.setUint32(entry + NAME_BYTES + 16, crc32(data), true);
      file.set(data, offset);
      offset = align(offset + data.byteLength);
    });
    view.setUint32(24, headerChecksum(file, tableBytes), true);
    return file;
  }
}

/** CRC-32 of the header before its checksum, then of the table. */
function headerChecksum(file: Uint8Array, tableBytes: number): number {
  const head = crc32(file.subarray(0, 24));
  return crc32(file.subarray(28, HEADER_BYTES + tableBytes), head);
}

/**
 * Named sections as typed-array views over one buffer. Opening reads the header and the table only.
 *
 * @throws SegmentError when the magic, version, lengths, table checksum or a section's place is wrong.
 */
export class Container {
  private readonly file: Uint8Array;
  private readonly sections: ReadonlyMap<string, Section>;

  private constructor(file: Uint8Array, sections: ReadonlyMap<string, Section>) {
    this.file = file;
    this.sections = sections;
  }

  static open(file: Uint8Array): Container {
    if (file.byteOffset % ALIGNMENT !== 0) {
      throw new RangeError(
        `segment buffer: expected a byte offset divisible by ${ALIGNMENT}, got ${file.byteOffset}`,
      );
    }
    if (file.byteLength < HEADER_BYTES) {
      throw new SegmentError(
        'truncated',
        `segment header: expected at least ${HEADER_BYTES} bytes, got ${file.byteLength}`,
      );
    }
    const magic = Buffer.from(file.subarray(0, 8)).toString('latin1');
    if (magic !== MAGIC) {
      throw new SegmentError(
        'bad-magic',
        `segment header, byte 0: expected '${MAGIC}', got ${JSON.stringify(magic)}`,
      );
    }
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    const version = view.getUint32(8, true);
    if (version < OLDEST_VERSION || version > FORMAT_VERSION) {
      throw new SegmentError(
        'bad-version',
        `segment header, byte 8: expected format version ${OLDEST_VERSION} to ${FORMAT_VERSION}, got ${version}; build the index again with this version`,
      );
    }
    const count = view.getUint32(12, true);
    const size = view.getFloat64(16, true);
    if (size !== file.byteLength) {
      throw new SegmentError(
        'truncated',
        `segment header, byte 16: it names ${size} bytes, the file has ${file.byteLength}`,
      );
    }
    const tableBytes = count * ENTRY_BYTES;
    if (count > MAX_SECTIONS || HEADER_BYTES + tableBytes > size) {
      throw new SegmentError(
        'bad-section',
        `segment header, byte 12: impossible section count ${count}`,
      );
    }
    if (view.getUint32(24, true) !== headerChecksum(file, tableBytes)) {
      throw new SegmentError(
        'bad-header-checksum',
        'segment header and section table (bytes 0 to ' +
          `${HEADER_BYTES + tableBytes}): checksum differs; the file is damaged`,
      );
    }
    return new Container(file, readTable(view, file, count));
  }

  has(name: string): boolean {
    return this.sections.has(name);
  }

  /** Sizes in bytes by section, in file order. */
  sizes(): { section: string; bytes: number }[] {
    return [...this.sections.values()].map(({ name, bytes }) => ({ section: name, bytes }));
  }

  uint8(name: string): Uint8Array {
    const { offset, bytes } = this.section(name, 1);
    return new Uint8Array(this.file.buffer, this.file.byteOffset + offset, bytes);
  }

  uint16(name: string): Uint16Array {
    const { offset, bytes } = this.section(name, 2);
    return new Uint16Array(this.file.buffer, this.file.byteOffset + offset, bytes / 2);
  }

  uint32(name: string): Uint32Array {
    const { offset, bytes } = this.section(name, 4);
    return new Uint32Array(this.file.buffer, this.file.byteOffset + offset, bytes / 4);
  }

  float32(name: string): Float32Array {
    const { offset, bytes } = this.section(name, 4);
    return new Float32Array(this.file.buffer, this.file.byteOffset + offset, bytes / 4);
  }

  float64(name: string): Float64Array {
    const { offset, bytes } = this.section(name, 8);
    return new Float64Array(this.file.buffer, this.file.byteOffset + offset, bytes / 8);
  }

  /**
   * Reads every byte and compares each section's checksum; padding must be zero.
   *
   * @throws SegmentError `bad-section-checksum` naming the section and its place.
   */
  verifyChecksums(): void {
    let covered = align(HEADER_BYTES + this.sections.size * ENTRY_BYTES);
    this.verifyPadding(HEADER_BYTES + this.sections.size * ENTRY_BYTES, covered);
    for (const { name, offset, bytes, checksum } of this.sections.values()) {
      const actual = crc32(this.file.subarray(offset, offset + bytes));
      if (actual !== checksum) {
        throw new SegmentError(
          'bad-section-checksum',
          `segment section '${name}' (bytes ${offset} to ${offset + bytes}): expected checksum ${checksum}, got ${actual}; the file is damaged`,
        );
      }
      covered = align(offset + bytes);
      this.verifyPadding(offset + bytes, covered);
    }
  }

  private verifyPadding(start: number, end: number): void {
    for (let at = start; at < end; at++) {
      if (this.file[at] !== 0) {
        throw new SegmentError(
          'bad-section-checksum',
          `segment padding, byte ${at}: expected 0, got ${this.file[at]}; the file is damaged`,
        );
      }
    }
  }

  private section(name: string, elementBytes: number): Section {
    const section = this.sections.get(name);
    if (section === undefined) {
      throw new SegmentError(
        'missing-section',
        `segment: expected a section '${name}', found none; build the index again with this version`,
      );
    }
    if (section.bytes % elementBytes !== 0) {
      throw new SegmentError(
        'bad-section',
        `segment section '${name}': expected a multiple of ${elementBytes} bytes, got ${section.bytes}`,
      );
    }
    return section;
  }
}

function readTable(view: DataView, file: Uint8Array, count: number): Map<string, Section> {
  const sections = new Map<string, Section>();
  let expected = align(HEADER_BYTES + count * ENTRY_BYTES);
  for (let index = 0; index < count; index++) {
    const entry = HEADER_BYTES + index * ENTRY_BYTES;
    const nameBytes = file.subarray(entry, entry + NAME_BYTES);
    const end = nameBytes.indexOf(0);
    const name = Buffer.from(nameBytes.subarray(0, end < 0 ? NAME_BYTES : end)).toString('utf8');
    const offset = view.getFloat64(entry + NAME_BYTES, true);
    const bytes = view.getFloat64(entry + NAME_BYTES + 8, true);
    const checksum = view.getUint32(entry + NAME_BYTES + 16, true);
    if (
      offset !== expected ||
      !Number.isInteger(bytes) ||
      bytes < 0 ||
      offset + bytes > file.byteLength
    ) {
      throw new SegmentError(
        'bad-section',
        `segment section '${name}', table entry ${index}: expected it at byte ${expected} and inside ${file.byteLength} bytes, got ${bytes} bytes at ${offset}`,
      );
    }
    sections.set(name, { name, offset, bytes, checksum });
    expected = align(offset + bytes);
  }
  if (expected !== file.byteLength) {
    throw new SegmentError(
      'truncated',
      `segment: sections end at byte ${expected}, the file has ${file.byteLength} bytes`,
    );
  }
  return sections;
}
