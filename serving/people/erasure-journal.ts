import { mkdir, readdir, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile, syncFolder } from '../../indexer/segment/durable-files.ts';
import { removeLeftovers } from '../../indexer/segment/leftovers.ts';
import type { ErasedPlace } from './erasure-receipt.ts';

/** An erasure under way, as it is written down so that it goes on after a crash. Holds no plain id. */
export interface JournalEntry {
  readonly erasure: string;
  readonly begunMs: number;
  /** Every hash under which the user may stand; the one in force first. */
  readonly users: readonly string[];
  /** Sessions of theirs alone; null until they were looked for: they can't be found once the events are erased. */
  readonly sessions: readonly string[] | null;
  /** What is done. */
  readonly places: readonly ErasedPlace[];
}

const VERSION = 1;
const NAME = /^([0-9a-f-]{36})\.json$/;

/** Erasures that are not done, a file each in a folder of its own; a file goes when its erasure is done, so that nothing of the user stays. */
export class ErasureJournal {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens the journal of a folder, made when it is not there. */
  static async open(folder: string): Promise<ErasureJournal> {
    await mkdir(folder, { recursive: true });
    await removeLeftovers(folder);
    return new ErasureJournal(folder);
  }

  /** The erasures that are not done. Throws for a file that it did not write: whoever asked to be erased must not be lost silently. */
  async unfinished(): Promise<readonly JournalEntry[]> {
    const names = (await readdir(this.#folder)).filter((name) => NAME.test(name)).sort();
    return Promise.all(names.map((name) => this.#read(name)));
  }

  /** Writes down how far an erasure is; durable when it resolves. */
  async note(entry: JournalEntry): Promise<void> {
    const text = JSON.stringify({ version: VERSION, ...entry });
    await replaceFile(this.#fileOf(entry.erasure), `${text}\n`);
  }

  /** Forgets an erasure that is done. */
  async end({ erasure }: JournalEntry): Promise<void> {
    await unlink(this.#fileOf(erasure));
    await syncFolder(this.#folder);
  }

  async #read(name: string): Promise<JournalEntry> {
    const file = path.join(this.#folder, name);
    const { version, ...entry } = JSON.parse(await readFile(file, 'utf8'));
    if (version === VERSION && Array.isArray(entry.users)) return entry;
    throw new Error(
      `${file}: expected an erasure of version ${VERSION}, got version ${version}; start the version of foretype that wrote it`,
    );
  }

  #fileOf(erasure: string): string {
    return path.join(this.#folder, `${erasure}.json`);
  }
}
