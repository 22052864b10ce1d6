import { type CommentSource, DEFAULT_MIN_MENTIONS } from './entities/entity-build.ts';
import { type GatheredEvents, gatherEvents } from './input/event-source.ts';
import type { LogFile, LogLayout } from './input/row-log.ts';
import type { AsOf } from './input/time-reader.ts';
import type { VideoSource } from './phrases/video-build.ts';

/** Distinct creators whose videos must carry a phrase, unless the caller says otherwise. */
export const DEFAULT_MIN_VIDEOS = 3;

/** What a build is made of; a part of `IndexOptions`. */
export interface EventOptions {
  readonly queries: readonly string[];
  readonly layout: LogLayout;
  readonly videos?: VideoSource;
  readonly comments?: CommentSource;
  /** A server's data folder, or its event log. */
  readonly events?: string;
  readonly asOf: AsOf | undefined;
}

/** The options of a build whose lists hold the events, too. */
export type Listed<Options> = Omit<Options, 'queries'> & { readonly queries: readonly LogFile[] };

/** Reads the events of a build into files of `folder` and puts those into its lists; none when it was given none. */
export async function listEvents<Options extends EventOptions>(
  folder: string,
  options: Options,
  onStep: (what: string) => void,
): Promise<{ readonly events: GatheredEvents | null; readonly options: Listed<Options> }> {
  if (options.events === undefined) return { events: null, options };
  onStep('reading events');
  const events = await gatherEvents(options.events, folder, options.asOf?.atUs);
  const { queries, layout } = options;
  // Of two texts of one video the first counts, and those of events are the newer.
  const videos: VideoSource = {
    minVideos: options.videos?.minVideos ?? DEFAULT_MIN_VIDEOS,
    layout: options.videos?.layout ?? layout,
    files: [...events.videos, ...(options.videos?.files ?? [])],
  };
  const comments: CommentSource = {
    minMentions: options.comments?.minMentions ?? DEFAULT_MIN_MENTIONS,
    layout: options.comments?.layout ?? layout,
    files: [...(options.comments?.files ?? []), ...events.comments],
  };
  return {
    events,
    options: { ...options, queries: [...queries, ...events.queries], videos, comments },
  };
}
