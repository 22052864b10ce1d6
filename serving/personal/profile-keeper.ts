import type { EventLog } from '../../indexer/events/event-log.ts';
import type { EventRecord } from '../../indexer/events/event-record.ts';
import type { FeatureStore } from '../../ranking/feature-store/feature-store.ts';
import { isTelling } from '../../ranking/profiles/update-profile.ts';
import type { EventListener } from '../events/event-listener.ts';
import { FaultReport } from './fault-report.ts';
import type { KeeperCounts } from './keeper-counts.ts';
import type { KeptSurroundings } from './kept-profile.ts';
import { KeptProfiles } from './kept-profiles.ts';
import { KeptSessions } from './kept-sessions.ts';
import { ProfileFlush } from './profile-flush.ts';
import { ProfileLoading } from './profile-loading.ts';
import type { ProfileOwner, ProfileReading, ProfileSource } from './profile-source.ts';
import { ProfileWriteBack } from './profile-write-back.ts';
import { PROFILES } from './stored-profile.ts';
import { Turns } from './turns.ts';

/** How long a changed profile waits before it is written, to be written once for several events: users come in sessions. What waits is in the log, and folded again by the start after a crash. */
const FLUSH_MS = 2_000;
/** A start waits so long at most for the profiles to catch up with the log; they go on behind it. */
const START_MS = 5_000;
/** Sessions are told apart for so many of the latest records after a start. */
const SESSION_RECORDS = 20_000;
/** Records that wait for a store that does not answer; beyond that they are forgotten here, and read from the log again when it is back. */
const MOST_PENDING = 100_000;
/** Of a store that others write to as well, what was read is read again after so long. */
const SHARED_REFRESH_MS = 30_000;

export interface ProfileKeeperOptions {
  /** Closed by its owner, after the keeper. */
  readonly store: FeatureStore;
  /** Which log the records come from: 16 characters (`readLogId`). */
  readonly logId: string;
  readonly log: Pick<EventLog, 'first' | 'end' | 'read'>;
  /** A line for the operator. */
  readonly report: (line: string) => void;
  /** Bytes of decoded profiles, about; 256 MiB when absent. */
  readonly cachedBytes?: number;
  readonly mostPending?: number;
  /** Who is being erased, by hash: nothing is known of them, and nothing is folded in. Nobody when absent. */
  readonly withheld?: { has(hash: string): boolean };
}

const NOBODY: ProfileReading = { profile: null, revision: 0, isDegraded: false };

/**
 * Keeps the profiles of users as their events make them: in memory those heard of lately, in a feature store all. An event counts at once where the profile is in memory or the
 * store is embedded, else when it was read, which `settle` waits for. What changed is written a moment later, beside the offset of the last record in it, so that reading the log
 * again after a crash, from the watermark on, folds nothing twice; all that is in memory alone is in the log. FORMAT.md has what is stored.
 *
 * When the store has lost what it had, or did not answer for too long, the keeper is *behind*: it forgets what is in memory, says `isDegraded`, and folds the log
 * from the stored watermark on until it has caught up with the events that are accepted meanwhile.
 */
export class ProfileKeeper implements EventListener, ProfileSource {
  readonly name = 'profiles';
  readonly counts: KeeperCounts = { replayed: 0, conflicts: 0, damaged: 0, fellBehind: 0 };
  readonly #options: ProfileKeeperOptions;
  readonly #users: KeptProfiles;
  readonly #sessions: KeptSessions;
  readonly #surroundings: KeptSurroundings & { isBehind: boolean };
  readonly #loading: ProfileLoading;
  readonly #flush: ProfileFlush;
  readonly #writeBack: ProfileWriteBack;
  /** One beyond the last record that users' profiles were told of. */
  #reached = 0;
  /** One beyond the last record that was accepted. */
  #heard: number;
  #timer: NodeJS.Timeout | null = null;
  readonly #turns = new Turns();
  readonly #faults: FaultReport;
  #isClosing = false;

  constructor(options: ProfileKeeperOptions) {
    this.#options = options;
    const { store, logId } = options;
    this.#surroundings = { log: logId, isBehind: true };
    this.#sessions = new KeptSessions(logId);
    this.#heard = options.log.end;
    this.#users = new KeptProfiles({
      surroundings: this.#surroundings,
      cachedBytes: options.cachedBytes,
      refreshMs: store.getNow === undefined ? SHARED_REFRESH_MS : undefined,
    });
    this.#faults = new FaultReport(options.report, [
      'profiles wait to be read or written, and are in the log',
      'profiles are written again',
    ]);
    this.#loading = new ProfileLoading({
      store,
      users: this.#users,
      onDamaged: (why) => {
        this.counts.damaged++;
        options.report(`a profile cannot be read and begins anew: ${why}`);
      },
      onFailure: (error) => this.#faults.fail(error),
    });
    this.#flush = new ProfileFlush({ store, logId });
    this.#writeBack = new ProfileWriteBack({
      ...{ users: this.#users, loading: this.#loading, flush: this.#flush },
      generation: () => this.counts.fellBehind,
      onConflict: () => this.counts.conflicts++,
    });
  }

  /** Profiles in memory. */
  get cached(): number {
    return this.#users.cached + this.#sessions.size;
  }

  /** Those that the store lacks something of. */
  get changed(): number {
    return this.#users.changed.size;
  }

  /** Whether accepted events are missing in the profiles. */
  get isBehind(): boolean {
    return this.#surroundings.isBehind;
  }

  /**
   * Folds in what the log has beyond the stored watermark, and writes changes from then on. Resolves when it has caught up; where that takes long, or the store does not answer,
   * sooner, and goes on behind. To be called before events come.
   */
  async start(): Promise<void> {
    let bound: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      bound = setTimeout(resolve, START_MS);
    });
    await Promise.race([this.#work(), patience]);
    clearTimeout(bound);
    this.#timer = setInterval(() => void this.#work(), FLUSH_MS).unref();
  }

  /** For sessions, which are in memory alone: the latest records. Users' come from the store, and from `start`. */
  replayFrom(): number {
    const { first, end } = this.#options.log;
    return Math.max(first, end - SESSION_RECORDS);
  }

  apply(record: EventRecord, offset: number): void {
    this.#heard = Math.max(this.#heard, offset + 1);
    const { user, session } = record;
    if (user === null && session !== null && isTelling(record)) {
      this.#sessions.add(session, record, offset);
    }
    // What `start` folded in, or what catching up will come to.
    if (offset < this.#reached || this.isBehind) return;
    if (user !== null && !this.#isWithheld(user) && isTelling(record))
      this.#fold(user, record, offset);
    this.#reached = offset + 1;
    if (this.#users.pending > (this.#options.mostPending ?? MOST_PENDING)) {
      this.#fallBehind('too many events wait for the store');
    }
  }

  /** What accepted events still wait for before they count: reads of a store behind a network. Never rejects. */
  settle(): Promise<void> | null {
    return this.#loading.settle();
  }

  profileOf(owner: ProfileOwner): ProfileReading | Promise<ProfileReading> {
    if (this.#isWithheld(owner.hash)) return NOBODY;
    if (owner.kind === 'session') return this.#sessions.find(owner.hash) ?? NOBODY;
    const kept = this.#users.of(owner.hash);
    if (kept.isLoaded) return kept;
    const loading = this.#loading.load(kept);
    return loading === null ? kept : loading.then(() => kept);
  }

  /** The reading of a user or session that is in memory, by hash; null for others. Reads no store. */
  inMemory(hash: string): ProfileReading | null {
    if (this.#isWithheld(hash)) return null;
    const kept = this.#users.find(hash) ?? this.#sessions.find(hash);
    return kept?.isLoaded ? kept : null;
  }

  /**
   * Forgets a user's profile, in memory and in the store; resolves to whether there was one. Records of theirs that are still in the log beyond the watermark come back
   * with the next start: they are to be erased first. Rejects when the store fails.
   */
  forgetUser(user: string): Promise<boolean> {
    return this.#turns.run(async () => {
      const wasKnown = this.#forget(user);
      const removed = await this.#options.store.delete(PROFILES, [user]);
      this.#forget(user);
      return removed > 0 || wasKnown;
    });
  }

  /** Writes what changed, now, as far as the store takes it. Never rejects. */
  flush(): Promise<void> {
    return this.#turns.run(() => this.#workOnce());
  }

  /** Writes what changed, as far as the store takes it, and stops; the store stays open. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.flush();
  }

  #isWithheld(hash: string): boolean {
    return this.#options.withheld?.has(hash) ?? false;
  }

  #fold(user: string, record: EventRecord, offset: number): void {
    const kept = this.#users.of(user);
    if (!kept.isLoaded) this.#loading.loadForEvent(kept);
    this.#users.add(kept, record, offset);
  }

  #forget(user: string): boolean {
    const wasSession = this.#sessions.forget(user);
    return this.#users.forget(user) || wasSession;
  }

  /** Once at a time; what is asked meanwhile is done by the next turn of the timer. */
  async #work(): Promise<void> {
    if (this.#turns.isBusy || this.#isClosing) return;
    await this.#turns.run(() => this.#workOnce());
  }

  async #workOnce(): Promise<void> {
    try {
      if (this.isBehind) await this.#catchUp();
      else await this.#write();
      this.#faults.succeed();
    } catch (error) {
      this.#faults.fail(error);
    }
  }

  /** Writes what changed and how far that goes; finds out whether the store still has what it had. */
  async #write(): Promise<void> {
    if (this.changed === 0 && this.#reached === this.#flush.markedEnd) return;
    if ((await this.#flush.checkMark()) === 'lost') {
      this.#fallBehind('the store has lost profiles');
      return;
    }
    await this.#writeBack.writeChanged();
    if (this.isBehind) return;
    if ((await this.#writeBack.writeMark(this.#reached)) === 'lost') {
      this.#fallBehind('the store has lost profiles');
    }
  }

  #fallBehind(why: string): void {
    this.#options.report(
      `${why}: profiles are folded from the log again from where it stands there; answers that need them say so`,
    );
    this.counts.fellBehind++;
    this.#surroundings.isBehind = true;
    this.#users.clear();
  }

  /** Folds the log in from the stored watermark on, up to what was accepted last. */
  async #catchUp(): Promise<void> {
    const { log, report } = this.#options;
    let cursor = await this.#flush.readMark();
    // What an earlier try left half-way.
    this.#users.clear();
    if (cursor > this.#heard) {
      report(
        `the store has ${cursor} events of this log, which has ${this.#heard}: it was put back to an earlier state; foretype profiles rebuild mends the profiles`,
      );
    }
    do {
      const end = log.end;
      for await (const { offset, record } of log.read(cursor)) {
        if (this.#isClosing) return;
        await this.#foldAgain(record, offset);
        this.#reached = cursor = offset + 1;
      }
      this.#reached = cursor = Math.max(cursor, end);
      await this.#writeBack.writeChanged();
      await this.#writeBack.writeMark(this.#reached);
    } while (cursor < this.#heard);
    // No turn of the event loop since the look at what was heard: nothing is between.
    this.#surroundings.isBehind = false;
  }

  async #foldAgain(record: EventRecord, offset: number): Promise<void> {
    this.counts.replayed++;
    const { user } = record;
    if (user === null || this.#isWithheld(user) || !isTelling(record)) return;
    const kept = this.#users.of(user);
    if (!kept.isLoaded) await this.#loading.load(kept);
    if (!kept.isLoaded) throw new Error('the store does not answer');
    this.#fold(user, record, offset);
    if (this.#users.pending < ProfileFlush.batch) return;
    await this.#writeBack.writeChanged();
    if (this.#users.pending >= 2 * ProfileFlush.batch)
      throw new Error('the store does not take profiles');
  }
}
