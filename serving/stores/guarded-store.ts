import {
  type FeatureStore,
  FeatureStoreError,
  type FeatureWrite,
  type ScannedFeature,
  type StoredFeature,
} from '../../ranking/feature-store/feature-store.ts';
import { type BreakerState, CircuitBreaker } from './circuit-breaker.ts';

export const DEFAULT_STORE_TIMEOUT_MS = 20;
/** Writes are in nobody's way, and a batch of them is more work: they may take so many times as long, and this at least. */
const WRITE_PATIENCE = 10;
const LEAST_WRITE_MS = 1_000;
const FAILURES = 5;
const OPEN_MS = 1_000;

export interface GuardedStoreOptions {
  /** How long a read may take. */
  readonly timeoutMs?: number;
  /** Failures running after which the store is left alone. */
  readonly failures?: number;
  /** For how long, before one call tries it again. */
  readonly openMs?: number;
  /** Milliseconds, monotonic. */
  readonly now?: () => number;
  /** Calls back after a time; tells how to take it back. */
  readonly startTimer?: (callback: () => void, afterMs: number) => () => void;
}

/** What became of the calls to a store, since the start. */
export interface StoreCounts {
  /** Keys read. */
  reads: number;
  /** Keys written or deleted. */
  writes: number;
  timeouts: number;
  /** Other failures. */
  failures: number;
  /** Calls that were not made, as the store was left alone. */
  refused: number;
}

/**
 * A store whose calls end in a bounded time, whatever becomes of the one behind it: they reject with `timeout` when it takes too long, and with `open` at once when it
 * failed so often that it is left alone; one call at a time then tries whether it is back. What was given up may still happen in there.
 */
export class GuardedStore implements FeatureStore {
  readonly name: string;
  readonly counts: StoreCounts = { reads: 0, writes: 0, timeouts: 0, failures: 0, refused: 0 };
  readonly getNow?: (namespace: string, key: string) => StoredFeature | null;
  /** Not bounded, as `scan`. */
  readonly scrub?: () => Promise<void>;
  readonly #store: FeatureStore;
  readonly #timeoutMs: number;
  readonly #startTimer: (callback: () => void, afterMs: number) => () => void;
  readonly #breaker: CircuitBreaker;

  constructor(store: FeatureStore, options: GuardedStoreOptions = {}) {
    this.#store = store;
    this.name = store.name;
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_STORE_TIMEOUT_MS;
    this.#startTimer = options.startTimer ?? startTimer;
    this.#breaker = new CircuitBreaker({
      failures: options.failures ?? FAILURES,
      openMs: options.openMs ?? OPEN_MS,
      now: options.now ?? (() => performance.now()),
    });
    if (store.scrub !== undefined) this.scrub = () => store.scrub?.() ?? Promise.resolve();
    const { getNow } = store;
    if (getNow !== undefined) {
      this.getNow = (namespace, key) => this.#guardNow(() => getNow(namespace, key));
    }
  }

  /** Whether calls go through to the store. */
  get state(): BreakerState {
    return this.#breaker.state;
  }

  /** How often the store was given up for a while. */
  get opened(): number {
    return this.#breaker.opened;
  }

  get(namespace: string, key: string): Promise<StoredFeature | null> {
    this.counts.reads++;
    return this.#guard(() => this.#store.get(namespace, key), this.#timeoutMs);
  }

  getMany(namespace: string, keys: readonly string[]): Promise<readonly (StoredFeature | null)[]> {
    this.counts.reads += keys.length;
    return this.#guard(() => this.#store.getMany(namespace, keys), this.#timeoutMs);
  }

  write(namespace: string, writes: readonly FeatureWrite[]): Promise<readonly (number | null)[]> {
    this.counts.writes += writes.length;
    return this.#guard(() => this.#store.write(namespace, writes), this.#writeMs());
  }

  delete(namespace: string, keys: readonly string[]): Promise<number> {
    this.counts.writes += keys.length;
    return this.#guard(() => this.#store.delete(namespace, keys), this.#writeMs());
  }

  /** Not bounded: it takes what it takes, and nobody's request waits for it. */
  scan(namespace: string): AsyncIterable<ScannedFeature> {
    return this.#store.scan(namespace);
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #writeMs(): number {
    return Math.max(LEAST_WRITE_MS, WRITE_PATIENCE * this.#timeoutMs);
  }

  #guardNow<T>(call: () => T): T {
    this.counts.reads++;
    if (!this.#breaker.admit()) throw this.#refusal();
    try {
      const result = call();
      this.#breaker.succeed();
      return result;
    } catch (error) {
      this.#countFailure(error);
      throw error;
    }
  }

  #guard<T>(call: () => Promise<T>, timeoutMs: number): Promise<T> {
    if (!this.#breaker.admit()) return Promise.reject(this.#refusal());
    return new Promise((resolve, reject) => {
      const stopTimer = this.#startTimer(() => {
        const message = `${this.name} store: expected an answer within ${timeoutMs} ms`;
        settle(() => fail(new FeatureStoreError('timeout', message)));
      }, timeoutMs);
      let isSettled = false;
      const settle = (how: () => void) => {
        if (isSettled) return;
        isSettled = true;
        stopTimer();
        how();
      };
      const fail = (error: unknown) => {
        this.#countFailure(error);
        reject(error);
      };
      const succeed = (result: T) => {
        this.#breaker.succeed();
        resolve(result);
      };
      call().then(
        (result) => settle(() => succeed(result)),
        (error: unknown) => settle(() => fail(error)),
      );
    });
  }

  #refusal(): FeatureStoreError {
    this.counts.refused++;
    return new FeatureStoreError('open', `${this.name} store: it failed lately and is left alone`);
  }

  #countFailure(error: unknown): void {
    const code = error instanceof FeatureStoreError ? error.code : null;
    // What is wrong with the caller, or with one key, is nothing that leaving the store alone would mend.
    if (code === null || code === 'damaged') {
      this.#breaker.succeed();
      return;
    }
    if (code === 'timeout') this.counts.timeouts++;
    else this.counts.failures++;
    this.#breaker.fail();
  }
}

/** The answer may be there, unread, when this process itself was late: one look at the sockets comes before the callback. */
function startTimer(callback: () => void, afterMs: number): () => void {
  let immediate: NodeJS.Immediate | null = null;
  const timer = setTimeout(() => {
    immediate = setImmediate(callback);
  }, afterMs);
  return () => {
    clearTimeout(timer);
    if (immediate !== null) clearImmediate(immediate);
  };
}
