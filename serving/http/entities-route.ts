import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { SnapshotHolder } from '../snapshot/snapshot-holder.ts';
import type { VideoWords } from '../surfaces/entities/video-words.ts';
import type { MarkAnonymous } from './anonymous-request.ts';
import { parseEntitiesRequest } from './entities-request.ts';
import { ENTITIES_ROUTE } from './entities-schema.ts';
import { HttpProblem } from './http-problem.ts';
import { JSON_CONTENT_TYPE, type RawQuery } from './http-route.ts';
import type { OverloadWatch } from './overload-watch.ts';
import { parseQueryString } from './query-string.ts';
import { parseJsonBody, readMediaType, takeBodies } from './request-body.ts';

/** 200 texts of 5,000 code points, each written as two escapes, and what is around them. */
const LONGEST_BODY_BYTES = 16 * 1024 * 1024;
const LATENCY_BOUNDS_S = [0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.1, 1];

const OVERLOADED = new HttpProblem(
  503,
  'overloaded',
  'Expected fewer requests than now: the server is overloaded and refuses some for a moment',
  { headers: { 'retry-after': '1' } },
);

export interface EntitiesRouteOptions {
  readonly holder: SnapshotHolder;
  /** Market of requests that ask for none; `null` leaves it to the index. */
  readonly market: string | null;
  /** What events told of the titles of videos. */
  readonly videoWords: VideoWords;
  readonly markAnonymous: MarkAnonymous;
  readonly overload: OverloadWatch;
  readonly registry: Registry;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** `POST /v1/entities`: which words of comments lead to a search. Synchronous once the body is there: a request sees one snapshot. */
export function registerEntitiesRoute(
  server: FastifyInstance,
  options: EntitiesRouteOptions,
): void {
  const metrics = registerEntityMetrics(options.registry);
  server.register(async (routes) => {
    takeBodies(routes, LONGEST_BODY_BYTES);
    routes.post('/v1/entities', { config: { openapi: ENTITIES_ROUTE } }, (request, reply) =>
      handle(options, metrics, request, reply),
    );
  });
}

async function handle(
  { holder, market, videoWords, overload, now, markAnonymous }: EntitiesRouteOptions,
  metrics: EntityMetrics,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (overload.isOverloaded) {
    metrics.shed.inc();
    throw OVERLOADED;
  }
  refuseParameters((request.query as RawQuery).raw);
  if (readMediaType(request.headers) !== 'application/json') {
    throw new HttpProblem(415, 'unsupported_media_type', 'Expected application/json', {
      headers: { 'accept-post': 'application/json' },
    });
  }
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const asked = parseEntitiesRequest(parseJsonBody(body));
  if (!asked.personalise) markAnonymous(request, reply);
  const snapshot = holder.current;
  if (snapshot === null) {
    throw new HttpProblem(503, 'not_ready', 'Expected a loaded snapshot, none is loaded yet', {
      headers: { 'retry-after': '1' },
    });
  }
  const started = now();
  const words = asked.video === null ? null : videoWords(asked.video);
  const results =
    snapshot.entities?.link(asked.texts, {
      limitPerText: asked.limitPerText,
      market: snapshot.engine.resolveMarket(asked.market ?? market),
      ...(asked.video === null ? {} : { video: asked.video }),
      ...(words === null ? {} : { videoWords: words }),
    }) ?? asked.texts.map(({ id }) => ({ id, entities: [] }));
  metrics.linking.observe((now() - started) / 1000);
  metrics.texts.inc(asked.texts.length);
  metrics.links.inc(results.reduce((sum, { entities }) => sum + entities.length, 0));
  return reply
    .headers({ 'content-type': JSON_CONTENT_TYPE, 'cache-control': 'no-store' })
    .send(
      JSON.stringify({ requestId: request.id, snapshot: snapshot.name, degraded: [], results }),
    );
}

function refuseParameters(rawQuery: string): void {
  const [parameter] = parseQueryString(rawQuery);
  if (parameter === undefined) return;
  throw new HttpProblem(400, 'unknown_parameter', 'Expected no parameters in the query string', {
    parameter: parameter.name,
  });
}

interface EntityMetrics {
  readonly shed: Counter;
  readonly texts: Counter;
  readonly links: Counter;
  readonly linking: Histogram;
}

function registerEntityMetrics(registry: Registry): EntityMetrics {
  const registers = [registry];
  return {
    shed: new Counter({
      name: 'foretype_entities_requests_shed_total',
      help: 'Requests for comment entities that were refused because the event loop was overloaded',
      registers,
    }),
    texts: new Counter({
      name: 'foretype_entities_texts_total',
      help: 'Texts that POST /v1/entities looked through',
      registers,
    }),
    links: new Counter({
      name: 'foretype_entities_links_total',
      help: 'Links that POST /v1/entities made',
      registers,
    }),
    linking: new Histogram({
      name: 'foretype_entities_linking_seconds',
      help: 'Time that POST /v1/entities took for all texts of a request, without parsing and the network',
      buckets: LATENCY_BOUNDS_S,
      registers,
    }),
  };
}
