/** What the HTTP server and the embedding entry need of retrieval; `serving/retrieval` has the implementation. */
export interface SuggestEngine {
  /**
   * The best completions for what was typed, best first, at most `limit` of them; empty when nothing is found. Touches
   * memory only. With `market` absent the engine's own default holds.
   */
  suggest(
    typed: string,
    options: { readonly limit: number; readonly market?: string },
  ): EngineAnswer;

  /** The market that is used for the one asked for (`null`: none was): itself, or what it falls back to, `und` at last. */
  resolveMarket(requested: string | null): string;
}

export interface EngineAnswer {
  /** The market that was used. */
  readonly market: string;
  /** The normalised form of what was typed. */
  readonly normalised: string;
  readonly suggestions: readonly Suggestion[];
  /** What this answer lacks: `corrections` when looking for them took more work than a request may. Absent when it lacks nothing. */
  readonly degraded?: readonly string[];
}

/** A completion in a slot of the answer, as `GET /v1/suggest` shows it. */
export interface Suggestion {
  /** Comes from the normalised form: the same in every market and after every rebuild. */
  readonly id: string;
  /** The text that is shown. */
  readonly text: string;
  /** A query that enough people searched, or an entity: a phrase of public text that leads to a search. */
  readonly kind: 'query' | 'entity';
  /**
   * How it was found: it starts with what was typed (`prefix`), holds the typed words in any order (`infix`), corrects an error
   * (`typo`), is written in another script or way (`script`), or by a synonym or without a stop word (`synonym`). Before anything is typed: from the user's own searches (`history`), searched more than usual now (`trending`), by the words of the
   * user's searches (`taste`), chosen by the operator or searched most (`editorial`). Known from live events alone, not from the snapshot: `fresh`, or
   * `trending` where it rises. After a search, by what leads on from it (`related`).
   */
  readonly source:
    | 'prefix'
    | 'infix'
    | 'typo'
    | 'script'
    | 'synonym'
    | 'history'
    | 'session'
    | 'trending'
    | 'taste'
    | 'editorial'
    | 'fresh'
    | 'video'
    | 'related';
  /** Above 0, at most 1, not rising down the list; comparable within one answer. */
  readonly score: number;
  /** Ascending, disjoint spans of `text` that the typed text accounts for. */
  readonly matches: readonly MatchSpan[];
  /** For explanations: the kind of evidence that says most for it, where there are several. */
  readonly evidence?: string;
}

/** A half-open span in UTF-16 code units. */
export interface MatchSpan {
  readonly start: number;
  readonly end: number;
}
