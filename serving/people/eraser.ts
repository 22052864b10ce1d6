import { randomUUID } from 'node:crypto';
import type { UserHasher } from '../../indexer/events/user-hasher.ts';
import type { EventIntake } from '../events/event-intake.ts';
import type { PersonalStore } from '../events/personal-store.ts';
import type { ErasureJournal, JournalEntry } from './erasure-journal.ts';
import { type ErasedPlace, type ErasureReceipt, WHAT_STAYS } from './erasure-receipt.ts';
import {
  findSessions,
  findTraces,
  isOf,
  mentionsOf,
  type UserSubject,
  type Whose,
} from './user-trail.ts';

/** What could not be erased is tried again so often. */
const RETRY_MS = 2_000;
/** An answer waits so long at most; then it says what is pending. */
const PATIENCE_MS = 5_000;

/** A log of what was shown to whom. */
export interface ErasableLists {
  erase(subject: {
    readonly mentions: readonly string[];
    matches(list: Whose): boolean;
  }): Promise<number>;
}

export interface EraserOptions {
  readonly journal: ErasureJournal;
  readonly intake: Pick<EventIntake, 'log' | 'settled' | 'withheld'> & {
    readonly hasher: Pick<UserHasher, 'allHashesOfUser' | 'forget'>;
  };
  readonly profiles: { forgetUser(user: string): Promise<boolean> };
  /** Takes what was deleted out of the store's files; nothing when absent. */
  readonly scrub?: (() => Promise<void>) | undefined;
  /** Which store keeps profiles, for the receipt. */
  readonly storeName: string;
  /** Asked for once an erasure begins. */
  readonly stores: () => readonly PersonalStore[];
  readonly served: ErasableLists | null;
  /** Ends what is remembered of answers. */
  readonly clearCaches: () => void;
  /** A line for the operator. */
  readonly report: (line: string) => void;
  readonly now?: () => number;
  readonly patienceMs?: number;
  readonly retryMs?: number;
}

/** An erasure as it goes on. */
interface Running {
  entry: JournalEntry;
  /** Whether it was begun by an earlier try, or process, which may have deleted what is not found now. */
  isRetried: boolean;
  isDone: boolean;
  failure: string | null;
  /** The try under way, or the last one; never rejects. */
  tried: Promise<void>;
}

interface Step {
  readonly place: string;
  readonly detail: string;
  readonly erase: (subject: UserSubject, running: Running) => Promise<number>;
}

/**
 * Erases users from everywhere. An erasure is written down before it begins and after each step, and what is written down is gone once all is done: whatever moment the process
 * stops at, the next start goes on from there. Each step may be done twice. While an erasure goes on, its user is nobody (`Withheld`), so that nothing new comes to places that are
 * done; what they send meanwhile is stored without them.
 */
export class Eraser {
  readonly #options: EraserOptions;
  /** What others are made from again; so before them. */
  readonly #logs: readonly Step[];
  readonly #others: readonly Step[];
  /** By the user's hash in force. */
  readonly #running = new Map<string, Running>();
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(options: EraserOptions) {
    this.#options = options;
    this.#logs = [
      {
        place: 'events',
        detail: 'events in the log that named this user, or a session of theirs alone',
        erase: (subject) => this.#eraseEvents(subject),
      },
    ];
    this.#others = [
      {
        place: 'served lists',
        detail: 'logged lists of suggestions, with the features that ranked them',
        erase: (subject) => this.#eraseServed(subject),
      },
      {
        place: 'caches',
        detail: "remembered answers, which are nobody's own, and the hash of the id",
        erase: async () => {
          options.clearCaches();
          return 0;
        },
      },
      {
        place: 'profiles',
        detail: `profiles in the feature store (${options.storeName}) and in memory`,
        erase: (subject, running) => this.#eraseProfiles(subject, running),
      },
    ];
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
    const { journal, intake, now = Date.now, patienceMs = PATIENCE_MS } = this.#options;
    const users = intake.hasher.allHashesOfUser(user);
    const known = this.#running.get(keyOf(users));
    let running = known;
    if (running === undefined) {
      const entry = { erasure: randomUUID(), begunMs: now(), users, sessions: null, places: [] };
      running = this.#begin(entry, false);
      running.tried = journal.note(entry).then(
        () => this.#attempt(running as Running),
        // Nothing was erased, and nothing says that it is to be.
        (error: unknown) => {
          this.#end(running as Running);
          throw error;
        },
      );
    }
    intake.hasher.forget(user);
    await bounded(running.tried, patienceMs);
    return receiptOf(running, this.#steps(), this.#options.stores());
  }

  /** The erasure of a user that is not done; null when there is none. */
  receiptOf(user: string): ErasureReceipt | null {
    const running = this.#running.get(keyOf(this.#options.intake.hasher.allHashesOfUser(user)));
    return running === undefined ? null : receiptOf(running, this.#steps(), this.#options.stores());
  }

  /** Stops trying, once the tries under way have ended; what is not done is left to the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await Promise.allSettled([...this.#running.values()].map(({ tried }) => tried));
  }

  #begin(entry: JournalEntry, isRetried: boolean): Running {
    const tried = Promise.resolve();
    const running: Running = { entry, isRetried, isDone: false, failure: null, tried };
    this.#running.set(keyOf(entry.users), running);
    this.#options.intake.withheld.add([...entry.users, ...(entry.sessions ?? [])]);
    return running;
  }

  #end(running: Running): void {
    const { users, sessions } = running.entry;
    this.#running.delete(keyOf(users));
    this.#options.intake.withheld.delete([...users, ...(sessions ?? [])]);
  }

  #steps(): readonly Step[] {
    return [...this.#logs, ...this.#others];
  }

  /** Does what is not done yet; never rejects. */
  async #attempt(running: Running): Promise<void> {
    try {
      await this.#eraseLogs(running);
      this.#forgetLive(running);
      await this.#doOthers(running);
      await this.#options.journal.end(running.entry);
      running.isDone = true;
      running.failure = null;
      this.#end(running);
    } catch (error) {
      this.#onFailure(running, error);
    }
  }

  async #eraseLogs(running: Running): Promise<void> {
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
  async #doOthers(running: Running): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#others) {
      await this.#do(running, step).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  async #do(running: Running, { place, detail, erase }: Step): Promise<void> {
    if (running.entry.places.some((done) => done.place === place)) return;
    const removed = await erase(subjectOf(running), running);
    const done: ErasedPlace = { place, status: 'erased', removed, detail };
    running.entry = { ...running.entry, places: [...running.entry.places, done] };
    await this.#options.journal.note(running.entry);
  }

  async #eraseEvents(subject: UserSubject): Promise<number> {
    const { intake, stores } = this.#options;
    const traces = await findTraces(intake.log, subject);
    for (const store of stores()) store.forgetTraces?.(traces);
    return intake.log.erase({
      mentions: mentionsOf(subject),
      matches: (record) => isOf(subject, record),
    });
  }

  async #eraseServed(subject: UserSubject): Promise<number> {
    const { served } = this.#options;
    if (served === null) return 0;
    return served.erase({ mentions: mentionsOf(subject), matches: (list) => isOf(subject, list) });
  }

  async #eraseProfiles(subject: UserSubject, { isRetried }: Running): Promise<number> {
    const { profiles, scrub } = this.#options;
    let removed = 0;
    for (const hash of mentionsOf(subject)) if (await profiles.forgetUser(hash)) removed++;
    if (removed > 0 || isRetried) await scrub?.();
    return removed;
  }

  /** In memory alone, and so again with every try. */
  #forgetLive(running: Running): void {
    const subject = subjectOf(running);
    const places: ErasedPlace[] = this.#options.stores().map((store) => {
      const before = running.entry.places.find(({ place }) => place === store.name)?.removed ?? 0;
      const removed = mentionsOf(subject).reduce(
        (sum, hash) => sum + store.forgetUser(hash),
        before,
      );
      return { place: store.name, status: 'erased', removed, detail: 'entries in memory' };
    });
    const names = new Set(places.map(({ place }) => place));
    const others = running.entry.places.filter(({ place }) => !names.has(place));
    running.entry = { ...running.entry, places: [...others, ...places] };
  }

  #onFailure(running: Running, error: unknown): void {
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

function keyOf(users: readonly string[]): string {
  return users[0] ?? '';
}

function subjectOf({ entry }: Running): UserSubject {
  return { users: entry.users, sessions: entry.sessions ?? [] };
}

function receiptOf(
  { entry, isDone, failure }: Running,
  steps: readonly Step[],
  stores: readonly PersonalStore[],
): ErasureReceipt {
  const detail = failure ?? 'it takes longer than an answer waits, and goes on';
  const done = new Set(entry.places.map(({ place }) => place));
  const all = [...steps.map(({ place }) => place), ...stores.map(({ name }) => name)];
  const waiting = all
    .filter((place) => !done.has(place))
    .map((place): ErasedPlace => ({ place, status: 'pending', removed: 0, detail }));
  return {
    erasure: entry.erasure,
    status: isDone ? 'erased' : 'pending',
    begun: new Date(entry.begunMs).toISOString(),
    places: [...entry.places, ...(isDone ? [] : waiting)],
    stays: WHAT_STAYS,
  };
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
