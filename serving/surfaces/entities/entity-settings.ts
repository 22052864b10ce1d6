/** What a link must be worth. */
export interface EntitySettings {
  /** Least score, from 0 to 1, of a link on what the index knows. */
  readonly leastScore: number;
  /** Least score of a link on a span that the index does not know and that shows itself a name; 1 for none, as no score reaches it. */
  readonly leastUnknownScore: number;
}

export const DEFAULT_ENTITY_SETTINGS: EntitySettings = { leastScore: 0.5, leastUnknownScore: 0.5 };
