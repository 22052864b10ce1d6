import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CsvRecords,
  type RecordParser,
  TsvRecords,
} from '../../../indexer/input/delimited-records.ts';
import type { RecordSink } from '../../../indexer/input/record-sink.ts';
import { TextLines } from '../../../indexer/input/text-lines.ts';

interface Read {
  readonly records: (readonly [line: number, ...fields: string[]])[];
  readonly malformed: (readonly [line: number, reason: string])[];
}

type Make = (sink: RecordSink<readonly string[]>) => RecordParser;
const csv: Make = (sink) => new CsvRecords(sink);
const tsv: Make = (sink) => new TsvRecords(sink);

/** Reads bytes that arrive in pieces of the given sizes, the last of them over and over. */
function read(
  make: Make,
  content: string | Uint8Array,
  sizes: readonly number[] = [1 << 20],
): Read {
  const bytes = Buffer.from(content);
  const found: Read = { records: [], malformed: [] };
  const parser = make({
    record: (fields, line) => void found.records.push([line, ...fields]),
    malformed: (line, reason) => void found.malformed.push([line, reason]),
  });
  const lines = new TextLines((line) => void found.malformed.push([line, 'overlong']));
  for (let start = 0, piece = 0; start < bytes.length; piece++) {
    const size = sizes[Math.min(piece, sizes.length - 1)] ?? 1;
    const block = lines.push(bytes.subarray(start, start + size));
    if (block !== undefined) parser.push(block);
    start += size;
  }
  const last = lines.finish();
  if (last !== undefined) parser.push(last);
  parser.finish();
  return found;
}

const field = fc.string({
  unit: fc.constantFrom('a', 'é', '北', '😀', ' ', '"', ',', '\t', '\n', '\r\n', "'"),
  maxLength: 6,
});
const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });
const lineEnd = fc.constantFrom('\n', '\r\n');

function writeCsvField(text: string, isQuoted: boolean): string {
  return isQuoted || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

describe('CSV', () => {
  test('gives back any fields that were written by RFC 4180, wherever the bytes are cut', () => {
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(table, sizes, lineEnd, fc.boolean(), (rows, cuts, end, isQuoted) => {
        const content = rows
          .map((row) => row.map((text) => writeCsvField(text, isQuoted)).join(',') + end)
          .join('');
        const { records, malformed } = read(csv, content, cuts);
        expect(malformed).toEqual([]);
        expect(records.map(([, ...fields]) => fields)).toEqual(rows);
        let line = 1;
        const lines = rows.map((row) => {
          const begins = line;
          line += 1 + row.join('').split('\n').length - 1;
          return begins;
        });
        expect(records.map(([at]) => at)).toEqual(lines);
      }),
    );
  });

  test('keeps a quote inside an unquoted field and skips empty lines', () => {
    expect(read(csv, 'a"b,c\n\n\r\nd,e').records).toEqual([
      [1, 'a"b', 'c'],
      [4, 'd', 'e'],
    ]);
  });

  test('names the line of a quote that is never closed and reads on after it', () => {
    const found = read(csv, 'a,b\n"open,c\nd,e\nf,g\n', [3]);
    expect(found.malformed).toEqual([[2, 'a quote that is opened and never closed']]);
    expect(found.records).toEqual([
      [1, 'a', 'b'],
      [3, 'd', 'e'],
      [4, 'f', 'g'],
    ]);
  });

  test('rejects text after a closing quote and reads on at the next line', () => {
    const found = read(csv, '"a" c,d\ne,f\n');
    expect(found.malformed).toEqual([[1, 'text after a closing quote']]);
    expect(found.records).toEqual([[2, 'e', 'f']]);
  });

  test('a quote that is never closed costs its own line alone, whatever is quoted below it', () => {
    for (const size of [1, 7, 100]) {
      const found = read(csv, 'a,b\n"open,c\nd,e\nf,g\n"quoted",h\ni,"j\nk"\n', [size]);
      expect(found.malformed).toEqual([[2, 'text after a closing quote']]);
      expect(found.records).toEqual([
        [1, 'a', 'b'],
        [3, 'd', 'e'],
        [4, 'f', 'g'],
        [5, 'quoted', 'h'],
        [6, 'i', 'j\nk'],
      ]);
    }
  });

  test('rejects a record that has invalid UTF-8 on any of its lines', () => {
    const bytes = Buffer.concat([
      Buffer.from('"a\n'),
      Buffer.from([0xff]),
      Buffer.from('",b\nc,d\n'),
    ]);
    for (const size of [1, 3, 100]) {
      const found = read(csv, bytes, [size]);
      expect(found.malformed).toEqual([[1, 'invalid UTF-8']]);
      expect(found.records).toEqual([[3, 'c', 'd']]);
    }
  });
});

describe('TSV', () => {
  test('splits lines at tabs like a plain split, wherever the bytes are cut', () => {
    const line = fc.string({
      unit: fc.constantFrom('a', 'é', '北', '😀', '\t', ' ', ','),
      maxLength: 9,
    });
    fc.assert(
      fc.property(fc.array(line), sizes, lineEnd, (lines, cuts, end) => {
        const { records, malformed } = read(tsv, lines.join(end), cuts);
        expect(malformed).toEqual([]);
        const expected = lines.flatMap((text, index) =>
          text === '' ? [] : [[index + 1, ...text.split('\t')]],
        );
        expect(records).toEqual(expected);
      }),
    );
  });

  test('takes stray quotes as they are and unquotes whole fields', () => {
    expect(read(tsv, '"new york\tb"\n"say ""hi"""\t"x"y"\t""\n').records).toEqual([
      [1, '"new york', 'b"'],
      [2, 'say "hi"', '"x"y"', ''],
    ]);
  });

  test('drops a byte order mark, also one that is cut', () => {
    expect(read(tsv, '\ufeffa\tb\n', [1]).records).toEqual([[1, 'a', 'b']]);
  });

  test('rejects lines of invalid UTF-8 only', () => {
    const bytes = Buffer.concat([
      Buffer.from('a\n'),
      Buffer.from([0xc3, 0x28, 10]),
      Buffer.from('é\n'),
    ]);
    const found = read(tsv, bytes, [2]);
    expect(found.malformed).toEqual([[2, 'invalid UTF-8']]);
    expect(found.records).toEqual([
      [1, 'a'],
      [3, 'é'],
    ]);
  });

  test('reads a line of 10 MB, and leaves out one of 40 MB without keeping it', () => {
    const long = 'x'.repeat(10_000_000);
    const tooLong = Buffer.alloc(40_000_000, 'y');
    const content = Buffer.concat([Buffer.from(`a\n${long}\nb\n`), tooLong, Buffer.from('\nc\n')]);
    const found = read(tsv, content);
    expect(found.records.map(([line, text]) => [line, text?.length])).toEqual([
      [1, 1],
      [2, 10_000_000],
      [3, 1],
      [5, 1],
    ]);
    expect(found.malformed).toEqual([[4, 'overlong']]);
  });
});
