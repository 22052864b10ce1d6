import { randomUUID } from 'node:crypto';
import type { UserHasher } from '../../indexer/events/user-hasher.ts';
import type { EventIntake } from '../events/event-intake.ts';
import type { ErasureJournal, JournalEntry } from './erasure-journal.ts';
import type { ErasedPlace, ErasureReceipt } from './erasure-receipt.ts';
import {
  type ErasureStep,
  forgetLive,
  forgottenIn,
  logSteps,
  otherSteps,
  type PeoplePlaces,
} from './erasure-steps.ts';
import { keyOf, type RunningErasure, receiptOf, subjectOf } from './running-erasure.ts';
import { findSessions } from './user-trail.ts';

/** What could not be erased is tried again so often. */
const RETRY_MS = 2_000;
/** An answer waits so long at most; then it says what is pending. */
const PATIENCE_MS = 5_000;

export interface EraserOptions extends PeoplePlaces {
  readonly journal: ErasureJournal;
  readonly intake: Pick<EventIntake, 'log' | 'settled' | 'withheld'> & {
    readonly hasher: Pick<UserHasher, 'allHashesOfUser' | 'forget'>;
  };
  /** A line for the operator. */
  readonly report: (line: string) => void;
  readonly now?: () => number;
  readonly patienceMs?: number;
  readonly retryMs?: number;
}

/**
 * Erases users from everywhere. An erasure is written down before it begins and after each step, and what is written down is gone once all is done: whatever moment the process
 * stops at, the next start goes on from there. Each step may be done twice. While an erasure goes on, its user is nobody (`Withheld`), so that nothing new comes to places that are
 * done; what they send meanwhile is stored without them.
 */
export class Eraser {
  readonly #options: EraserOptions;
  readonly #logs: readonly ErasureStep[];
  readonly #others: readonly ErasureStep[];
  /** By the user's hash in force. */
  readonly #running = new Map<string, RunningErasure>();
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(options: EraserOptions) {
    this.#options = options;
    this.#logs = logSteps(options);
    this.#others = otherSteps(options);
  }

  /** Erasures that are not done. */
  get pending(): number {
    return this.#running.size;
  }

  /**
   * Goes on with what was not done when the process stopped. Resolves when the events are erased, so that who reads them from the start finds nothing; the rest goes on behind. To be
   * called before anything reads the log. Throws for a journal that cannot be read.
   */
  async resume(): Promise<void> {
    for (const entry of await this.#options.journal.unfinished()) {
      this.#options.report(`erasure ${entry.erasure}, which was not done, goes on`);
      const running = this.#begin(entry, true);
      await this.#eraseLogs(running).catch((error) => this.#onFailure(running, error));
      running.tried = this.#attempt(running);
    }
  }

  /** Erases a user; resolves when that is done, or as soon as it takes long or cannot be done now: it then goes on by itself, and asking again tells how far it is. */
  async erase(user: string): Promise<ErasureReceipt> {
    const { intake, patienceMs = PATIENCE_MS } = this.#options;
    const users = intake.hasher.allHashesOfUser(user);
    const running = this.#running.get(keyOf(users)) ?? this.#start(users);
    intake.hasher.forget(user);
    await bounded(running.tried, patienceMs);
    return this.#receiptOf(running);
  }

  /** The erasure of a user that is not done; null when there is none. */
  receiptOf(user: string): ErasureReceipt | null {
    const running = this.#running.get(keyOf(this.#options.intake.hasher.allHashesOfUser(user)));
    return running === undefined ? null : this.#receiptOf(running);
  }

  /** Stops trying, once the tries under way have ended; what is not done is left to the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await Promise.allSettled([...this.#running.values()].map(({ tried }) => tried));
  }

  #start(users: readonly string[]): RunningErasure {
    const { journal, now = Date.now } = this.#options;
    const entry = { erasure: randomUUID(), begunMs: now(), users, sessions: null, places: [] };
    const running = this.#begin(entry, false);
    running.tried = journal.note(entry).then(
      () => this.#attempt(running),
      // Nothing was erased, and nothing says that it is to be.
      (error: unknown) => {
        this.#end(running);
        throw error;
      },
    );
    return running;
  }

  #begin(entry: JournalEntry, isRetried: boolean): RunningErasure {
    const tried = Promise.resolve();
    const running: RunningErasure = { entry, isRetried, isDone: false, failure: null, tried };
    this.#running.set(keyOf(entry.users), running);
    this.#options.intake.withheld.add([...entry.users, ...(entry.sessions ?? [])]);
    return running;
  }

  #end(running: RunningErasure): void {
    const { users, sessions } = running.entry;
    this.#running.delete(keyOf(users));
    this.#options.intake.withheld.delete([...users, ...(sessions ?? [])]);
  }

  #receiptOf(running: RunningErasure): ErasureReceipt {
    const steps = [...this.#logs, ...this.#others].map(({ place }) => place);
    const stores = this.#options.stores().map(({ name }) => name);
    return receiptOf(running, [...steps, ...stores]);
  }

  /** Does what is not done yet; never rejects. */
  async #attempt(running: RunningErasure): Promise<void> {
    try {
      await this.#eraseLogs(running);
      const { stores } = this.#options;
      const places = await forgetLive(stores(), subjectOf(running), running.entry.places);
      running.entry = { ...running.entry, places };
      await this.#doOthers(running);
      await this.#options.journal.end(running.entry);
      running.isDone = true;
      running.failure = null;
      this.#end(running);
    } catch (error) {
      this.#onFailure(running, error);
    }
  }

  async #eraseLogs(running: RunningErasure): Promise<void> {
    const { intake, journal } = this.#options;
    if (running.entry.sessions === null) {
      // Batches that were taken before the user was withheld.
      await intake.settled();
      const sessions = await findSessions(intake.log, running.entry.users);
      running.entry = { ...running.entry, sessions };
      await journal.note(running.entry);
      intake.withheld.add(sessions);
      await intake.settled();
    }
    for (const step of this.#logs) await this.#do(running, step);
  }

  /** One place that fails keeps none of the others from being erased; throws the first failure once all were tried. */
  async #doOthers(running: RunningErasure): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#others) {
      await this.#do(running, step).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  async #do(running: RunningErasure, { place, detail, erase }: ErasureStep): Promise<void> {
    if (running.entry.places.some((done) => done.place === place)) return;
    const others: ErasedPlace[] = [];
    const removed = await erase(subjectOf(running), running.isRetried, (store, count) => {
      if (count > 0) others.push(forgottenIn(store, count));
    });
    const done: ErasedPlace = { place, status: 'erased', removed, detail };
    running.entry = { ...running.entry, places: [...running.entry.places, ...others, done] };
    await this.#options.journal.note(running.entry);
  }

  #onFailure(running: RunningErasure, error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    const { report, retryMs = RETRY_MS } = this.#options;
    const { erasure } = running.entry;
    if (running.failure === null) {
      report(`erasure ${erasure} is not done and goes on until it is: ${why}`);
    }
    running.failure = why;
    running.isRetried = true;
    if (this.#isClosed || this.#timer !== null) return;
    this.#timer = setTimeout(() => this.#retry(), retryMs).unref();
  }

  #retry(): void {
    this.#timer = null;
    if (this.#isClosed) return;
    for (const running of this.#running.values()) {
      if (running.failure === null) continue;
      running.tried = running.tried.then(() => this.#attempt(running));
    }
  }
}

/** Waits for what is done, a bounded time; rejects only as it does. */
async function bounded(done: Promise<void>, patienceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  try {
    await Promise.race([done, patience]);
  } finally {
    clearTimeout(timer);
  }
}
