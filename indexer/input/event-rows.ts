import type { CommentEvent, SearchEvent, VideoEvent } from '../events/event.ts';
import type { LoggedRecord } from '../events/event-log.ts';
import type { EventRecord } from '../events/event-record.ts';
import { LastWatched } from '../events/last-watched.ts';
import { EventRemovals } from './event-removals.ts';

/** People whose last video is remembered while a log is read: 200 bytes each. */
const REMEMBERED = 1_000_000;

/** A row of one of the lists that an index is made of, by canonical columns; `unnamed` are queries whose searcher is not known. */
export type EventRow =
  | {
      readonly list: 'queries' | 'unnamed' | 'videos' | 'comments';
      readonly cells: RowCellsByColumn;
    }
  /** A search that its user removed, or a video whose texts were replaced: it counts for nothing. */
  | { readonly list: 'removed' | 'replaced' }
  /** An event that no list takes. */
  | { readonly list: 'none' };

type RowCellsByColumn = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/**
 * Turns the events of a log into the rows of query logs, lists of videos and lists of comments. What later events undo must be known before: all records
 * are shown to `foresee` first, then each is asked for with `rowOf`, in the order of the log.
 *
 * Searches that name no user count, but all together as one user of a query: one person can send any number of them, in any number of sessions.
 */
export class EventRows {
  readonly #removals = new EventRemovals();
  /** By video, the offset of the event that tells its texts: the last. */
  readonly #videos = new Map<string, number>();
  readonly #watched = new LastWatched(REMEMBERED);

  foresee({ offset, record }: LoggedRecord): void {
    const { event } = record;
    const owner = ownerOf(record);
    if (event.type === 'video') this.#videos.set(event.video, offset);
    if (event.type === 'remove' && owner !== null) this.#removals.add(owner, event, offset);
  }

  rowOf({ offset, record }: LoggedRecord): EventRow {
    const { event } = record;
    const owner = ownerOf(record);
    switch (event.type) {
      case 'search':
        if (owner !== null && this.#removals.covers(owner, event, offset)) {
          return { list: 'removed' };
        }
        return {
          list: record.user === null ? 'unnamed' : 'queries',
          cells: this.#searchCells(event, owner, record),
        };
      case 'video':
        if (this.#videos.get(event.video) !== offset) return { list: 'replaced' };
        return { list: 'videos', cells: videoCells(event, record) };
      case 'comment':
        return { list: 'comments', cells: commentCells(event, record) };
      case 'watch':
        if (owner !== null) this.#watched.note(owner, event.video, event.atMs);
        return { list: 'none' };
      // They name suggestions by id alone; the search that a click leads to is an event of its own.
      case 'click':
      case 'impression':
      case 'remove':
        return { list: 'none' };
    }
  }

  #searchCells(event: SearchEvent, owner: string | null, record: EventRecord): RowCellsByColumn {
    const { query, atMs } = event;
    const watched = owner === null ? null : this.#watched.before(owner, atMs);
    const video = event.video ?? watched ?? undefined;
    const search = { query, at: atMs, market: marketOf(record), video };
    if (record.user === null) return { ...search, count: 1, users: 1 };
    const session = record.session ?? undefined;
    return { ...search, user: record.user, session, clicked: event.clicked };
  }
}

function videoCells(event: VideoEvent, record: EventRecord): RowCellsByColumn {
  const { video, title, description, tags, transcript, creator, atMs } = event;
  const texts = { title, description, tags, transcript };
  return { video, creator, ...texts, at: atMs, market: marketOf(record) };
}

function commentCells(event: CommentEvent, { user }: EventRecord): RowCellsByColumn {
  const { comment, video, text, atMs } = event;
  return { comment, video, user: user ?? undefined, text, at: atMs };
}

/** Whose history it is: the user's, or that of a session without one. */
function ownerOf({ user, session }: EventRecord): string | null {
  return user ?? session;
}

function marketOf({ market }: EventRecord): string | undefined {
  return market === 'und' ? undefined : market;
}
