import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DuckDBAppender,
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBInstance,
} from '@duckdb/node-api';
import { BuildError, messageOf } from '../build-error.ts';

export interface WorkspaceOptions {
  /** An empty folder for the database and what it spills; the caller removes it. */
  readonly folder: string;
  readonly memoryBytes: number;
  readonly threads: number;
}

/** Values that the SQL steps read with `getvariable`. */
export type StepVariables = Readonly<Record<string, number>>;

/**
 * The database that a log is cleaned and counted in: a file, so that a log larger than memory works. Its steps are the SQL
 * files beside this one; none of them normalises text.
 */
export class Workspace {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  static async open(options: WorkspaceOptions): Promise<Workspace> {
    const instance = await DuckDBInstance.create(join(options.folder, 'counting.duckdb'), {
      threads: String(options.threads),
      memory_limit: `${Math.floor(options.memoryBytes / 1024)}KiB`,
      temp_directory: join(options.folder, 'spill'),
      // Nothing relies on the order of a table: every order that matters is asked for by name.
      preserve_insertion_order: 'false',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    return new Workspace(instance, await instance.connect());
  }

  /** As doubles: a number written with a point would be a DECIMAL, whose products overflow. */
  async setVariables(variables: StepVariables): Promise<void> {
    for (const [name, value] of Object.entries(variables)) {
      await this.#connection.run(`SET VARIABLE ${name} = CAST(${value} AS DOUBLE)`);
    }
  }

  async run(sql: string): Promise<void> {
    try {
      await this.#connection.run(sql);
    } catch (cause) {
      throw explain(cause);
    }
  }

  /** Runs one of the SQL files of the indexer, named by its folder and itself: `clean/02-forms`. */
  async runStep(name: string): Promise<void> {
    await this.run(await readStep(name));
  }

  /** The rows of a query, a chunk at a time, on a connection of its own: tables may be written meanwhile. */
  async *stream(sql: string): AsyncGenerator<DuckDBDataChunk> {
    const connection = await this.#instance.connect();
    try {
      const result = await connection.stream(sql);
      for (;;) {
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) return;
        yield chunk;
      }
    } finally {
      connection.closeSync();
    }
  }

  /** Like `stream`, of a step whose last statement is a query. */
  async *streamStep(name: string): AsyncGenerator<DuckDBDataChunk> {
    yield* this.stream(await readStep(name));
  }

  /** Rows of numbers, for results of a few rows. */
  async readNumbers(sql: string): Promise<readonly (readonly number[])[]> {
    const result = await this.#connection.runAndReadAll(sql);
    return result.getRows().map((row) => row.map((value) => Number(value ?? 0)));
  }

  appender(table: string): Promise<DuckDBAppender> {
    return this.#connection.createAppender(table);
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

/** Says what to do about the one failure that the caller can mend. */
function explain(cause: unknown): unknown {
  const message = messageOf(cause);
  if (!message.startsWith('Out of Memory Error')) return cause;
  return new BuildError('out-of-memory', `${message}; give the build more with --memory`, {
    cause,
  });
}

function readStep(name: string): Promise<string> {
  return readFile(new URL(`../${name}.sql`, import.meta.url), 'utf8');
}
