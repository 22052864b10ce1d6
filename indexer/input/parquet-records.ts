import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { BuildError, messageOf } from '../build-error.ts';
import { type ColumnBinding, LIST_MARK } from './column-binding.ts';

type ParquetCells = readonly (string | undefined)[];

interface ParquetColumn {
  readonly name: string;
  readonly type: string;
}

/** Some rows of a Parquet file, in its order. */
export interface ParquetBatch {
  readonly rows: readonly ParquetCells[];
  /** Whether the file has `at` as a timestamp or a date, so that it is ISO 8601 here. */
  readonly isTimeTyped: boolean;
}

/**
 * Reads a Parquet file as text, a batch at a time: `bind` finds the columns among those of the file.
 *
 * @param name what errors call the file
 */
export async function* readParquet(
  file: string,
  bind: (header: readonly string[]) => ColumnBinding,
  name = file,
): AsyncGenerator<ParquetBatch> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '1GB' });
  const connection = await instance.connect();
  try {
    const source = `read_parquet('${literalPath(file)}', binary_as_string = true, hive_partitioning = false)`;
    const description = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
    const columns = description
      .getRowsJson()
      .map((row): ParquetColumn => ({ name: String(row[0]), type: String(row[1]) }));
    const { positions } = bind(columns.map((column) => column.name));
    const expressions = positions.map((position) => selectAsText(columns[position]));
    const isTimeTyped = /^(?:DATE|TIMESTAMP)/.test(columns[positions[0] ?? -1]?.type ?? '');
    const result = await connection.stream(`SELECT ${expressions.join(', ')} FROM ${source}`);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return;
      const rows = chunk
        .getRows()
        .map((row) => row.map((value) => (typeof value === 'string' ? value : undefined)));
      yield { rows, isTimeTyped };
    }
  } catch (cause) {
    if (cause instanceof BuildError) throw cause;
    throw new BuildError(
      'unreadable-input',
      `${name}: cannot be read as Parquet: ${firstParagraph(messageOf(cause))}`,
      { cause },
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Whether bytes begin as a Parquet file does. */
export function isParquet(head: Buffer): boolean {
  return head.toString('latin1', 0, 4) === 'PAR1';
}

/** The same of a file that came compressed: its end is read first, so all of it is written to a folder for passing files before. */
export async function* readPackedParquet(
  chunks: AsyncIterable<Uint8Array>,
  bind: (header: readonly string[]) => ColumnBinding,
  name: string,
): AsyncGenerator<ParquetBatch> {
  const folder = await mkdtemp(join(tmpdir(), 'foretype-parquet-'));
  try {
    const file = join(folder, 'unpacked.parquet');
    await writeFile(file, chunks);
    yield* readParquet(file, bind, name);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A path as the database takes it: in a string, and with its pattern characters standing for themselves. */
function literalPath(file: string): string {
  return file.replace(/[*?[]/g, '[$&]').replaceAll("'", "''");
}

/** What follows is our own SQL, which tells a reader nothing. */
function firstParagraph(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}

function selectAsText(column: ParquetColumn | undefined): string {
  if (column === undefined) return 'NULL::VARCHAR';
  const name = `"${column.name.replaceAll('"', '""')}"`;
  if (column.type === 'DATE') return `strftime(${name}, '%Y-%m-%d')`;
  // By way of microseconds, so that zones (which are UTC inside) and every resolution come out alike.
  if (column.type.startsWith('TIMESTAMP')) {
    return `strftime(make_timestamp(epoch_us(${name})), '%Y-%m-%dT%H:%M:%S.%fZ')`;
  }
  // The mark that begins each item of a list: see LIST_MARK.
  if (column.type.endsWith('[]')) {
    const mark = `chr(${LIST_MARK.charCodeAt(0)})`;
    return `${mark} || array_to_string(CAST(${name} AS VARCHAR[]), ${mark})`;
  }
  return `CAST(${name} AS VARCHAR)`;
}
