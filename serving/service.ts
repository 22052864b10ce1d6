import { lookup } from 'node:dns/promises';
import type { FastifyInstance } from 'fastify';
import type { EditorialLists } from './config/editorial-list.ts';
import type { LexiconHolder } from './config/lexicon-holder.ts';
import { ConnectionDrain } from './connection-drain.ts';
import { CountedEvents } from './events/counted-events.ts';
import type { PersonalStore } from './events/personal-store.ts';
import { registerPeopleMetrics } from './http/people-metrics.ts';
import { registerProfileMetrics } from './http/profile-metrics.ts';
import { buildServer, type ServerOptions } from './http/server.ts';
import { withFormerHashes } from './people/former-hashes.ts';
import { People } from './people/people.ts';
import type { RetentionDays } from './people/retention.ts';
import { createAskerProfile } from './personal/asker-profile.ts';
import { createRemovalsOf } from './personal/asker-removals.ts';
import { createPersonalSuggest, type RankingSettings } from './personal/create-personal-suggest.ts';
import type { Enricher } from './personal/enricher.ts';
import { KeptClickRates } from './personal/kept-click-rates.ts';
import { ProfileKeeper } from './personal/profile-keeper.ts';
import { type ClockKind, ServerClock } from './server-clock.ts';
import { SnapshotHolder } from './snapshot/snapshot-holder.ts';
import type { SnapshotSource } from './snapshot/snapshot-source.ts';
import { GuardedStore } from './stores/guarded-store.ts';
import { MemoryFeatureStore } from './stores/memory-feature-store.ts';
import type { Suppression } from './suppression.ts';
import { createBeforeTyping } from './surfaces/before-typing/create-before-typing.ts';
import { freshSnapshotOf } from './surfaces/live/fresh-snapshot.ts';
import { LiveVideos } from './surfaces/live/videos/live-videos.ts';
import { SessionMemory } from './surfaces/related/session-memory.ts';
import { VideoBar } from './surfaces/video/video-bar.ts';
import { VideoQueries } from './surfaces/video/video-queries.ts';

/** How long requests may take to finish once the service is told to stop. */
const DRAIN_MS = 10_000;
/** How long connections without a request may send one more, once the service is told to stop. */
const IDLE_MS = 1_000;

export interface ServiceOptions
  extends Omit<
    ServerOptions,
    | 'holder'
    | 'videos'
    | 'videoWords'
    | 'beforeTyping'
    | 'fresh'
    | 'sessions'
    | 'profileOf'
    | 'removalsOf'
    | 'personal'
    | 'people'
    | 'registerMetrics'
    | 'onFailure'
    | 'onOverload'
    | 'overload'
    | 'now'
    | 'cacheBytes'
    | 'lexiconVersion'
  > {
  /** Its engines must have been told to ask `lexicon`. */
  readonly source: SnapshotSource;
  /** Synonyms and stop words beside the snapshot's; none when absent. */
  readonly lexicon?: LexiconHolder | undefined;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How often `current`, and the files of synonyms and stop words, are looked at. */
  readonly pollMs: number;
  /** Where profiles are kept, closed by the caller; in memory alone when absent. */
  readonly features?: GuardedStore | null;
  /** A line for the operator. */
  readonly log: (line: string) => void;
  /** What works out what events tell of their users; it is told of snapshots and videos here. None: events are stored as they come. */
  readonly enricher?: Enricher;
  /** What the server counts time from; the wall clock when absent. */
  readonly clock?: ClockKind;
  /** What is shown before typing where nothing better is known; what the market searches most when absent. */
  readonly editorial?: EditorialLists;
  /** How suggestions are ordered for who asks. */
  readonly ranking?: RankingSettings | undefined;
  /** What is held back from who is known, and before typing; nothing is when absent. */
  readonly isSuppressed?: Suppression | undefined;
  /** For how long what is kept of people is kept; see `DEFAULT_RETENTION` for what is absent. */
  readonly retention?: Partial<RetentionDays> | undefined;
  readonly drainMs?: number;
  readonly idleMs?: number;
}

/** A listening server with a loaded snapshot that follows `current`. */
export interface Service {
  /** `http://127.0.0.1:8080`, with the port that was really taken. */
  readonly address: string;
  readonly server: FastifyInstance;
  readonly holder: SnapshotHolder;
  /** Where anything is held of people; who is to be forgotten must be forgotten by all of them. */
  readonly personalStores: readonly PersonalStore[];
  /** The profiles of users, which are to be forgotten as well; null without events. */
  readonly profiles: ProfileKeeper | null;
  /** What is kept of people, told and erased; null without a data folder. */
  readonly people: People | null;
  /** Looks at `current` now, a refused snapshot included, and reads synonyms and stop words again. */
  reload(): Promise<void>;
  /**
   * Stops accepting connections and resolves when the requests under way have been answered, or were cut after the bound.
   * Calling it again cuts them at once.
   */
  stop(): Promise<void>;
}

/**
 * Listens, then loads the current snapshot and lets the events' listeners catch up; until that is done `/readyz` or events say 503. The events stay
 * open when the service stops: they belong to the caller. Throws, with nothing left open, when the
 * address is taken or the snapshot, or a file of synonyms or stop words, cannot be loaded.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { source, host, port, pollMs, log, lexicon } = options;
  await lexicon?.load();
  const holder = new SnapshotHolder(source);
  const clock = new ServerClock(options.clock ?? 'wall');
  const { events } = options;
  const features = options.features ?? new GuardedStore(new MemoryFeatureStore());
  const profiles = events
    ? new ProfileKeeper({
        store: withFormerHashes(features, events.hasher),
        logId: events.logId,
        log: events.log,
        report: log,
        withheld: events.withheld,
      })
    : null;
  const { beforeTyping, fresh, listeners, personalStores } = createBeforeTyping(
    events ?? null,
    profiles,
    clock,
    options.editorial,
    options.isSuppressed,
  );
  const sessions = events ? new SessionMemory((id) => events.hasher.hashSession(id)) : null;
  const liveVideos = events ? new LiveVideos() : null;
  const counted = events ? new CountedEvents(events.log) : null;
  const videoQueries = new VideoQueries(liveVideos, (content) => counted?.upTo(content) ?? 0);
  const personal =
    events && sessions !== null
      ? createPersonalSuggest({
          ...{ hasher: events.hasher, sessions, videos: videoQueries, fresh },
          nowMs: () => clock.nowMs(),
          settings: options.ranking,
          isSuppressed: options.isSuppressed,
        })
      : null;
  const keptClicks =
    events && personal !== null && events.dataDir !== null
      ? await KeptClickRates.open({
          ...{ clicks: personal.clicks, dataDir: events.dataDir, report: log },
          log: { id: events.logId, end: events.log.end },
        })
      : null;
  const stores = (): readonly PersonalStore[] => [
    ...personalStores,
    ...(personal?.personalStores ?? []),
    ...[keptClicks ?? personal?.clicks ?? null, sessions, liveVideos].filter(
      (store) => store !== null,
    ),
  ];
  let clearedCaches = 0;
  const people =
    events && profiles !== null && events.dataDir !== null
      ? await People.open({
          ...{ intake: events, dataDir: events.dataDir, profiles, features, stores, report: log },
          retention: options.retention,
          clearCaches: () => {
            clearedCaches++;
            personal?.clearCaches();
          },
        })
      : null;
  const profileOf =
    events && profiles !== null ? createAskerProfile(profiles, events.hasher) : null;
  if (people !== null) personal?.clicks.useAnswers(people.window);
  options.enricher?.use({
    ...(liveVideos === null ? {} : { titleWordsOf: (video) => liveVideos.titleWordsOf(video) }),
    ...(people === null ? {} : { servedItem: (id, item) => people.window.servedItem(id, item) }),
  });
  const server = buildServer({
    ...options,
    people,
    holder,
    sessions,
    videos: new VideoBar(videoQueries),
    ...(liveVideos === null
      ? {}
      : { videoWords: (video: string) => liveVideos.titleWordsOf(video) }),
    beforeTyping,
    fresh,
    ...(events && profiles !== null && profileOf !== null
      ? {
          profileOf,
          removalsOf: createRemovalsOf(profileOf, events.hasher),
          personal: personal?.suggest ?? null,
          registerMetrics: (registry) => {
            registerProfileMetrics(registry, profiles, features);
            if (people !== null) registerPeopleMetrics(registry, people);
          },
        }
      : {}),
    lexiconVersion: () => (lexicon?.version ?? 0) + clearedCaches,
    onOverload: (isOverloaded, lateMs) =>
      log(
        isOverloaded
          ? `overloaded: the event loop is ${lateMs.toFixed(0)} ms late; suggestions are refused with 503`
          : 'no longer overloaded; suggestions are answered again',
      ),
    onFailure: (error, requestId) => log(`request ${requestId} failed: ${error.stack ?? error}`),
  });
  /** Up to where the log is counted by the snapshot: what that tells need not be replayed. */
  let checking: Promise<void> | undefined;
  holder.listen({
    onSwapped: (current, previous) => {
      const { name, completions, content } = current;
      personal?.useSnapshot(current);
      const asOf = content?.manifest.asOf ?? null;
      if (asOf !== null && previous === null) clock.follow(Date.parse(asOf));
      if (content !== undefined) {
        beforeTyping.useSnapshot(content);
        fresh?.useSnapshot(freshSnapshotOf(content));
        options.enricher?.useSnapshot(name, content);
        videoQueries.useSnapshot(content);
        checking = counted
          ?.check(content)
          .then(() => personal?.useCounted(content, counted.upTo(content)))
          .catch((error) => log(`events: ${describeError(error)}`));
      }
      const change = previous === null ? 'serving' : `swapped ${previous.name} for`;
      log(`${change} snapshot ${name} (${completions.toLocaleString('en')} completions)`);
    },
    onRefused: (name, error) =>
      log(`refused snapshot ${name ?? '(unreadable current)'}: ${describeError(error)}`),
  });
  // Fastify would listen on each address of `localhost` with a server of its own, which neither refuses nor drains as this one.
  const { address } = await lookup(host);
  const drain = new ConnectionDrain(server.server);
  server.addHook('preClose', () => drain.run(options.idleMs ?? IDLE_MS));
  try {
    await server.listen({ host: address, port });
    await holder.load();
    await people?.start();
    // Not before: an address that is taken ends this try, and another one begins with the same events.
    for (const listener of [
      ...listeners,
      profiles,
      sessions,
      liveVideos,
      ...(personal?.listeners ?? []),
    ]) {
      if (listener !== null) events?.register(listener);
    }
    await profiles?.start();
    await checking;
    if (people !== null) await keptClicks?.noteServed(people.served);
    await events?.start();
    personal?.useReplayed();
  } catch (error) {
    await server.close();
    await people?.close();
    await keptClicks?.close();
    await profiles?.close();
    throw error;
  }
  holder.startPolling(pollMs);
  lexicon?.startPolling(pollMs);
  return {
    address: addressOf(server),
    server,
    holder,
    profiles,
    people,
    personalStores: stores(),
    reload: async () => {
      await Promise.all([
        holder.refresh({ retryRefused: true }),
        lexicon?.refresh({ always: true }),
      ]);
    },
    stop: createStop(
      server,
      [holder, lexicon],
      [people, keptClicks, profiles],
      options.drainMs ?? DRAIN_MS,
    ),
  };
}

function createStop(
  server: FastifyInstance,
  polled: readonly ({ stopPolling(): void } | undefined)[],
  closed: readonly ({ close(): Promise<void> } | null)[],
  drainMs: number,
) {
  let stopping: Promise<void> | null = null;
  const cut = () => server.server.closeAllConnections();
  return (): Promise<void> => {
    if (stopping !== null) {
      cut();
      return stopping;
    }
    for (const each of polled) each?.stopPolling();
    const bound = setTimeout(cut, drainMs);
    stopping = server.close().then(async () => {
      clearTimeout(bound);
      for (const each of closed) await each?.close();
    });
    return stopping;
  };
}

function addressOf(server: FastifyInstance): string {
  const address = server.server.address();
  if (address === null || typeof address === 'string') {
    throw new Error(`expected a TCP address, got ${address}`);
  }
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

/** The message of an error that is thrown before or while the service starts, in an operator's words. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `${error.message}; choose another with --port`;
  return error.message;
}
