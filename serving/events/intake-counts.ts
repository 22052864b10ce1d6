import type { RejectionCode } from '../../indexer/events/event-rejection.ts';

/** What an intake did since the start; plain numbers, read when somebody scrapes. */
export class IntakeCounts {
  accepted = 0;
  duplicates = 0;
  /** Batches refused because too much waited. */
  refused = 0;
  /** Batches that could not be made durable. */
  failed = 0;
  replayed = 0;
  /** Events and bytes of requests that wait to be durable. */
  waitingEvents = 0;
  waitingBytes = 0;
  readonly rejected = new Map<RejectionCode, number>();
  /** By listener: records that it threw over. */
  readonly listenerFailures = new Map<string, number>();
  /** Told how long each fsync of the log took; whoever shows metrics sets it. */
  onSync: (tookMs: number) => void = () => {};

  countRejected(code: RejectionCode): void {
    this.rejected.set(code, (this.rejected.get(code) ?? 0) + 1);
  }

  /** Counts a failure and tells how many there were. */
  countListenerFailure(listener: string): number {
    const count = (this.listenerFailures.get(listener) ?? 0) + 1;
    this.listenerFailures.set(listener, count);
    return count;
  }
}
