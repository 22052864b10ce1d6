import { LRUCache } from 'lru-cache';
import type { VideoWords } from '../../../dictionaries/video-text/video-words.ts';
import { suggestionId } from '../../../indexer/events/suggestion-id.ts';
import { brandCompletion, type CompletionId } from '../../../indexer/segment/completion-id.ts';
import { findExactForm } from '../../../indexer/segment/exact-form.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { mixCounts, TEXT_USERS } from '../../../indexer/segment/video-mixture.ts';
import type { ListedQuery } from '../../../indexer/segment/video-section.ts';
import { MOST_VIDEO_QUERIES } from '../../../indexer/segment/video-section.ts';
import { VideoTextModel } from '../../../indexer/segment/video-text-model.ts';
import { type MarketChoice, MarketChooser } from '../../retrieval/market-choice.ts';
import type { SnapshotContent } from '../../snapshot/snapshot-content.ts';
import type { LiveVideos } from '../live/videos/live-videos.ts';
import type { VideoSearch } from '../live/videos/video-searches.ts';

/** What counts of a search with another live video about the same: this, times how alike they are. */
const NEIGHBOUR_SHARE = 0.5;
/** Proposals that are looked at for each one that is shown, as some belong to other markets. */
const MOST_LOOKED_AT = 64;

/** Videos whose proposals are remembered, for the keys that are typed under them; a list each of some kibibytes. */
const REMEMBERED_PROPOSALS = 1_024;
/** Queries whose completions are remembered. */
const REMEMBERED_QUERIES = 16_384;

/** A query for the bar under a video. */
export interface VideoQuery {
  readonly id: string;
  readonly text: string;
  readonly normalised: string;
  readonly kind: 'query' | 'entity';
  readonly source: 'video';
  /** The estimated probability that a viewer searches it next: above 0, at most 1, not rising. */
  readonly score: number;
  /** `searched` with or after this video by enough users, or told by its `text` alone. */
  readonly evidence: 'searched' | 'text';
}

export interface VideoQuestion {
  readonly video: string;
  readonly limit: number;
  readonly choice: MarketChoice;
  /** Normalised queries that must not be shown, such as those of the session. None when absent. */
  readonly isExcluded?: (normalised: string) => boolean;
}

/** A completion, or a fresh query that the snapshot does not hold. */
type Candidate =
  | { readonly kind: 'completion'; readonly id: CompletionId }
  | { readonly kind: 'fresh'; readonly search: VideoSearch };

interface Face {
  readonly content: SnapshotContent;
  readonly chooser: MarketChooser;
  /** The completion of a query; -1 for none. The queries of a video are asked for with every key that is typed under it. */
  readonly completions: LRUCache<string, number>;
  /** By market and video, as of a revision of the live videos. */
  readonly proposals: LRUCache<string, Proposals>;
}

interface Proposals {
  readonly revision: number;
  readonly listed: readonly ListedQuery[];
}

/**
 * What a viewer of a video searches next. A known video's list comes from the snapshot, a new one's from its text, analysed when its event came; both
 * are the prior of what is searched with it now, which takes over user by user (`mixCounts`). A query counts from the threshold of distinct users on, whether the snapshot
 * holds it or not; searches with live videos about the same count in part. Touches memory only: tens of microseconds.
 */
export class VideoQueries {
  readonly #live: LiveVideos | null;
  readonly #countedUpTo: (content: SnapshotContent) => number;
  #face: Face | null = null;

  /** @param countedUpTo the offset of the first event that a snapshot does not count; 0 when absent */
  constructor(
    live: LiveVideos | null,
    countedUpTo: (content: SnapshotContent) => number = () => 0,
  ) {
    this.#live = live;
    this.#countedUpTo = countedUpTo;
  }

  /** What answers from now on; to be told of every snapshot before it is asked for. */
  useSnapshot(content: SnapshotContent): void {
    if (this.#face?.content === content) return;
    const { segment, manifest } = content;
    const tags = manifest.markets.map(({ market }) => market);
    const chooser = new MarketChooser(segment, tags, []);
    const completions = new LRUCache<string, number>({ max: REMEMBERED_QUERIES });
    const proposals = new LRUCache<string, Proposals>({ max: REMEMBERED_PROPOSALS });
    this.#face = { content, chooser, completions, proposals };
    const model = new VideoTextModel(segment, segment.videos);
    this.#live?.useEstimator((words: VideoWords, market: string) =>
      model.estimate(words, chooser.choose(market).views, MOST_VIDEO_QUERIES),
    );
  }

  /** At most `limit` queries, likeliest first; none for a video of which nothing is known. */
  answer({ video, limit, choice, isExcluded = () => false }: VideoQuestion): VideoQuery[] {
    const face = this.#face;
    if (face === null) return [];
    const fresh: VideoSearch[] = [];
    const listed = this.#listOf(face, video, fresh);
    const shown: VideoQuery[] = [];
    for (const each of listed.slice(0, MOST_LOOKED_AT)) {
      if (shown.length === limit) break;
      const candidate = candidateOf(each.id, face, fresh);
      const query = this.#describe(candidate, each, face, choice);
      if (query !== null && !isExcluded(query.normalised)) shown.push(query);
    }
    return shown;
  }

  /** Completions that are members of the market, likeliest first: what the bar's list holds without fresh queries. */
  propose(video: string, choice: MarketChoice): readonly ListedQuery[] {
    const face = this.#face;
    if (face === null) return [];
    const revision = this.#live?.revision ?? 0;
    const key = `${choice.market} ${video}`;
    const known = face.proposals.get(key);
    if (known?.revision === revision) return known.listed;
    const { completions } = face.content.segment;
    const listed = this.#listOf(face, video, []).filter(
      ({ id }) => id < completions && isMember(choice, brandCompletion(id)),
    );
    face.proposals.set(key, { revision, listed });
    return listed;
  }

  /** All that is known of a video in one list; ids from the number of completions on stand for what is put into `fresh`. */
  #listOf(face: Face, video: string, fresh: VideoSearch[]): readonly ListedQuery[] {
    const { segment } = face.content;
    const number = segment.videos?.find(video) ?? -1;
    const known = number < 0 ? null : (segment.videos?.queriesOf(number) ?? null);
    const users = number < 0 ? 0 : (segment.videos?.usersOf(number) ?? 0);
    const live = this.#live;
    if (live === null) return known ?? [];
    const prior = known ?? live.estimateOf(video) ?? [];
    const counts = this.#countsOf(face, video, fresh);
    if (counts.size === 0) {
      return known ?? prior.map(({ id, bits }) => ({ id, bits, isSearched: false }));
    }
    return mixCounts(prior, users + TEXT_USERS, counts);
  }

  /**
   * Who searched what with a video, or with live ones about the same, since. Of a pair that the snapshot has, only users of whom it does not know yet count;
   * of one that it left out, all do, once they are enough.
   */
  #countsOf(face: Face, video: string, fresh: VideoSearch[]): Map<number, number> {
    const counts = new Map<number, number>();
    const live = this.#live;
    if (live === null) return counts;
    const { segment, manifest } = face.content;
    const from = this.#countedUpTo(face.content);
    const add = (source: string, share: number): void => {
      const searches = live.searches.searchedBy(source, 1, from);
      const counted = searches.length === 0 ? null : searchedIn(segment, source);
      for (const search of searches) {
        let id = completionOf(face, search.normalised);
        const isCounted = counted?.has(id) ?? false;
        const users = isCounted ? search.freshUsers : search.users;
        if (users === 0 || (!isCounted && users < manifest.minUsers)) continue;
        if (id < 0) {
          if (search.isBlocked && manifest.safety) continue;
          id = segment.completions + numberOf(search, fresh);
        }
        counts.set(id, (counts.get(id) ?? 0) + share * users);
      }
    };
    add(video, 1);
    for (const { video: other, likeness } of live.similarTo(video)) {
      add(other, likeness * NEIGHBOUR_SHARE);
    }
    return counts;
  }

  #describe(
    candidate: Candidate,
    { bits, isSearched }: ListedQuery,
    { content: { segment } }: Face,
    choice: MarketChoice,
  ): VideoQuery | null {
    const rest = {
      source: 'video',
      score: Math.max(1e-6, Math.round(2 ** -bits * 1e6) / 1e6),
      evidence: isSearched ? 'searched' : 'text',
    } as const;
    if (candidate.kind === 'fresh') {
      const { id, surface, normalised, market } = candidate.search;
      const isThere = [market, 'und'].includes(choice.market) || market === 'und';
      return isThere ? { id, text: surface, normalised, kind: 'query', ...rest } : null;
    }
    const { id } = candidate;
    if (!isMember(choice, id)) return null;
    const [normalised = ''] = segment.normalisedTexts(Uint32Array.of(id), 1);
    return {
      id: suggestionId(normalised),
      text: segment.surfaceText(id),
      normalised,
      kind: segment.isEntity(id) ? 'entity' : 'query',
      ...rest,
    };
  }
}

/** The completions that enough users searched with a video, as the snapshot counts. */
function completionOf({ content, completions }: Face, normalised: string): number {
  let id = completions.get(normalised);
  if (id === undefined) {
    id = findExactForm(content.segment, normalised) ?? -1;
    completions.set(normalised, id);
  }
  return id;
}

function searchedIn({ videos }: Segment, video: string): ReadonlySet<number> {
  const number = videos?.find(video) ?? -1;
  const listed = number < 0 ? [] : (videos?.queriesOf(number) ?? []);
  return new Set(listed.filter(({ isSearched }) => isSearched).map(({ id }) => id));
}

function candidateOf(id: number, { content }: Face, fresh: readonly VideoSearch[]): Candidate {
  const search = fresh[id - content.segment.completions];
  if (search !== undefined) return { kind: 'fresh', search };
  return { kind: 'completion', id: brandCompletion(id) };
}

function numberOf(search: VideoSearch, fresh: VideoSearch[]): number {
  const known = fresh.findIndex(({ normalised }) => normalised === search.normalised);
  return known >= 0 ? known : fresh.push(search) - 1;
}

function isMember({ views }: MarketChoice, id: CompletionId): boolean {
  return views.some((view) => view.rankOf(id) >= 0);
}
