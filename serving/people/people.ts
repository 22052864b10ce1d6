import path from 'node:path';
import type { EventIntake } from '../events/event-intake.ts';
import type { PersonalStore } from '../events/personal-store.ts';
import type { ProfileKeeper } from '../personal/profile-keeper.ts';
import { createServedRecorder, type NoteServed } from '../served/served-recorder.ts';
import { openServedStore, type ServedStore } from '../served/served-store.ts';
import { ServedWindow } from '../served/served-window.ts';
import { Eraser } from './eraser.ts';
import { ErasureJournal } from './erasure-journal.ts';
import type { ErasureReceipt } from './erasure-receipt.ts';
import { DEFAULT_RETENTION, Retention, type RetentionDays } from './retention.ts';
import { exportUser } from './user-export.ts';

export interface PeopleOptions {
  /** Of a data folder, closed by the caller. */
  readonly intake: EventIntake;
  readonly dataDir: string;
  readonly profiles: ProfileKeeper;
  readonly features: { readonly name: string; readonly scrub?: () => Promise<void> };
  /** Where anything is held of people in memory; asked for when it is needed. */
  readonly stores: () => readonly PersonalStore[];
  readonly clearCaches: () => void;
  readonly retention?: Partial<RetentionDays> | undefined;
  /** A line for the operator. */
  readonly report: (line: string) => void;
  readonly now?: () => number;
}

/** What a server keeps of people beside their events and profiles, and how it is told, forgotten and dropped. */
export class People {
  readonly window: ServedWindow;
  readonly served: ServedStore;
  readonly noteServed: NoteServed;
  readonly #options: PeopleOptions;
  readonly #eraser: Eraser;
  readonly #retention: Retention;

  private constructor(options: PeopleOptions, journal: ErasureJournal, served: ServedStore) {
    const { intake, profiles, features, clearCaches, report, now = Date.now } = options;
    const { withheld, hasher } = intake;
    this.#options = options;
    this.served = served;
    this.window = new ServedWindow();
    this.noteServed = createServedRecorder({
      ...{ hasher, withheld, now, log: served, window: this.window },
    });
    this.#eraser = new Eraser({
      ...{ journal, intake, profiles, served, clearCaches, report, now },
      stores: () => this.#stores(),
      storeName: features.name,
      scrub: features.scrub,
    });
    this.#retention = new Retention({
      ...{ days: { ...DEFAULT_RETENTION, ...options.retention }, served, report, now },
      events: intake.log,
    });
  }

  /** Opens what a data folder keeps of people. A log of served lists that cannot be opened is told, and the server goes without (see `UnopenedServedLog`): it must not keep a server from starting. */
  static async open(options: PeopleOptions): Promise<People> {
    const { dataDir, report, now } = options;
    const journal = await ErasureJournal.open(path.join(dataDir, 'erasures'));
    const folder = path.join(dataDir, 'served');
    const served = await openServedStore({ folder, report, ...(now === undefined ? {} : { now }) });
    return new People(options, journal, served);
  }

  /** Goes on with erasures that were not done, and drops what is too old. To be called before anything reads the log. */
  async start(): Promise<void> {
    await this.#eraser.resume();
    await this.#retention.start();
  }

  /** Erasures that are not done. */
  get pendingErasures(): number {
    return this.#eraser.pending;
  }

  erase(user: string): Promise<ErasureReceipt> {
    return this.#eraser.erase(user);
  }

  /** See `exportUser`. */
  export(user: string, requestId: string): Promise<AsyncIterable<string>> {
    const { intake, profiles, now = Date.now } = this.#options;
    const options = { intake, profiles, now, served: this.served, stores: () => this.#stores() };
    return exportUser(options, user, requestId, this.#eraser.receiptOf(user));
  }

  /** Ends tries and writings under way. */
  async close(): Promise<void> {
    await this.#eraser.close();
    await this.#retention.close();
    await this.served.close();
  }

  #stores(): readonly PersonalStore[] {
    return [...this.#options.stores(), this.window];
  }
}
