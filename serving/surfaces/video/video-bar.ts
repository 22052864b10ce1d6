import { UNDETERMINED } from '../../../indexer/segment/segment.ts';
import type { VideoSearches, VideoSearchOptions } from '../../http/related-route.ts';
import { MarketChooser } from '../../retrieval/market-choice.ts';
import type { SnapshotContent } from '../../snapshot/snapshot-content.ts';
import type { LoadedSnapshot } from '../../snapshot/snapshot-source.ts';
import type { EngineAnswer } from '../../suggest-engine.ts';
import { exactCompletion } from '../before-typing/exact-completion.ts';
import type { SessionContext } from '../generator.ts';
import { VariantSet } from '../related/variant-test.ts';
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
    { limit, market, session, removed = null }: VideoSearchOptions,
  ): EngineAnswer {
    const nothing = { market, normalised: '', suggestions: [] };
    if (content === undefined) return nothing;
    this.#queries.useSnapshot(content);
    const searched = searchedIn(session, content, market);
    const queries = this.#queries.answer({
      video,
      limit,
      choice: this.#chooserOf(content).choose(market),
      isExcluded: (normalised) =>
        searched?.has(normalised) === true || removed?.has(normalised) === true,
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

/** What a session searched, with all its variants and the completions that its spellings stand for; null for nothing. */
function searchedIn(
  session: SessionContext | null,
  { segment, manifest }: SnapshotContent,
  market: string,
): VariantSet | null {
  const queries = session?.queries ?? [];
  if (queries.length === 0) return null;
  const spoken = market === UNDETERMINED ? manifest.market : market;
  const searched = new VariantSet(queries.join(' '), spoken);
  for (const query of queries) {
    searched.add(query);
    const id = exactCompletion(segment, query);
    if (id === null) continue;
    const [normalised = ''] = segment.normalisedTexts(Uint32Array.of(id), 1);
    searched.add(normalised);
  }
  return searched;
}
