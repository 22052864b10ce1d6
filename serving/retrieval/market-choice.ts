import { fallbackTags } from '../../dictionaries/market-tag.ts';
import type { CompletionView } from '../../indexer/segment/completion-view.ts';
import { type Segment, UNDETERMINED } from '../../indexer/segment/segment.ts';

/** The market that answers a request, and the views whose completions are its candidates. */
export interface MarketChoice {
  readonly market: string;
  /** One view, or a market's and that of the rows without market. */
  readonly views: readonly CompletionView[];
}

/** Which markets a segment has and which views answer for each. */
export class MarketChooser {
  private readonly segment: Segment;
  private readonly fallback: string;
  private readonly choices = new Map<string, MarketChoice>();

  /**
   * @param tags the markets of the snapshot, as its manifest lists them
   * @param preferred the market of requests that name none, best first (`serve --market`, the market given to `index`)
   */
  constructor(segment: Segment, tags: readonly string[], preferred: readonly (string | null)[]) {
    this.segment = segment;
    const given = preferred.find((tag) => tag !== null);
    this.fallback = given ?? (tags.length === 1 ? tags[0]! : UNDETERMINED);
    for (const tag of [...tags, UNDETERMINED]) {
      this.choices.set(tag, { market: tag, views: this.viewsOf(tag) });
    }
  }

  /** The choice for a canonical tag, or for a request that names none. */
  choose(requested: string | null): MarketChoice {
    const wanted = requested ?? this.fallback;
    const own = this.choices.get(wanted);
    if (own !== undefined) return own;
    for (const tag of fallbackTags(wanted)) {
      const choice = this.choices.get(tag);
      if (choice !== undefined) return choice;
    }
    throw new Error(`market: expected '${UNDETERMINED}' to end every fallback of '${requested}'`);
  }

  private viewsOf(tag: string): CompletionView[] {
    const { all, markets } = this.segment;
    const own = markets.get(tag);
    if (tag === UNDETERMINED || own === undefined) return [all];
    const unplaced = markets.get(UNDETERMINED);
    return unplaced === undefined ? [own] : [own, unplaced];
  }
}
