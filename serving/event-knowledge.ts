import type { EditorialLists } from './config/editorial-list.ts';
import { CountedEvents } from './events/counted-events.ts';
import type { EventIntake } from './events/event-intake.ts';
import type { PersonalStore } from './events/personal-store.ts';
import { registerPeopleMetrics } from './http/people-metrics.ts';
import { registerProfileMetrics } from './http/profile-metrics.ts';
import type { ServerOptions } from './http/server.ts';
import { withFormerHashes } from './people/former-hashes.ts';
import { People } from './people/people.ts';
import type { RetentionDays } from './people/retention.ts';
import { createAskerProfile } from './personal/asker-profile.ts';
import { createRemovalsOf } from './personal/asker-removals.ts';
import {
  type CreatedPersonalSuggest,
  createPersonalSuggest,
  type RankingSettings,
} from './personal/create-personal-suggest.ts';
import type { Enricher } from './personal/enricher.ts';
import { KeptClickRates } from './personal/kept-click-rates.ts';
import { ProfileKeeper } from './personal/profile-keeper.ts';
import type { ServerClock } from './server-clock.ts';
import type { LoadedSnapshot } from './snapshot/snapshot-source.ts';
import { GuardedStore } from './stores/guarded-store.ts';
import { MemoryFeatureStore } from './stores/memory-feature-store.ts';
import type { Suppression } from './suppression.ts';
import {
  type CreatedBeforeTyping,
  createBeforeTyping,
} from './surfaces/before-typing/create-before-typing.ts';
import { freshSnapshotOf } from './surfaces/live/fresh-snapshot.ts';
import { LiveVideos } from './surfaces/live/videos/live-videos.ts';
import { SessionMemory } from './surfaces/related/session-memory.ts';
import { VideoBar } from './surfaces/video/video-bar.ts';
import { VideoQueries } from './surfaces/video/video-queries.ts';

export interface EventKnowledgeOptions {
  /** Takes events in; nothing is learnt when absent. */
  readonly events?: EventIntake | null;
  /** Where profiles are kept, closed by the caller; in memory alone when absent. */
  readonly features?: GuardedStore | null;
  /** What works out what events tell of their users; it is told of snapshots and videos here. None: events are stored as they come. */
  readonly enricher?: Enricher;
  /** What is shown before typing where nothing better is known; what the market searches most when absent. */
  readonly editorial?: EditorialLists;
  /** How suggestions are ordered for who asks. */
  readonly ranking?: RankingSettings | undefined;
  /** What is held back from who is known, and before typing; nothing is when absent. */
  readonly isSuppressed?: Suppression | undefined;
  /** For how long what is kept of people is kept; see `DEFAULT_RETENTION` for what is absent. */
  readonly retention?: Partial<RetentionDays> | undefined;
  /** A line for the operator. */
  readonly log: (line: string) => void;
}

/** What of a server's answers events change. */
export type LearntParts = Pick<
  ServerOptions,
  | 'people'
  | 'sessions'
  | 'videos'
  | 'videoWords'
  | 'beforeTyping'
  | 'fresh'
  | 'profileOf'
  | 'removalsOf'
  | 'personal'
  | 'registerMetrics'
>;

/** All that a server knows beside its snapshot: what events told it of people, searches, clicks and videos. */
export interface EventKnowledge {
  readonly served: LearntParts;
  /** Where anything is held of people; who is to be forgotten must be forgotten by all of them. */
  readonly personalStores: readonly PersonalStore[];
  /** The profiles of users, which are to be forgotten as well; null without events. */
  readonly profiles: ProfileKeeper | null;
  /** What is kept of people, told and erased; null without a data folder. */
  readonly people: People | null;
  /** Rises when remembered answers must be forgotten. */
  readonly clearedCaches: number;
  /** Works out what takes long of a snapshot, before it is served. */
  prepare(snapshot: LoadedSnapshot): Promise<void>;
  /** To be told of every snapshot before requests are answered from it. */
  useSnapshot(snapshot: LoadedSnapshot, isFirst: boolean): void;
  /** Goes on with erasures that were not done, then lets every part catch up with the log; to be called once, after the first snapshot. Throws where the log is damaged. */
  start(): Promise<void>;
  /** The events stay open. */
  close(): Promise<void>;
}

/** Parts that know something from events; null for those that nothing tells of where none come. */
interface Parts extends CreatedBeforeTyping {
  readonly profiles: ProfileKeeper | null;
  readonly sessions: SessionMemory | null;
  readonly liveVideos: LiveVideos | null;
  readonly counted: CountedEvents | null;
  readonly videoQueries: VideoQueries;
  readonly personal: CreatedPersonalSuggest | null;
}

/** Puts together what learns from events, and opens what of it is kept in the data folder. */
export async function openEventKnowledge(
  options: EventKnowledgeOptions,
  clock: ServerClock,
): Promise<EventKnowledge> {
  const { events, enricher, log } = options;
  const features = options.features ?? new GuardedStore(new MemoryFeatureStore());
  const parts = createParts(options, clock, features);
  const { profiles, personal, sessions, liveVideos, beforeTyping, fresh, counted } = parts;
  const keptClicks = await openKeptClicks(options, parts);
  const stores = (): readonly PersonalStore[] => [
    ...parts.personalStores,
    ...(personal?.personalStores ?? []),
    ...[keptClicks ?? personal?.clicks ?? null, sessions, liveVideos].filter(
      (store) => store !== null,
    ),
  ];
  let clearedCaches = 0;
  const clearCaches = () => {
    clearedCaches++;
    personal?.clearCaches();
  };
  const people = await openPeople(options, { profiles, features, stores, clearCaches });
  if (people !== null) personal?.clicks.useAnswers(people.window, people.served);
  enricher?.use({
    ...(liveVideos === null ? {} : { titleWordsOf: (video) => liveVideos.titleWordsOf(video) }),
    ...(people === null ? {} : { servedItem: (id, item) => people.window.servedItem(id, item) }),
  });
  /** Up to where the log is counted by the snapshot: what that tells need not be replayed. */
  let checking: Promise<void> | undefined;
  return {
    ...{ profiles, people, personalStores: stores() },
    served: servedParts(options, parts, { people, features }),
    get clearedCaches() {
      return clearedCaches;
    },
    prepare: async (snapshot) => personal?.prepare(snapshot),
    useSnapshot: (snapshot, isFirst) => {
      const { name, content } = snapshot;
      personal?.useSnapshot(snapshot);
      if (content === undefined) return;
      const { asOf } = content.manifest;
      if (asOf !== null && isFirst) clock.follow(Date.parse(asOf));
      beforeTyping.useSnapshot(content);
      fresh?.useSnapshot(freshSnapshotOf(content));
      enricher?.useSnapshot(name, content);
      parts.videoQueries.useSnapshot(content);
      checking = counted
        ?.check(content)
        .then(() => personal?.useCounted(content, counted.upTo(content)))
        .catch((error) => log(`events: ${error instanceof Error ? error.message : error}`));
    },
    start: async () => {
      await people?.start();
      // Not before: an address that is taken ends this try, and another one begins with the same events.
      for (const listener of [
        ...parts.listeners,
        ...[profiles, sessions, liveVideos],
        ...(personal?.listeners ?? []),
      ]) {
        if (listener !== null) events?.register(listener);
      }
      await profiles?.start();
      await checking;
      if (people !== null) await keptClicks?.noteServed(people.served);
      await events?.start();
      personal?.useReplayed();
    },
    close: async () => {
      await people?.close();
      await keptClicks?.close();
      await profiles?.close();
    },
  };
}

function createParts(
  options: EventKnowledgeOptions,
  clock: ServerClock,
  features: GuardedStore,
): Parts {
  const { editorial, isSuppressed, ranking, log } = options;
  const events = options.events ?? null;
  if (events === null) {
    return {
      ...createBeforeTyping(null, null, clock, editorial, isSuppressed),
      ...{ profiles: null, sessions: null, liveVideos: null, counted: null, personal: null },
      videoQueries: new VideoQueries(null),
    };
  }
  const { hasher, withheld, logId } = events;
  const store = withFormerHashes(features, hasher);
  const profiles = new ProfileKeeper({ store, logId, log: events.log, report: log, withheld });
  const surface = createBeforeTyping(events, profiles, clock, editorial, isSuppressed);
  const sessions = new SessionMemory((id) => hasher.hashSession(id));
  const liveVideos = new LiveVideos();
  const counted = new CountedEvents(events.log);
  const videoQueries = new VideoQueries(liveVideos, (content) => counted.upTo(content));
  const personal = createPersonalSuggest({
    ...{ hasher, sessions, videos: videoQueries, fresh: surface.fresh },
    nowMs: () => clock.nowMs(),
    settings: ranking,
    isSuppressed,
  });
  return { ...surface, profiles, sessions, liveVideos, counted, videoQueries, personal };
}

async function openKeptClicks(
  { events, log: report }: EventKnowledgeOptions,
  { personal }: Parts,
): Promise<KeptClickRates | null> {
  const dataDir = events?.dataDir ?? null;
  if (!events || personal === null || dataDir === null) return null;
  const log = { id: events.logId, end: events.log.end };
  return KeptClickRates.open({ clicks: personal.clicks, dataDir, log, report });
}

interface PeopleParts {
  readonly profiles: ProfileKeeper | null;
  readonly features: GuardedStore;
  readonly stores: () => readonly PersonalStore[];
  readonly clearCaches: () => void;
}

async function openPeople(
  { events, retention, log: report }: EventKnowledgeOptions,
  { profiles, ...parts }: PeopleParts,
): Promise<People | null> {
  const dataDir = events?.dataDir ?? null;
  if (!events || profiles === null || dataDir === null) return null;
  return People.open({ ...parts, profiles, intake: events, dataDir, report, retention });
}

function servedParts(
  { events }: EventKnowledgeOptions,
  { profiles, personal, sessions, liveVideos, videoQueries, beforeTyping, fresh }: Parts,
  { people, features }: { readonly people: People | null; readonly features: GuardedStore },
): LearntParts {
  const videos = new VideoBar(videoQueries);
  const plain = { people, sessions, videos, beforeTyping, fresh };
  if (!events || profiles === null || liveVideos === null) return plain;
  const profileOf = createAskerProfile(profiles, events.hasher);
  return {
    ...plain,
    videoWords: (video) => liveVideos.titleWordsOf(video),
    profileOf,
    removalsOf: createRemovalsOf(profileOf, events.hasher),
    personal: personal?.suggest ?? null,
    registerMetrics: (registry) => {
      registerProfileMetrics(registry, profiles, features);
      if (people !== null) registerPeopleMetrics(registry, people);
    },
  };
}
