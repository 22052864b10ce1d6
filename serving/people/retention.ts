/** For how many days what is kept of people is kept, counted from its arrival. */
export interface RetentionDays {
  readonly events: number;
  readonly served: number;
}

/** A year, and what comes before it for comparison. */
export const DEFAULT_RETENTION: RetentionDays = { events: 400, served: 90 };

const DAY_MS = 86_400_000;

interface DroppableLog {
  dropArrivedBefore(sinceMs: number): Promise<number>;
}

export interface RetentionOptions {
  readonly days: RetentionDays;
  readonly events: DroppableLog;
  readonly served: DroppableLog | null;
  /** A line for the operator. */
  readonly report: (line: string) => void;
  /** The wall clock: retention goes by arrival. */
  readonly now?: () => number;
  /** Calls back again and again until the function that it gives is called. */
  readonly startTimer?: (callback: () => void, everyMs: number) => () => void;
}

/** Drops what was kept long enough: when a server starts, and every day. */
export class Retention {
  readonly #options: RetentionOptions;
  #stopTimer: (() => void) | null = null;
  #applying: Promise<void> = Promise.resolve();

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** Drops what is too old, and will every day; resolves when it has. */
  start(): Promise<void> {
    const startTimer = this.#options.startTimer ?? startInterval;
    this.#stopTimer = startTimer(() => void this.apply(), DAY_MS);
    return this.apply();
  }

  /** Drops what is too old now. Never rejects: what could not be dropped is told, and tried again the next day. */
  apply(): Promise<void> {
    const { days, events, served } = this.#options;
    this.#applying = this.#applying.then(async () => {
      await this.#drop('events', events, days.events);
      if (served !== null) await this.#drop('served lists', served, days.served);
    });
    return this.#applying;
  }

  async close(): Promise<void> {
    this.#stopTimer?.();
    await this.#applying;
  }

  async #drop(what: string, log: DroppableLog, days: number): Promise<void> {
    const { now = Date.now, report } = this.#options;
    try {
      const dropped = await log.dropArrivedBefore(now() - days * DAY_MS);
      if (dropped > 0) {
        report(`dropped ${dropped.toLocaleString('en')} ${what} that were kept for ${days} days`);
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      report(`${what} older than ${days} days could not be dropped: ${why}`);
    }
  }
}

function startInterval(callback: () => void, everyMs: number): () => void {
  const timer = setInterval(callback, everyMs).unref();
  return () => clearInterval(timer);
}
