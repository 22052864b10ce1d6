import { BuildError, usageError } from '../build-error.ts';
import { peekBytes, readBytes, readContainer } from './byte-source.ts';
import {
  bindHeader,
  bindPositions,
  type ColumnBinding,
  JsonBinding,
  nameOneOf,
  type RowColumns,
} from './column-binding.ts';
import type { ColumnMapping } from './column-mapping.ts';
import { CsvRecords, type RecordParser, TsvRecords } from './delimited-records.ts';
import { detectTextFormat } from './file-format.ts';
import { type JsonObject, JsonRecords } from './json-records.ts';
import { isParquet, type ParquetBatch, readPackedParquet, readParquet } from './parquet-records.ts';
import type { RecordSink } from './record-sink.ts';
import type { RowTally } from './row-tally.ts';
import { LONGEST_LINE_BYTES, TextLines } from './text-lines.ts';
import type { TimeReading } from './time-reader.ts';

const HEAD_BYTES = 64 * 1024;

/** A row's cells in the order of `RowColumns.cells`. */
export type RowCells = readonly (string | undefined)[];

export type RowReading<Row> =
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'empty' }
  | { readonly kind: 'malformed'; readonly reason: string };

/** Turns cells into checked rows. */
export interface RowReader<Row> {
  read(cells: RowCells): RowReading<Row>;
}

/** What the rows of a log are: which columns are read, and how a row is made of them. */
export interface RowKind<Row> {
  readonly columns: RowColumns;
  /** `nowMs` is the wall clock, which no row may be later than. */
  createReader(times: TimeReading, nowMs: number): RowReader<Row>;
}

/** How the files of a log are to be read. */
export interface LogLayout {
  readonly columns: ColumnMapping;
  readonly hasHeader: boolean;
  readonly times: TimeReading;
}

/** A file of a log, with its own layout where it does not share that of the others. */
export type LogFile = string | { readonly path: string; readonly layout: LogLayout };

/** Looks at a log: throws when a file cannot be read or when the layout cannot be right, before any work is done. */
export async function checkLog(
  files: readonly LogFile[],
  layout: LogLayout,
  kind: RowKind<unknown>,
): Promise<void> {
  kind.createReader(layout.times, 0);
  if (!layout.hasHeader) bindPositions(layout.columns, kind.columns);
  for (const file of files) await readContainer(typeof file === 'string' ? file : file.path);
}

/**
 * Reads a log, file by file and batch by batch (about a megabyte of input) in bounded memory: TSV, CSV, NDJSON or
 * Parquet, plain, gzip or zstd. Malformed and empty rows are counted in `tally`, which throws when too many are malformed.
 */
export async function* readLog<Row>(
  files: readonly LogFile[],
  shared: LogLayout,
  kind: RowKind<Row>,
  nowMs: number,
  tally: RowTally,
): AsyncGenerator<readonly Row[]> {
  for (const each of files) {
    const { path: file, layout } = typeof each === 'string' ? { path: each, layout: shared } : each;
    const container = await readContainer(file);
    const intake = new RowIntake(file, layout, kind, nowMs, tally);
    const bind = (header: readonly string[]) => intake.bind(header);
    if (container === 'parquet') yield* readParquetRows(readParquet(file, bind), intake);
    else yield* readTextRows(file, container, layout, intake);
    tally.judge();
  }
}

async function* readParquetRows<Row>(
  batches: AsyncIterable<ParquetBatch>,
  intake: RowIntake<Row>,
): AsyncGenerator<readonly Row[]> {
  let line = 0;
  for await (const batch of batches) {
    for (const cells of batch.rows) {
      line += 1;
      intake.accept(cells, line, batch.isTimeTyped);
    }
    yield intake.takeRows();
  }
}

async function* readTextRows<Row>(
  file: string,
  container: 'plain' | 'gzip' | 'zstd',
  layout: LogLayout,
  intake: RowIntake<Row>,
): AsyncGenerator<readonly Row[]> {
  const { head, chunks } = await peekBytes(readBytes(file, container), HEAD_BYTES);
  if (isParquet(head)) {
    const packed = readPackedParquet(chunks, (header) => intake.bind(header), file);
    yield* readParquetRows(packed, intake);
    return;
  }
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw usageError(`${file}: it is UTF-16 text, expected UTF-8`);
  }
  const format = detectTextFormat(file, head.toString('utf8').replace(/^\ufeff/, ''), {
    hasHeader: layout.hasHeader,
    columns: layout.columns.size,
  });
  const parser = intake.parser(format);
  const lines = new TextLines((line) => {
    intake.reject(line, `a line of over ${LONGEST_LINE_BYTES >> 20} MiB`);
  });
  for await (const chunk of chunks) {
    const block = lines.push(chunk);
    if (block === undefined) continue;
    parser.push(block);
    yield intake.takeRows();
  }
  const last = lines.finish();
  if (last !== undefined) parser.push(last);
  parser.finish();
  yield intake.takeRows();
}

/** Turns the records of one file into rows. */
class RowIntake<Row> {
  readonly #file: string;
  readonly #layout: LogLayout;
  readonly #columns: RowColumns;
  readonly #rows: RowReader<Row>;
  readonly #typedRows: RowReader<Row>;
  readonly #tally: RowTally;
  #taken: Row[] = [];
  readonly #cells: (string | undefined)[];

  constructor(file: string, layout: LogLayout, kind: RowKind<Row>, nowMs: number, tally: RowTally) {
    this.#file = file;
    this.#layout = layout;
    this.#columns = kind.columns;
    this.#rows = kind.createReader(layout.times, nowMs);
    this.#typedRows = kind.createReader({ asOfUs: layout.times.asOfUs }, nowMs);
    this.#tally = tally;
    this.#cells = kind.columns.cells.map(() => undefined);
  }

  bind(header: readonly string[]): ColumnBinding {
    const { columns, hasHeader } = this.#layout;
    return hasHeader
      ? bindHeader(header, columns, this.#file, this.#columns)
      : bindPositions(columns, this.#columns);
  }

  parser(format: 'tsv' | 'csv' | 'ndjson'): RecordParser {
    if (format === 'ndjson') return new JsonRecords(this.#jsonSink());
    return format === 'csv' ? new CsvRecords(this.#fieldSink()) : new TsvRecords(this.#fieldSink());
  }

  /** The rows since the last call. */
  takeRows(): readonly Row[] {
    const taken = this.#taken;
    this.#taken = [];
    return taken;
  }

  #fieldSink(): RecordSink<readonly string[]> {
    let binding = this.#layout.hasHeader
      ? undefined
      : bindPositions(this.#layout.columns, this.#columns);
    return {
      record: (fields, line) => {
        if (binding === undefined) {
          binding = this.bind(fields);
          return;
        }
        const { positions, leastFields, mostFields } = binding;
        if (fields.length < leastFields) {
          this.reject(line, `expected ${leastFields} columns or more, got ${fields.length}`);
          return;
        }
        if (fields.length > mostFields && fields.slice(mostFields).some((field) => field !== '')) {
          this.reject(line, `expected ${mostFields} columns, got ${fields.length}`);
          return;
        }
        for (let cell = 0; cell < positions.length; cell++) {
          this.#cells[cell] = fields[positions[cell] ?? -1];
        }
        this.accept(this.#cells, line, false);
      },
      malformed: (line, reason) => {
        if (binding === undefined) {
          throw usageError(`${this.#file}:${line}: the header cannot be read: ${reason}`);
        }
        this.reject(line, reason);
      },
    };
  }

  #jsonSink(): RecordSink<JsonObject> {
    if (!this.#layout.hasHeader) {
      throw usageError(
        `${this.#file}: NDJSON has no columns to take by position; leave out --no-header`,
      );
    }
    const { columns } = this.#layout;
    const binding = new JsonBinding(columns, this.#columns);
    const needed = nameOneOf(this.#columns.needed.map((column) => columns.get(column) ?? column));
    return {
      record: (object, line) => {
        const fault = binding.read(object, this.#cells);
        if (fault !== undefined) {
          this.reject(line, fault);
        } else if (!binding.hasNeeded) {
          this.reject(line, `no field ${needed}`);
        } else {
          this.accept(this.#cells, line, false);
        }
      },
      malformed: (line, reason) => this.reject(line, reason),
    };
  }

  accept(cells: RowCells, line: number, isTimeTyped: boolean): void {
    const reading = this.#read(cells, line, isTimeTyped);
    if (reading.kind === 'malformed') this.reject(line, reading.reason);
    else if (reading.kind === 'empty') this.#tally.countEmpty();
    else {
      this.#tally.countGood();
      this.#taken.push(reading.row);
    }
  }

  #read(cells: RowCells, line: number, isTimeTyped: boolean): RowReading<Row> {
    try {
      return (isTimeTyped ? this.#typedRows : this.#rows).read(cells);
    } catch (error) {
      // A time that lacks its date: where is what the reader of rows cannot tell.
      if (error instanceof BuildError) throw usageError(`${this.#file}:${line}: ${error.message}`);
      throw error;
    }
  }

  reject(line: number, reason: string): void {
    this.#tally.countMalformed(this.#file, line, reason);
  }
}
