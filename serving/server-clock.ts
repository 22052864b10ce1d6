import type { EventRecord } from '../indexer/events/event-record.ts';
import type { EventListener, ReplayedLog } from './events/event-listener.ts';
import { MOST_REPLAYED } from './events/replay-bound.ts';

/** What a server counts time from: the wall clock, or its events (`serve --clock`). */
export type ClockKind = 'wall' | 'events';

/**
 * The server's time in milliseconds since the epoch. By the events it begins at a snapshot's as-of, follows the latest accepted one and never goes back, so that an
 * old log can be replayed as if it were live.
 */
export class ServerClock implements EventListener {
  readonly name = 'clock';
  readonly #kind: ClockKind;
  readonly #wallMs: () => number;
  #latestMs: number | null = null;

  constructor(kind: ClockKind, wallMs: () => number = Date.now) {
    this.#kind = kind;
    this.#wallMs = wallMs;
  }

  nowMs(): number {
    return this.#kind === 'wall' ? this.#wallMs() : (this.#latestMs ?? this.#wallMs());
  }

  /** By the events, the latest ones: their times are near that of the latest. The wall needs none. */
  replayFrom({ end }: ReplayedLog): number {
    return this.#kind === 'wall' ? end : end - MOST_REPLAYED;
  }

  /** Moves it on to a time, if that is later. */
  follow(atMs: number): void {
    this.#latestMs = Math.max(this.#latestMs ?? atMs, atMs);
  }

  apply({ event }: EventRecord): void {
    this.follow(event.atMs);
  }
}
