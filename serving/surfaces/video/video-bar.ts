import type { VideoSearches, VideoSearchOptions } from '../../http/related-route.ts';
import { MarketChooser } from '../../retrieval/market-choice.ts';
import type { SnapshotContent } from '../../snapshot/snapshot-content.ts';
import type { LoadedSnapshot } from '../../snapshot/snapshot-source.ts';
import type { EngineAnswer } from '../../suggest-engine.ts';
import type { VideoQueries } from './video-queries.ts';

/** The bar under a video as `GET /v1/related?video=` answers it, from the snapshot that the request took. */
export class VideoBar implements VideoSearches {
  readonly #queries: VideoQueries;
  #content: SnapshotContent | null = null;
  #chooser: MarketChooser | null = null;

  constructor(queries: VideoQueries) {
    this.#queries = queries;
  }

  relatedTo(
    video: string,
    { content }: Pick<LoadedSnapshot, 'content'>,
    { limit, market, session }: VideoSearchOptions,
  ): EngineAnswer {
    const nothing = { market, normalised: '', suggestions: [] };
    if (content === undefined) return nothing;
    this.#queries.useSnapshot(content);
    const searched = new Set(session?.queries);
    const queries = this.#queries.answer({
      video,
      limit,
      choice: this.#chooserOf(content).choose(market),
      isExcluded: (normalised) => searched.has(normalised),
    });
    const suggestions = queries.map(({ id, text, kind, source, score }) => ({
      ...{ id, text, kind, source, score },
      matches: [],
    }));
    return { ...nothing, suggestions };
  }

  #chooserOf(content: SnapshotContent): MarketChooser {
    if (this.#chooser === null || this.#content !== content) {
      const tags = content.manifest.markets.map((each) => each.market);
      this.#chooser = new MarketChooser(content.segment, tags, []);
      this.#content = content;
    }
    return this.#chooser;
  }
}
