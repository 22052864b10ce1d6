import type { Event } from '../../indexer/events/event.ts';
import { MarketChooser } from '../../serving/retrieval/market-choice.ts';
import type { SnapshotContent } from '../../serving/snapshot/snapshot-content.ts';
import { LiveVideos } from '../../serving/surfaces/live/videos/live-videos.ts';
import { VideoQueries, type VideoQuery } from '../../serving/surfaces/video/video-queries.ts';

/** Suggestions that are looked at. */
export const SHOWN = 10;

/** The bar under videos as a server answers it, fed with events one by one. */
export class ServedVideos {
  readonly #live = new LiveVideos();
  readonly #queries = new VideoQueries(this.#live);
  readonly #chooser: MarketChooser;
  #offset = 0;

  constructor(content: SnapshotContent) {
    const tags = content.manifest.markets.map(({ market }) => market);
    this.#chooser = new MarketChooser(content.segment, tags, []);
    this.#queries.useSnapshot(content);
  }

  /** A video arrives with its texts, then its comments. */
  arrive(
    video: Omit<Extract<Event, { type: 'video' }>, 'type' | 'eventId' | 'atMs'>,
    comments: readonly string[],
    market = 'und',
  ): void {
    this.#apply({ type: 'video', ...video, ...this.#next() }, market);
    for (const text of comments) {
      const { eventId, atMs } = this.#next();
      const comment = { type: 'comment', comment: eventId, video: video.video, text } as const;
      this.#apply({ ...comment, eventId, atMs }, market);
    }
  }

  answer(video: string, market: string | null = null): readonly VideoQuery[] {
    const choice = this.#chooser.choose(market);
    return this.#queries.answer({ video, limit: SHOWN, choice });
  }

  #next(): { readonly eventId: string; readonly atMs: number } {
    return { eventId: `e${this.#offset}`, atMs: this.#offset };
  }

  #apply(event: Event, market: string): void {
    const offset = this.#offset++;
    this.#live.apply({ event, arrivedMs: 0, user: null, session: null, market }, offset);
  }
}
