import type { AppendedRange, EventLog } from '../../../indexer/events/event-log.ts';
import type { EventLogError } from '../../../indexer/events/event-log-error.ts';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import { MemoryEventLog } from '../../../indexer/events/memory-event-log.ts';
import { UserHasher } from '../../../indexer/events/user-hasher.ts';
import { EventIntake, type EventIntakeOptions } from '../../../serving/events/event-intake.ts';
import type { EventListener } from '../../../serving/events/event-listener.ts';
import { SeenIds } from '../../../serving/events/seen-ids.ts';
import { readAll } from '../../contracts/event-log.ts';

export const NOW_MS = Date.UTC(2026, 5, 1);
export const hasher = new UserHasher([Buffer.alloc(32, 7)]);

/** A log whose appends wait until the test lets them go on or fail. */
export class HeldLog extends MemoryEventLog {
  readonly held: (() => void)[] = [];
  isHolding = true;
  failure: EventLogError | null = null;
  readonly #order: Promise<unknown>[] = [Promise.resolve()];

  override append(records: readonly EventRecord[]): Promise<AppendedRange> {
    const turn = this.#order.at(-1)!.then(async () => {
      if (this.isHolding) await new Promise<void>((release) => this.held.push(release));
      if (this.failure !== null) throw this.failure;
      return super.append(records);
    });
    this.#order.push(turn.catch(() => {}));
    return turn;
  }

  /** Lets the append that waits go on, once there is one. */
  async release(): Promise<void> {
    for (let turn = 0; turn < 100 && this.held.length === 0; turn++) await Promise.resolve();
    const release = this.held.shift();
    if (release === undefined) throw new Error('expected an append to wait');
    release();
  }
}

/** Keeps what it is told. */
export class Recorder implements EventListener {
  readonly name = 'recorder';
  readonly offsets: number[] = [];
  readonly records: EventRecord[] = [];
  readonly replayFrom?: () => number;

  constructor(from?: number) {
    if (from !== undefined) this.replayFrom = () => from;
  }

  apply(record: EventRecord, offset: number): void {
    this.offsets.push(offset);
    this.records.push(record);
  }
}

/** Ids that no disk holds. */
export function fakeSeen(ids = new SeenIds({ low: 1, high: 2 })): EventIntakeOptions['seen'] {
  return { ids, end: 0, close: async () => {} };
}

/** A started intake, and what it reported. */
export async function start(
  log: EventLog,
  options: Partial<EventIntakeOptions> = {},
  listeners: readonly EventListener[] = [],
) {
  const reports: string[] = [];
  const intake = new EventIntake({
    log,
    seen: fakeSeen(),
    hasher,
    now: () => NOW_MS,
    report: (line) => reports.push(line),
    ...options,
  });
  for (const listener of listeners) intake.register(listener);
  await intake.start();
  return { intake, reports };
}

export const search = (eventId: string, more: object = {}) => ({
  type: 'search',
  eventId,
  at: NOW_MS,
  query: `query of ${eventId}`,
  ...more,
});
/** Ids of the events of a log, in order. */
export const idsIn = async (log: EventLog) =>
  (await readAll(log)).map(({ record }) => record.event.eventId);
