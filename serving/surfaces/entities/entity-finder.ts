/** What the HTTP server and the embedding entry need of the linking of comments; `entity-linker.ts` has the implementation. */
export interface EntityFinder {
  /** The links of each text, in the order of the texts. Touches memory only. */
  link(texts: readonly CommentText[], options: LinkOptions): readonly LinkedText[];
}

export interface CommentText {
  readonly id: string;
  readonly text: string;
}

export interface LinkOptions {
  /** Most links a text; from 1 to 20. */
  readonly limitPerText: number;
  /** Canonical tag of the market, one that the snapshot resolved; the index's own choice when absent. */
  readonly market?: string;
  /** The video that the texts belong to. */
  readonly video?: string;
  /** Normalised words of that video's title, where they are known better than by the snapshot. */
  readonly videoWords?: readonly string[];
}

export interface LinkedText {
  readonly id: string;
  /** By place; spans neither overlap nor split a grapheme. */
  readonly entities: readonly EntityLink[];
}

/** A span of a text that leads to a search, as `POST /v1/entities` shows it. */
export interface EntityLink {
  /** Half-open, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** The text between them. */
  readonly surface: string;
  /** What to search for. */
  readonly query: string;
  /** Stable id of the query, the same as that of its suggestion. */
  readonly entity: string;
  /** place, person, group, product or work where a gazetteer knows it; else topic, or name for what the index does not know. */
  readonly type: string;
  /** From 0 to 1. */
  readonly score: number;
}

/** Links that one text may have. */
export const LARGEST_LIMIT_PER_TEXT = 20;
export const DEFAULT_LIMIT_PER_TEXT = 3;
