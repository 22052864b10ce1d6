import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import { GrowableBytes } from './growable-array.ts';

/**
 * Of each entry of a table of text keys, where in the text its key begins, and the steps in which key and text advance together. A
 * record is its length in bytes behind the length, the start, and a byte a step: units of the key in the high half, of the text in the low
 * one; a step with more than 15 of either is a zero byte and two numbers. Numbers are varints.
 *
 *     "beijingdaxue" of 北京大学        start 0, steps [3,1] [4,1] [2,1] [3,1]        05 00 31 41 21 31
 *
 * Where each 16th record begins is kept; the others are found by their lengths.
 */
const BUCKET_SHIFT = 4;
const BUCKET = 1 << BUCKET_SHIFT;
const HALF = 15;

interface KeyPlace {
  readonly start: number;
  readonly steps: readonly number[];
}

/** Adds `<name>.steps` and `<name>.stepStarts` for entries in their order. */
export function writeKeySteps(
  builder: ContainerBuilder,
  name: string,
  entries: readonly KeyPlace[],
): void {
  const bytes = new GrowableBytes();
  const starts = new Uint32Array(Math.ceil(entries.length / BUCKET) + 1);
  const record: number[] = [];
  entries.forEach(({ start, steps }, entry) => {
    if ((entry & (BUCKET - 1)) === 0) starts[entry >>> BUCKET_SHIFT] = bytes.length;
    record.length = 0;
    pushNumber(record, start);
    for (let i = 0; i < steps.length; i += 2) pushStep(record, steps[i]!, steps[i + 1]!);
    const length: number[] = [];
    pushNumber(length, record.length);
    bytes.append(Uint8Array.from(length));
    bytes.append(Uint8Array.from(record));
  });
  starts[starts.length - 1] = bytes.length;
  builder.add(`${name}.steps`, bytes.view());
  builder.add(`${name}.stepStarts`, starts);
}

function pushStep(record: number[], keyUnits: number, textUnits: number): void {
  if (keyUnits <= HALF && textUnits <= HALF && keyUnits + textUnits > 0) {
    record.push((keyUnits << 4) | textUnits);
    return;
  }
  record.push(0);
  pushNumber(record, keyUnits);
  pushNumber(record, textUnits);
}

function pushNumber(record: number[], value: number): void {
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) record.push((rest & 0x7f) | 0x80);
  record.push(rest);
}

export class KeyStepsReader {
  private readonly bytes: Uint8Array;
  private readonly starts: Uint32Array;
  private readonly entries: number;
  private readonly name: string;
  private at = 0;

  constructor(container: Container, name: string, entries: number) {
    this.bytes = container.uint8(`${name}.steps`);
    this.starts = container.uint32(`${name}.stepStarts`);
    this.entries = entries;
    this.name = name;
    const expected = Math.ceil(entries / BUCKET) + 1;
    if (this.starts.length !== expected || this.starts[expected - 1] !== this.bytes.length) {
      throw new SegmentError(
        'bad-section',
        `segment section '${name}.stepStarts': expected ${expected} entries up to ${this.bytes.length}, got ${this.starts.length}`,
      );
    }
  }

  startAt(entry: number): number {
    this.seek(entry);
    return this.readNumber();
  }

  stepsAt(entry: number): number[] {
    const end = this.seek(entry);
    this.readNumber();
    const steps: number[] = [];
    while (this.at < end) {
      const step = this.bytes[this.at++]!;
      if (step > 0) steps.push(step >>> 4, step & HALF);
      else steps.push(this.readNumber(), this.readNumber());
    }
    return steps;
  }

  /** Goes to the begin of an entry's record, behind its length; returns the record's end. */
  private seek(entry: number): number {
    this.at = this.starts[entry >>> BUCKET_SHIFT]!;
    for (let left = entry & (BUCKET - 1); left > 0; left--) {
      const length = this.readNumber();
      this.at += length;
    }
    const length = this.readNumber();
    return Math.min(this.at + length, this.bytes.length);
  }

  private readNumber(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.bytes[this.at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value;
  }

  /** @throws SegmentError when the records do not lie one behind the other, each where it is looked for. */
  verify(): void {
    let end = 0;
    for (let entry = 0; entry < this.entries; entry++) {
      const isFirst = (entry & (BUCKET - 1)) === 0;
      if (isFirst && this.starts[entry >>> BUCKET_SHIFT] !== end) {
        throw this.fault('stepStarts', entry, `expected its bucket at byte ${end}`);
      }
      const recordEnd = this.seek(entry);
      this.stepsAt(entry);
      if (this.at !== recordEnd || recordEnd <= end) {
        throw this.fault('steps', entry, `expected its record to end at byte ${recordEnd}`);
      }
      end = recordEnd;
    }
    if (end !== this.bytes.length) {
      throw this.fault('steps', this.entries, `expected the end at byte ${end}`);
    }
  }

  private fault(section: string, entry: number, what: string): SegmentError {
    return new SegmentError(
      'broken-order',
      `segment section '${this.name}.${section}', entry ${entry}: ${what}`,
    );
  }
}
