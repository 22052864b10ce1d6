import fastifySwagger from '@fastify/swagger';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { EventIntake } from '../events/event-intake.ts';
import type { People } from '../people/people.ts';
import type { AskerProfile } from '../personal/asker-profile.ts';
import type { RemovalsOf } from '../personal/asker-removals.ts';
import type { PersonalSuggest } from '../personal/personal-suggest.ts';
import type { SnapshotHolder } from '../snapshot/snapshot-holder.ts';
import type { BeforeTyping } from '../surfaces/before-typing/before-typing.ts';
import { NO_VIDEOS, type VideoWords } from '../surfaces/entities/video-words.ts';
import type { SessionStore } from '../surfaces/generator.ts';
import type { FreshCompletions } from '../surfaces/live/fresh-completions.ts';
import { registerDocs } from '../web/docs-page.ts';
import type { StaticFile } from '../web/static-files.ts';
import { registerStaticFiles } from '../web/static-files.ts';
import { createAnonymousMark } from './anonymous-request.ts';
import { answerOddRequests, createBrokenRequestHandler } from './broken-request.ts';
import { registerEntitiesRoute } from './entities-route.ts';
import { registerEventMetrics } from './event-metrics.ts';
import { registerEventsRoute } from './events-route.ts';
import { OverloadWatch } from './overload-watch.ts';
import { createRefusal, findFault, LONGEST_REQUEST_LINE_BYTES, MOST_HEADERS } from './refusal.ts';
import { RelatedRoute, type VideoSearches } from './related-route.ts';
import { createRequestIds } from './request-id.ts';
import { ServerMetrics } from './server-metrics.ts';
import { registerStatusRoutes } from './status-routes.ts';
import { SuggestRoute } from './suggest-route.ts';
import { serveUnknownRoutes } from './unknown-routes.ts';
import { refuseBrokenUser, registerUsersRoute } from './users-route.ts';

/** Node's bound on all headers together: wide, so that an overlong target arrives and is refused politely. */
const LARGEST_HEADERS_BYTES = 160 * 1024;
/** How long a client may take to send its headers, and its whole request; looked at every so often. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 30_000;
const TIMEOUT_CHECK_MS = 5_000;

export interface ServerOptions {
  readonly holder: SnapshotHolder;
  /** Canonical market of requests that ask for none; the index decides when absent. */
  readonly market?: string | null;
  /** Rises when synonyms or stop words change, which ends what is remembered of answers; they never do when absent. */
  readonly lexiconVersion?: () => number;
  /** Admits `explain` and the users' routes; nobody is admitted when absent. */
  readonly adminKey?: string | null;
  /** A key that the page was given; admits `explain` and the users' routes as well. */
  readonly pageKey?: string | null;
  /** Takes events in; they are refused when absent. */
  readonly events?: EventIntake | null;
  /** What is kept of people beside their events; nothing is told or erased when absent. */
  readonly people?: Pick<People, 'export' | 'erase' | 'noteServed'> | null;
  /** What is shown before anything is typed; what is searched most when absent. It is told of the holder's snapshots by the caller. */
  readonly beforeTyping?: BeforeTyping | null;
  /** What was searched since the snapshot, and lacks in it; nothing is when absent. It is told of the holder's snapshots by the caller. */
  readonly fresh?: FreshCompletions | null;
  /** What is known of who asks; nothing is of anybody when absent. */
  readonly profileOf?: AskerProfile | null;
  /** What who asks removed, for related searches; nothing is known of anybody when absent. */
  readonly removalsOf?: RemovalsOf | null;
  /** Ranks what is typed for who asks; everybody gets the same when absent. */
  readonly personal?: PersonalSuggest | null;
  /** What `/metrics` shows besides what the server itself counts. */
  readonly registerMetrics?: (registry: Registry) => void;
  /** What sessions did, for related searches; nothing is known when absent. */
  readonly sessions?: SessionStore | null;
  /** What to search, given a video; nothing is known when absent. */
  readonly videos?: VideoSearches | null;
  /** What events told of the titles of videos, before what the snapshot keeps; nothing when absent. */
  readonly videoWords?: VideoWords;
  /** Bound on the remembered answers; 64 MiB when absent. */
  readonly cacheBytes?: number;
  /** The page and its assets, each at its own path; none when absent. */
  readonly pageFiles?: readonly StaticFile[];
  /** The package's version, for `/openapi.json`. */
  readonly version: string;
  /** Told of every failure that is the server's own fault. */
  readonly onFailure?: (error: Error, requestId: string) => void;
  /** Told when suggestions begin and end to be refused for overload. */
  readonly onOverload?: (isOverloaded: boolean, meanLateMs: number) => void;
  /** What judges the load; for tests. */
  readonly overload?: OverloadWatch;
  /** Milliseconds, monotonic; for tests. */
  readonly now?: () => number;
}

/** The HTTP server over the snapshots that the holder holds, not yet listening. */
export function buildServer(options: ServerOptions): FastifyInstance {
  const nextRequestId = createRequestIds();
  const metrics = new ServerMetrics(options.holder);
  const overload = options.overload ?? new OverloadWatch(options.onOverload);
  const keys = [options.adminKey, options.pageKey].filter(
    (key) => key !== null && key !== undefined,
  );
  const markAnonymous = createAnonymousMark(options.events?.hasher ?? null);
  const suggest = new SuggestRoute({
    markAnonymous,
    noteServed: options.people?.noteServed ?? null,
    holder: options.holder,
    market: options.market ?? null,
    keys,
    overload,
    lexiconVersion: options.lexiconVersion ?? (() => 0),
    videos: options.videos ?? null,
    beforeTyping: options.beforeTyping ?? null,
    fresh: options.fresh ?? null,
    profileOf: options.profileOf ?? null,
    personal: options.personal ?? null,
    cacheBytes: options.cacheBytes ?? 64 * 1024 * 1024,
    metrics,
    now: options.now ?? (() => performance.now()),
  });
  const related = new RelatedRoute({
    markAnonymous,
    holder: options.holder,
    market: options.market ?? null,
    keys,
    overload,
    sessions: options.sessions ?? null,
    removalsOf: options.removalsOf ?? null,
    videos: options.videos ?? null,
    lexiconVersion: options.lexiconVersion ?? (() => 0),
    cacheBytes: options.cacheBytes ?? 64 * 1024 * 1024,
    registry: metrics.registry,
    now: options.now ?? (() => performance.now()),
  });
  metrics.watchCache(() => suggest.cache);
  const events = options.events ?? null;
  if (events !== null) registerEventMetrics(metrics.registry, events);
  options.registerMetrics?.(metrics.registry);
  options.personal?.registerMetrics(metrics.registry);
  const refuse = createRefusal(metrics, options.onFailure);
  const server: FastifyInstance = Fastify({
    logger: false,
    genReqId: nextRequestId,
    return503OnClosing: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: {
      maxHeaderSize: LARGEST_HEADERS_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      // Node would refuse it without a request id and a problem document; `findFault` does.
      requireHostHeader: false,
    },
    routerOptions: {
      querystringParser: (raw) => ({ raw }),
      maxParamLength: LONGEST_REQUEST_LINE_BYTES,
    },
    clientErrorHandler: createBrokenRequestHandler(nextRequestId, (status) =>
      metrics.countProblem(status),
    ),
    frameworkErrors: (error, request, reply) => {
      const { url = '', headers } = request.raw;
      const broken = refuseBrokenUser(keys, url, headers.authorization);
      return refuse(broken ?? error, request, reply);
    },
  });

  // Beyond it Node 20 drops headers, the host among them, and later ones refuse the request: one more is let through, so that all refuse it.
  server.server.maxHeadersCount = MOST_HEADERS + 1;
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done(findFault(request.raw) ?? undefined);
  });
  answerOddRequests(server.server, nextRequestId, (status) => metrics.countProblem(status));
  server.addHook('onListen', (done) => {
    overload.start();
    done();
  });
  server.addHook('onClose', (_, done) => {
    overload.stop();
    done();
  });
  server.setErrorHandler((error: FastifyError, request, reply) => refuse(error, request, reply));
  serveUnknownRoutes(server);
  server.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Foretype',
        version: options.version,
        description:
          'Short-text query suggestions. Text offsets count UTF-16 code units; errors are RFC 9457 problem documents.',
      },
    },
    hideUntagged: true,
    transform: ({ url, route }) => ({ url, schema: route.config?.openapi ?? {} }),
  });
  // Routes that are added before the plugin has run would be missing from the description.
  server.register(async (routes) => {
    suggest.register(routes);
    related.register(routes);
    registerEventsRoute(routes, events);
    registerEntitiesRoute(routes, {
      markAnonymous,
      holder: options.holder,
      market: options.market ?? null,
      videoWords: options.videoWords ?? NO_VIDEOS,
      overload,
      registry: metrics.registry,
      now: options.now ?? (() => performance.now()),
    });
    registerUsersRoute(routes, {
      keys,
      people: options.people ?? null,
    });
    registerStatusRoutes(routes, {
      holder: options.holder,
      metrics,
      isCaughtUp: () => events?.isStarted ?? true,
      now: options.now ?? (() => performance.now()),
    });
    registerDocs(routes);
    registerStaticFiles(routes, options.pageFiles ?? []);
  });
  return server;
}
