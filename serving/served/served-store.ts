import type { Whose } from '../people/user-trail.ts';
import type { ServedList } from './served-list.ts';
import {
  type NotedList,
  type ServedCounts,
  ServedLog,
  type ServedLogOptions,
} from './served-log.ts';

/** Where served lists are kept: a log, or none that can be opened. */
export interface ServedStore {
  readonly counts: Readonly<ServedCounts>;
  /** Why nothing is kept, nor told or erased of what is there; null for a log that works. */
  readonly failure: string | null;
  note(list: NotedList): void;
  /** What waits for the lists that were noted so far to be in the files, where the end of the process does not lose them; null where they are. Never rejects. */
  settled(): Promise<void> | null;
  /** Throws while there is a failure. */
  read(mentions?: readonly string[]): AsyncIterable<ServedList>;
  /** The last lists, oldest first; none while there is a failure. */
  latest(most: number): AsyncIterable<ServedList>;
  /** Rejects while there is a failure: what is there may be of anybody. */
  erase(selection: {
    readonly mentions: readonly string[];
    matches(list: Whose): boolean;
  }): Promise<number>;
  dropArrivedBefore(sinceMs: number): Promise<number>;
  close(): Promise<void>;
}

/**
 * Stands for a log that cannot be opened: a server answers without one. Lists are dropped and counted. Who asks for those that lie in its files, to be told or erased, gets an
 * error, never nothing: an erasure waits for the start that can open them.
 */
export class UnopenedServedLog implements ServedStore {
  readonly counts: ServedCounts = { written: 0, dropped: 0 };
  readonly failure: string;

  constructor(failure: string) {
    this.failure = failure;
  }

  note(): void {
    this.counts.dropped++;
  }

  settled(): null {
    return null;
  }

  read(): never {
    throw new Error(this.failure);
  }

  async *latest(): AsyncGenerator<ServedList> {}

  async erase(): Promise<never> {
    throw new Error(this.failure);
  }

  async dropArrivedBefore(): Promise<never> {
    throw new Error(this.failure);
  }

  async close(): Promise<void> {}
}

/** Opens the log of a folder, or begins one; never rejects, as a log of what was shown must not keep a server from starting: that there is none is told. */
export async function openServedStore(options: ServedLogOptions): Promise<ServedStore> {
  try {
    return await ServedLog.open(options);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const failure = `the log of served lists in ${options.folder} cannot be opened: ${why}`;
    options.report(
      `${failure}; served lists are not logged, and users neither told nor erased as a whole, until a start can open it`,
    );
    return new UnopenedServedLog(failure);
  }
}
