import { type Repeat, RepeatedLook } from './repeated-look.ts';
import type { LoadedSnapshot, SnapshotSource } from './snapshot-source.ts';

/** Refused snapshots are looked at again every this many polls: a fault may have been the disk's or the memory's. */
const POLLS_BEFORE_RETRY = 30;

export interface SnapshotEvents {
  /** A snapshot was opened and is served once this resolves: what is to be worked out of it may take its time here, while the one before it answers. Refused where it rejects. */
  prepare?(opened: LoadedSnapshot): Promise<void>;
  /** A snapshot is served from now on; `previous` is the one before it, `null` at first. */
  onSwapped?(current: LoadedSnapshot, previous: LoadedSnapshot | null): void;
  /** A snapshot could not be read or opened; the one before it keeps serving. */
  onRefused?(name: string | null, error: unknown): void;
}

export type RefreshOutcome = 'unchanged' | 'swapped' | 'refused';

/**
 * Holds the snapshot that is served and replaces it, in one assignment, when another becomes current. A request takes
 * `current` once and keeps it, so it finishes on the snapshot that it began with. A snapshot that cannot be opened is
 * refused: the one before it keeps serving.
 */
export class SnapshotHolder {
  #current: LoadedSnapshot | null = null;
  /** What was refused last (`null`: `current` itself); `undefined` when nothing stands refused. */
  #refused: string | null | undefined = undefined;
  #pollsUntilRetry = 0;
  readonly #looks = new RepeatedLook<RefreshOutcome>(() => this.#look());
  readonly #source: SnapshotSource;
  readonly #listeners: SnapshotEvents[] = [];

  constructor(source: SnapshotSource) {
    this.#source = source;
  }

  /** The snapshot to answer from now, or `null` while none has been loaded. */
  get current(): LoadedSnapshot | null {
    return this.#current;
  }

  listen(events: SnapshotEvents): void {
    this.#listeners.push(events);
  }

  /** Loads the current snapshot; unlike `refresh`, throws when there is none or it is broken. */
  async load(): Promise<LoadedSnapshot> {
    const name = await this.#source.readCurrent();
    if (name === null) throw new Error('expected a published snapshot, got an index without one');
    const snapshot = await this.#open(name);
    this.#swap(snapshot);
    return snapshot;
  }

  /** Looks whether another snapshot became current and swaps to it; calls that overlap share one look. Never throws. */
  refresh(options: { readonly retryRefused?: boolean } = {}): Promise<RefreshOutcome> {
    if (options.retryRefused) this.#pollsUntilRetry = 0;
    return this.#looks.take();
  }

  /** Refreshes every `intervalMs` until `stopPolling`; does not keep the process alive. */
  startPolling(intervalMs: number, repeat?: Repeat): void {
    this.#looks.start(intervalMs, repeat);
  }

  stopPolling(): void {
    this.#looks.stop();
  }

  async #look(): Promise<RefreshOutcome> {
    let name: string | null = null;
    try {
      name = await this.#source.readCurrent();
      if (name === null && this.#current !== null) {
        throw new Error(
          `expected a current snapshot, got none; ${this.#current.name} keeps serving`,
        );
      }
      if (name === null || name === this.#current?.name) {
        this.#refused = undefined;
        return 'unchanged';
      }
      if (name === this.#refused && this.#pollsUntilRetry > 0) {
        this.#pollsUntilRetry--;
        return 'refused';
      }
      this.#swap(await this.#open(name));
      return 'swapped';
    } catch (error) {
      this.#refuse(name, error);
      return 'refused';
    }
  }

  async #open(name: string): Promise<LoadedSnapshot> {
    const snapshot = await this.#source.open(name);
    for (const listener of this.#listeners) await listener.prepare?.(snapshot);
    return snapshot;
  }

  #swap(snapshot: LoadedSnapshot): void {
    const previous = this.#current;
    this.#current = snapshot;
    this.#refused = undefined;
    for (const listener of this.#listeners) listener.onSwapped?.(snapshot, previous);
  }

  #refuse(name: string | null, error: unknown): void {
    if (name === null && this.#refused === null && this.#pollsUntilRetry > 0) {
      this.#pollsUntilRetry--;
      return;
    }
    this.#refused = name;
    this.#pollsUntilRetry = POLLS_BEFORE_RETRY;
    for (const listener of this.#listeners) listener.onRefused?.(name, error);
  }
}
