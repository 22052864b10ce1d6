import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { syncFolder } from '../../indexer/segment/durable-files.ts';
import { type Features, LmdbRoot, versionOf } from './lmdb-root.ts';

/** Within the store's folder, the copy that is to take its place. */
const COPY = 'copy';
const FILES = ['data.mdb', 'lock.mdb'];
/** Entries that are copied before others have their turn. */
const COPIED_AT_ONCE = 256;

/**
 * The files of a store, that can be replaced while they are read and written. LMDB leaves the bytes of what was deleted in free pages, and in the gaps of others: a new file into which
 * all that is there is written has none of them.
 */
export class ReplaceableRoot {
  readonly #folder: string;
  #root: LmdbRoot;
  /** What writes go to as well, while it is being made. */
  #copy: LmdbRoot | null = null;
  /** Writes under way, and what later ones wait for while the copy takes over. */
  readonly #changes = new Set<Promise<unknown>>();
  #gate: Promise<void> | null = null;
  /** Readings that last beyond a turn: what they read must stay open. */
  readonly #readings = new Set<Promise<void>>();

  private constructor(folder: string) {
    this.#folder = folder;
    this.#root = new LmdbRoot(folder);
  }

  /** Opens the files of a folder, which is made when it is not there. */
  static async open(folder: string): Promise<ReplaceableRoot> {
    await mkdir(folder, { recursive: true });
    // Of a process that stopped before its copy was whole.
    await rm(path.join(folder, COPY), { recursive: true, force: true });
    return new ReplaceableRoot(folder);
  }

  /** A namespace, to be read within this turn, or within `change` or a reading. */
  features(namespace: string): Features {
    return this.#root.features(namespace);
  }

  /** Runs a change of a namespace; whatever it writes to `features` it writes to `copy` as well, while there is one. */
  async change<T>(change: () => Promise<T>): Promise<T> {
    while (this.#gate !== null) await this.#gate;
    const done = change();
    this.#changes.add(done);
    try {
      return await done;
    } finally {
      this.#changes.delete(done);
    }
  }

  /** The namespace in the files that are being made; undefined when none are. */
  copyOf(namespace: string): Features | undefined {
    return this.#copy?.features(namespace);
  }

  /** Begins a reading of `features` that lasts beyond this turn; the answer ends it, and must be called. */
  beginReading(): () => void {
    let settle = () => {};
    const reading = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.#readings.add(reading);
    return () => {
      this.#readings.delete(reading);
      settle();
    };
  }

  /** Writes everything into new files, which then take the place of the old ones; one call at a time. Resolves when the old ones are gone; when it rejects, they stay in use. */
  async replace(): Promise<void> {
    const folder = path.join(this.#folder, COPY);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    const copy = new LmdbRoot(folder);
    this.#copy = copy;
    try {
      for (const namespace of this.#root.namespaces()) {
        await copyFeatures(this.#root.features(namespace), copy.features(namespace));
      }
      await copy.flushed;
      await this.#adopt(copy, folder);
    } catch (error) {
      this.#copy = null;
      await copy.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#root.close();
  }

  /** From one turn to the next, the copy answers; then it takes the old one's place in the folder. */
  async #adopt(copy: LmdbRoot, folder: string): Promise<void> {
    const before = this.#root;
    let open = () => {};
    this.#gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    await Promise.allSettled(this.#changes);
    await copy.flushed;
    this.#root = copy;
    this.#copy = null;
    this.#gate = null;
    open();
    await Promise.all(this.#readings);
    await before.close();
    for (const name of FILES) await rename(path.join(folder, name), path.join(this.#folder, name));
    await syncFolder(this.#folder);
    await rm(folder, { recursive: true });
  }
}

/** Copies what was there at the beginning; what is written meanwhile is written there by its writer, later than what it replaces. */
async function copyFeatures(from: Features, to: Features): Promise<void> {
  let last: string | null = null;
  for (;;) {
    const writes: Promise<boolean>[] = [];
    // From one turn to the next: no reading of the old file is open while others have theirs.
    const rest = from.getRange({
      versions: true,
      limit: COPIED_AT_ONCE,
      ...(last === null ? {} : { start: last, exclusiveStart: true }),
    });
    for (const entry of rest) {
      last = entry.key;
      writes.push(to.put(entry.key, Buffer.from(entry.value), versionOf(entry)));
    }
    if (writes.length === 0) return;
    await Promise.all(writes);
    await nextTurn();
  }
}
