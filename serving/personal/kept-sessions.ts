import { LRUCache } from 'lru-cache';
import type { EventRecord } from '../../indexer/events/event-record.ts';
import { KeptProfile, type KeptSurroundings } from './kept-profile.ts';

const MOST_SESSIONS = 20_000;

/** The profiles of sessions that name no user: in memory alone, those heard of last. */
export class KeptSessions {
  readonly #surroundings: KeptSurroundings;
  readonly #sessions = new LRUCache<string, KeptProfile>({ max: MOST_SESSIONS });

  /** @param log whose records are folded in */
  constructor(log: string) {
    this.#surroundings = { log, isBehind: false };
  }

  get size(): number {
    return this.#sessions.size;
  }

  find(session: string): KeptProfile | undefined {
    return this.#sessions.get(session);
  }

  /** Folds a record in, once. */
  add(session: string, record: EventRecord, offset: number): void {
    let kept = this.#sessions.get(session);
    if (kept === undefined) {
      kept = new KeptProfile(session, this.#surroundings);
      this.#sessions.set(session, kept);
    }
    kept.addForNow(record, offset);
  }

  /** Whether there was one. */
  forget(session: string): boolean {
    return this.#sessions.delete(session);
  }
}
