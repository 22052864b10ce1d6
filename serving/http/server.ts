import type { IncomingMessage } from 'node:http';
import fastifySwagger from '@fastify/swagger';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Registry } from 'prom-client';
import type { EventIntake } from '../events/event-intake.ts';
import type { People } from '../people/people.ts';
import type { AskerProfile } from '../personal/asker-profile.ts';
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
import { HttpProblem, PROBLEM_CONTENT_TYPE, quoteEcho } from './http-problem.ts';
import { OverloadWatch } from './overload-watch.ts';
import { RelatedRoute, type VideoSearches } from './related-route.ts';
import { createRequestIds } from './request-id.ts';
import { ServerMetrics } from './server-metrics.ts';
import { registerStatusRoutes } from './status-routes.ts';
import { SuggestRoute } from './suggest-route.ts';
import { refuseBrokenUser, registerUsersRoute } from './users-route.ts';

/** The longest request line that is answered: method, target and version, without the line end. */
const LONGEST_REQUEST_LINE_BYTES = 16 * 1024;
/** What a request line has besides its method and its target. */
const REQUEST_LINE_FRAME_BYTES = '  HTTP/1.1'.length;
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

function findFault(request: IncomingMessage): HttpProblem | null {
  const fault = findLengthFault(request);
  if (fault !== null) return fault;
  // The router takes `*` for `/`.
  if (request.url === '*') {
    return new HttpProblem(400, 'bad_request', 'Expected a path as target, got *');
  }
  if (request.headers.host !== undefined || request.httpVersion === '1.0') return null;
  return new HttpProblem(400, 'bad_request', 'Expected a Host header, got a request without one');
}

function findLengthFault({ method = '', url = '' }: IncomingMessage): HttpProblem | null {
  const lineBytes = method.length + url.length + REQUEST_LINE_FRAME_BYTES;
  if (lineBytes <= LONGEST_REQUEST_LINE_BYTES) return null;
  return new HttpProblem(
    431,
    'request_line_too_long',
    `Expected a request line of at most ${LONGEST_REQUEST_LINE_BYTES} bytes, got ${lineBytes}`,
  );
}

/** Gives the one function that turns any error into a problem document. */
function createRefusal(metrics: ServerMetrics, onFailure: ServerOptions['onFailure']) {
  return (error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const requestId = request.id;
    const problem = toProblem(error, request.raw);
    if (problem.status === 500) onFailure?.(error, requestId);
    metrics.countProblem(problem.status);
    return reply
      .code(problem.status)
      .headers({ ...problem.headers, 'x-request-id': requestId, 'cache-control': 'no-store' })
      .header('content-type', PROBLEM_CONTENT_TYPE)
      .send(JSON.stringify(problem.toDocument(requestId)));
  };
}

function toProblem(
  error: Error & { readonly statusCode?: number },
  request: IncomingMessage,
): HttpProblem {
  if (error instanceof HttpProblem) return error;
  const status = error.statusCode ?? 500;
  if (status === 413) {
    return new HttpProblem(413, 'payload_too_large', 'Expected a smaller request body');
  }
  if (status >= 400 && status < 500) {
    // Fastify's own complaint, such as a path that is not percent-encoded UTF-8; it did not pass the length check.
    const fault = findLengthFault(request);
    if (fault !== null) return fault;
    return new HttpProblem(400, 'bad_request', error.message, { cause: error });
  }
  return new HttpProblem(500, 'internal_error', 'The server failed; its log says why', {
    cause: error,
  });
}

/** 404 for unknown paths; for known ones asked with another method 405, and 204 for OPTIONS. */
function serveUnknownRoutes(server: FastifyInstance): void {
  const methodsByPath = new Map<string, Set<string>>();
  server.addHook('onRoute', ({ path, method }) => {
    const methods = methodsByPath.get(path) ?? new Set(['OPTIONS']);
    methodsByPath.set(path, methods);
    for (const one of Array.isArray(method) ? method : [method]) methods.add(one);
  });
  // Routes that take a body say so in their own scope (request-body.ts); elsewhere it is thrown away unread.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(null);
  });
  server.setNotFoundHandler((request, reply) => {
    const path = pathOf(request.raw.url ?? '');
    const methods = methodsByPath.get(path) ?? methodsByPath.get(patternOf(path));
    if (methods === undefined) {
      throw new HttpProblem(
        404,
        'not_found',
        `Expected a path of /openapi.json, got ${quoteEcho(path)}`,
      );
    }
    const allow = [...methods].sort().join(', ');
    if (request.method === 'OPTIONS') return reply.code(204).header('allow', allow).send();
    throw new HttpProblem(405, 'method_not_allowed', `Expected ${allow}, got ${request.method}`, {
      headers: { allow },
    });
  });
}

/** A path with a parameter for its last part. */
function patternOf(path: string): string {
  return path.replace(/(?<=^\/v1\/users\/)[^/]+$/, ':user');
}

/** The path that the router saw: decoded, and without the origin that a request through a proxy names. */
function pathOf(target: string): string {
  const path = target.replace(/^https?:\/\/[^/?]*/i, '').split('?', 1)[0] ?? '';
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
