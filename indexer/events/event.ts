/** What every event says, whatever its type. */
interface EventBase {
  /** Opaque, 1 to 128 bytes; the same id twice is the same event. */
  readonly eventId: string;
  /** When it happened, in milliseconds since the epoch; whole. */
  readonly atMs: number;
  /** What held when it happened, such as `device: tv`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** What led to a search. */
export const SEARCH_ORIGINS = ['typed', 'suggestion', 'related', 'video', 'entity'] as const;
export type SearchOrigin = (typeof SEARCH_ORIGINS)[number];

/** Where suggestions are shown. */
export const EVENT_SURFACES = ['suggest', 'related', 'video', 'entities'] as const;
export type EventSurface = (typeof EVENT_SURFACES)[number];

/** Somebody searched. */
export interface SearchEvent extends EventBase {
  readonly type: 'search';
  /** As written, not blank; above 128 code points it never becomes a completion. */
  readonly query: string;
  readonly origin?: SearchOrigin;
  readonly requestId?: string;
  /** The video on screen. */
  readonly video?: string;
  /** What was opened from the results: an id or a URL. */
  readonly clicked?: string;
  /** How many results there were, or which. */
  readonly results?: number | readonly string[];
}

export interface ImpressionItem {
  readonly id: string;
  /** From 1. */
  readonly position: number;
}

/** Suggestions were shown. */
export interface ImpressionEvent extends EventBase {
  readonly type: 'impression';
  readonly requestId: string;
  readonly surface: EventSurface;
  readonly items: readonly ImpressionItem[];
}

/** A suggestion was taken. */
export interface ClickEvent extends EventBase, ImpressionItem {
  readonly type: 'click';
  readonly requestId: string;
  readonly surface: EventSurface;
}

/** A video was published, or its texts changed. */
export interface VideoEvent extends EventBase {
  readonly type: 'video';
  readonly video: string;
  readonly title: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly transcript?: string;
  /** Absent: the video is its own creator. */
  readonly creator?: string;
}

/** Somebody wrote a comment under a video. */
export interface CommentEvent extends EventBase {
  readonly type: 'comment';
  readonly comment: string;
  readonly video: string;
  readonly text: string;
}

/** Somebody watched a video. */
export interface WatchEvent extends EventBase {
  readonly type: 'watch';
  readonly video: string;
  readonly seconds: number;
}

/** A user removes an entry, named by its id or by its query, from their own history. */
export type RemoveEvent = EventBase & { readonly type: 'remove' } & (
    | { readonly id: string }
    | { readonly query: string }
  );

/** What happened, without who did it: what of an event may be stored as it came. */
export type Event =
  | SearchEvent
  | ImpressionEvent
  | ClickEvent
  | VideoEvent
  | CommentEvent
  | WatchEvent
  | RemoveEvent;

export type EventType = Event['type'];

/** An event as a client sent it. Whom it names is kept apart, so that no plain id is stored by accident. */
export interface ReceivedEvent {
  readonly event: Event;
  /** Plain ids; must be hashed before they are stored or logged. */
  readonly user: string | null;
  readonly session: string | null;
  /** Canonical BCP 47 tag; `und` for an event that names none. */
  readonly market: string;
}

/** Who a video is from: one without a creator is its own. */
export function creatorOf({ creator, video }: VideoEvent): string {
  return creator ?? video;
}

/** The request whose answer the event reacts to; `null` when it names none. */
export function requestIdOf(event: Event): string | null {
  return 'requestId' in event ? (event.requestId ?? null) : null;
}
