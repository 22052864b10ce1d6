import type { FastifyInstance } from 'fastify';
import type { SnapshotHolder } from '../snapshot/snapshot-holder.ts';
import { describePage, HEALTH_ROUTE, READY_ROUTE } from './api-schemas.ts';
import { HttpProblem } from './http-problem.ts';
import { JSON_CONTENT_TYPE } from './http-route.ts';
import type { ServerMetrics } from './server-metrics.ts';

const METRICS_ROUTE = describePage(
  'metrics',
  'Counters in the text format of Prometheus',
  'operation',
  'text/plain',
);

const DESCRIPTION_ROUTE = describePage(
  'openapi',
  'This description, as OpenAPI 3.1',
  'operation',
  'application/json',
);

/** A log that takes longer is caught up with while requests are answered: the server is ready, says what it lacks, and refuses events until then. */
const MOST_CATCH_UP_MS = 5_000;

export interface StatusRoutesOptions {
  readonly holder: SnapshotHolder;
  readonly metrics: ServerMetrics;
  /** Whether the events that the log holds are folded in; always true where no events come. */
  readonly isCaughtUp: () => boolean;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** What a machine asks about the service: whether it lives, is ready, how it fares, and what it offers. */
export function registerStatusRoutes(
  server: FastifyInstance,
  { holder, metrics, isCaughtUp, now }: StatusRoutesOptions,
): void {
  let firstAskedMs: number | null = null;
  server.get('/healthz', { config: { openapi: HEALTH_ROUTE } }, (_request, reply) =>
    reply
      .headers({ 'content-type': JSON_CONTENT_TYPE, 'cache-control': 'no-store' })
      .send('{"status":"ok"}'),
  );

  server.get('/readyz', { config: { openapi: READY_ROUTE } }, (_request, reply) => {
    const snapshot = holder.current;
    if (snapshot === null) {
      throw new HttpProblem(503, 'not_ready', 'Expected a loaded snapshot, none is loaded yet', {
        headers: { 'retry-after': '1' },
      });
    }
    firstAskedMs ??= now();
    if (!isCaughtUp() && now() - firstAskedMs < MOST_CATCH_UP_MS) {
      throw new HttpProblem(
        503,
        'not_ready',
        'Expected the events to be read in, they are not yet',
        {
          headers: { 'retry-after': '1' },
        },
      );
    }
    const { name, completions, markets } = snapshot;
    const lacking = isCaughtUp() ? {} : { degraded: ['events'] };
    const told = { status: 'ready', snapshot: name, completions, markets, ...lacking };
    return reply
      .headers({ 'content-type': JSON_CONTENT_TYPE, 'cache-control': 'no-store' })
      .send(JSON.stringify(told));
  });

  server.get('/metrics', { config: { openapi: METRICS_ROUTE } }, async (_request, reply) => {
    const text = await metrics.write();
    return reply
      .headers({ 'content-type': metrics.contentType, 'cache-control': 'no-store' })
      .send(text);
  });

  let description: string | null = null;
  server.get('/openapi.json', { config: { openapi: DESCRIPTION_ROUTE } }, (_request, reply) => {
    description ??= JSON.stringify(server.swagger());
    return reply
      .headers({ 'content-type': JSON_CONTENT_TYPE, 'cache-control': 'no-cache' })
      .send(description);
  });
}
