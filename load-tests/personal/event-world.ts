import type { EventRecord } from '../../indexer/events/event-record.ts';
import { Profile } from '../../ranking/profiles/profile.ts';
import { updateProfile } from '../../ranking/profiles/update-profile.ts';
import type { RankerModel } from '../../ranking/rankers/model-file.ts';
import type { EventListener } from '../../serving/events/event-listener.ts';
import { Enricher } from '../../serving/personal/enricher.ts';
import { LiveCounts } from '../../serving/personal/live-counts.ts';
import { PersonalRanking, readingOf } from '../../serving/personal/personal-ranking.ts';
import type { PersonalRequest } from '../../serving/personal/personal-request.ts';
import type { FeatureMatrix } from '../../serving/personal/pipeline.ts';
import type { ProfileReading } from '../../serving/personal/profile-source.ts';
import { Engine } from '../../serving/retrieval/engine.ts';
import { MarketChooser } from '../../serving/retrieval/market-choice.ts';
import { trendingSnapshotOf } from '../../serving/surfaces/before-typing/trending-snapshot.ts';
import { FreshCompletions } from '../../serving/surfaces/live/fresh-completions.ts';
import { freshSnapshotOf } from '../../serving/surfaces/live/fresh-snapshot.ts';
import { TrendingStore } from '../../serving/surfaces/live/trending-store.ts';
import { LiveVideos } from '../../serving/surfaces/live/videos/live-videos.ts';
import { VideoQueries } from '../../serving/surfaces/video/video-queries.ts';
import type { LoggedSearch, PersonalLog } from './personal-log.ts';
import { LIST_SIZE } from './typed-baselines.ts';

interface Known {
  readonly profile: Profile;
  reading: ProfileReading;
}

/** What a server knows after the events that it heard, without HTTP, log or store: profiles by the same fold, the live stores, the pipeline up to the features. */
export class EventWorld {
  readonly #ranking: PersonalRanking;
  readonly #fresh: FreshCompletions;
  readonly #snapshot: PersonalLog['content'] & { readonly engine: Engine };
  readonly #heldOutFromMs: number;
  readonly #enricher = new Enricher();
  readonly #known = new Map<string, Known>();
  readonly #listeners: readonly EventListener[];
  #nowMs = 0;
  #offset = 0;

  /** @param model orders what is answered; the default when absent */
  constructor({ content, heldOutFromMs }: PersonalLog, model?: RankerModel) {
    const { segment, manifest } = content;
    this.#snapshot = { segment, manifest, engine: new Engine(segment, manifest) };
    this.#heldOutFromMs = heldOutFromMs;
    this.#enricher.useSnapshot('judged', content);
    const trending = new TrendingStore();
    const tags = manifest.markets.map(({ market }) => market);
    trending.useSnapshot(trendingSnapshotOf(content, new MarketChooser(segment, tags, [])));
    const fresh = new FreshCompletions({ trending, nowMs: () => this.#nowMs });
    fresh.useSnapshot(freshSnapshotOf(content));
    const liveVideos = new LiveVideos();
    const videos = new VideoQueries(liveVideos);
    videos.useSnapshot(content);
    const counts = new LiveCounts();
    counts.useSnapshot(segment);
    this.#listeners = [trending, fresh, liveVideos, counts];
    this.#fresh = fresh;
    this.#ranking = new PersonalRanking({
      ...(model === undefined ? {} : { model }),
      live: { videos, fresh },
      states: { counts, clicks: null },
    });
  }

  /** Folds an event in. Live stores hear of what the snapshot has not counted only; of users that nobody asks for nothing needs be known. */
  apply(record: EventRecord, isFollowed = true): void {
    this.#nowMs = record.event.atMs;
    if (record.event.atMs >= this.#heldOutFromMs) {
      for (const listener of this.#listeners) listener.apply(record, this.#offset++);
    }
    const { user } = record;
    if (user === null || !isFollowed) return;
    const enriched = this.#enricher.enrich(record);
    let known = this.#known.get(user);
    if (known === undefined) {
      const profile = new Profile();
      known = { profile, reading: readingOf(profile) };
      this.#known.set(user, known);
    }
    updateProfile(known.profile, enriched === null ? record : { ...record, enriched });
    known.reading = readingOf(known.profile, known.reading.revision + 1);
  }

  /** What a user's search, typed so far, is asked as; `isNamed` says whether the request names the market. */
  requestOf(
    { user, market, video }: LoggedSearch,
    typed: string,
    nowMs: number,
    isNamed: boolean,
  ): PersonalRequest {
    return {
      typed,
      limit: LIST_SIZE,
      market: this.#snapshot.engine.resolveMarket(isNamed ? market : null),
      ownerHash: user,
      reading: this.#known.get(user)?.reading ?? readingOf(null),
      session: null,
      video,
      nowMs,
    };
  }

  /** The candidates and their features; overwritten by the next call. */
  matrix(request: PersonalRequest): FeatureMatrix {
    this.#nowMs = request.nowMs;
    return this.#ranking.matrix(this.#snapshot, request);
  }

  /** What is shown: normalised forms, best first; to somebody of whom nothing is known what anybody is shown. */
  answer(request: PersonalRequest, formOf: (surface: string) => string): readonly string[] {
    this.#nowMs = request.nowMs;
    const { typed, limit, market } = request;
    const { suggestions } =
      this.#ranking.answer(this.#snapshot, request) ??
      this.#fresh.complete(this.#snapshot.engine.suggest(typed, { limit, market }), limit);
    return suggestions.map(({ text }) => formOf(text));
  }

  /** The row of a normalised text; -1 where no candidate shows it. */
  rowOf({ rows, candidates, generation }: FeatureMatrix, form: string): number {
    for (let row = 0; row < rows; row++) {
      const id = candidates.ids[row]!;
      if (id < 0 ? generation.texts[row]?.normalised === form : this.#formOf(id) === form) {
        return row;
      }
    }
    return -1;
  }

  readonly #forms = new Map<number, string>();

  #formOf(id: number): string {
    let form = this.#forms.get(id);
    if (form === undefined) {
      form = this.#snapshot.segment.normalisedTexts(Uint32Array.of(id), 1)[0]!;
      this.#forms.set(id, form);
    }
    return form;
  }
}
