import { normalise } from '../../../dictionaries/normalise.ts';
import { readSearchedText, type SearchedText } from '../../../dictionaries/searched-text.ts';
import { isContinued } from '../../../dictionaries/unfinished-search.ts';
import type { RemoveEvent } from '../../../indexer/events/event.ts';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import { historyId, suggestionId } from '../../../indexer/events/suggestion-id.ts';
import type { EventListener } from '../../events/event-listener.ts';
import type { PersonalStore } from '../../events/personal-store.ts';
import type { HistoryEntry, UserHistory } from './user-history.ts';

interface KeptEntry extends HistoryEntry {
  surface: string;
  lastMs: number;
  count: number;
  /** When the user removed it; null where they did not since. */
  removedMs: number | null;
}

export interface MemoryUserHistoryOptions {
  /** Entries a user; the oldest go first. */
  readonly perUser?: number;
  /** Entries in all, about 300 bytes each; those who were heard of longest ago are forgotten whole. */
  readonly entries?: number;
}

/**
 * The searches of the users heard of last, in memory, from the events. Unfinished searches, which the next one continues, are left out; texts with personal data are
 * never kept. What a user removed is remembered as removed until it is searched anew, and an older search that comes late does not bring it back.
 */
export class MemoryUserHistory implements UserHistory, EventListener, PersonalStore {
  readonly name = 'history';
  readonly #perUser: number;
  readonly #most: number;
  /** Users by when they were heard of, entries of a user by when they were searched; the latest last. */
  readonly #users = new Map<string, Map<string, KeptEntry>>();
  #size = 0;

  constructor({ perUser = 32, entries = 400_000 }: MemoryUserHistoryOptions = {}) {
    this.#perUser = perUser;
    this.#most = entries;
  }

  /** Entries that are kept, removed ones among them. */
  get size(): number {
    return this.#size;
  }

  /** Everything that is kept: nothing of it outlives the process. */
  replayFrom(): number {
    return 0;
  }

  apply({ event, user, session }: EventRecord): void {
    const owner = user ?? session;
    if (owner === null) return;
    if (event.type === 'remove') this.#remove(owner, event);
    if (event.type !== 'search') return;
    const text = readSearchedText(event.query);
    if (text !== null) this.#addSearch(owner, text, event.atMs);
  }

  recent(user: string): readonly HistoryEntry[] {
    const entries = this.#users.get(user);
    if (entries === undefined) return [];
    return [...entries.values()]
      .filter(({ removedMs }) => removedMs === null)
      .sort((a, b) => b.lastMs - a.lastMs || (a.normalised < b.normalised ? -1 : 1));
  }

  isRemoved(user: string, normalised: string): boolean {
    return (this.#users.get(user)?.get(normalised)?.removedMs ?? null) !== null;
  }

  forgetUser(user: string): number {
    const entries = this.#users.get(user);
    if (entries === undefined) return 0;
    this.#users.delete(user);
    this.#size -= entries.size;
    return entries.size;
  }

  #addSearch(user: string, text: SearchedText, atMs: number): void {
    const entries = this.#entriesOf(user);
    this.#dropUnfinished(entries, text.normalised, atMs);
    const known = entries.get(text.normalised);
    if (known?.removedMs != null && atMs <= known.removedMs) return;
    const entry: KeptEntry = known ?? {
      ...text,
      id: historyId(user, text.normalised),
      lastMs: atMs,
      count: 0,
      removedMs: null,
    };
    entry.count = entry.removedMs === null ? entry.count + 1 : 1;
    entry.removedMs = null;
    if (atMs >= entry.lastMs) {
      entry.surface = text.surface;
      entry.lastMs = atMs;
    }
    this.#put(entries, entry);
  }

  /** Leaves out the search that this one continues, unless it was searched before as well. */
  #dropUnfinished(entries: Map<string, KeptEntry>, normalised: string, atMs: number): void {
    const last = [...entries.values()].at(-1);
    if (last === undefined || last.count !== 1 || last.removedMs !== null) return;
    const before = { normalised: last.normalised, atMs: last.lastMs };
    if (!isContinued(before, { normalised, atMs })) return;
    entries.delete(last.normalised);
    this.#size--;
  }

  #remove(user: string, event: RemoveEvent): void {
    const entries = this.#entriesOf(user);
    const form = 'query' in event ? normalise(event.query) : null;
    for (const entry of [...entries.values()]) {
      const { normalised } = entry;
      const isMeant =
        'query' in event
          ? normalised === form
          : entry.id === event.id || suggestionId(normalised) === event.id;
      if (!isMeant) continue;
      // Searched after it was removed: the two events changed places on their way.
      if (entry.lastMs > event.atMs) return;
      entry.removedMs = Math.max(event.atMs, entry.removedMs ?? event.atMs);
      return;
    }
  }

  #entriesOf(user: string): Map<string, KeptEntry> {
    const entries = this.#users.get(user) ?? new Map<string, KeptEntry>();
    this.#users.delete(user);
    this.#users.set(user, entries);
    return entries;
  }

  #put(entries: Map<string, KeptEntry>, entry: KeptEntry): void {
    if (!entries.delete(entry.normalised)) this.#size++;
    entries.set(entry.normalised, entry);
    if (entries.size > this.#perUser) {
      const [oldest] = entries.keys();
      if (oldest !== undefined && entries.delete(oldest)) this.#size--;
    }
    if (this.#size <= this.#most) return;
    for (const user of this.#users.keys()) {
      if (this.#size <= this.#most || this.#users.size === 1) break;
      this.forgetUser(user);
    }
  }
}
