import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { SnapshotHolder } from '../snapshot/snapshot-holder.ts';
import type { AnswerCache } from './answer-cache.ts';
import { TimeHistogram, type TimeSeries } from './time-histogram.ts';

/** Seconds; engine time is microseconds, so the first bounds are far below the usual ones. */
const LATENCY_BOUNDS_S = [
  0.000_005, 0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.01, 0.05,
  0.25, 1,
];

/**
 * What `/metrics` says. The request's path touches plain numbers; they become prom-client's counters when somebody
 * scrapes.
 */
export class ServerMetrics {
  suggestAnswers = 0;
  cacheHits = 0;
  cacheMisses = 0;
  requestsShed = 0;
  readonly #problems = new Map<number, number>();
  readonly #registry = new Registry();
  readonly #handling: TimeSeries;

  constructor(holder: SnapshotHolder) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#handling = new TimeHistogram({
      name: 'foretype_suggest_handling_seconds',
      help: 'Time from the parsed request line to the finished answer of GET /v1/suggest, without the network',
      bounds: LATENCY_BOUNDS_S,
      registry: this.#registry,
    }).seriesOf('');
    const metrics = this;
    new Counter({
      name: 'foretype_suggest_answers_total',
      help: 'Answers of GET /v1/suggest with status 200',
      registers,
      collect() {
        this.reset();
        this.inc(metrics.suggestAnswers);
      },
    });
    new Counter({
      name: 'foretype_answer_cache_lookups_total',
      help: 'Lookups of written answers, by outcome',
      labelNames: ['outcome'] as const,
      registers,
      collect() {
        this.reset();
        this.inc({ outcome: 'hit' }, metrics.cacheHits);
        this.inc({ outcome: 'miss' }, metrics.cacheMisses);
      },
    });
    new Counter({
      name: 'foretype_suggest_requests_shed_total',
      help: 'Requests for suggestions that were refused because the event loop was overloaded',
      registers,
      collect() {
        this.reset();
        this.inc(metrics.requestsShed);
      },
    });
    new Counter({
      name: 'foretype_problems_total',
      help: 'Requests that were refused or failed, over all routes, by status',
      labelNames: ['status'] as const,
      registers,
      collect() {
        this.reset();
        for (const [status, count] of metrics.#problems) this.inc({ status }, count);
      },
    });
    new Gauge({
      name: 'foretype_snapshot_info',
      help: 'The snapshot that is served, as a label; always 1',
      labelNames: ['snapshot'] as const,
      registers,
      collect() {
        this.reset();
        if (holder.current !== null) this.set({ snapshot: holder.current.name }, 1);
      },
    });
    new Gauge({
      name: 'foretype_snapshot_completions',
      help: 'Completions in the snapshot that is served',
      registers,
      collect() {
        this.set(holder.current?.completions ?? 0);
      },
    });
    const loads = new Counter({
      name: 'foretype_snapshot_loads_total',
      help: 'Snapshots that became current and were loaded or refused',
      labelNames: ['outcome'] as const,
      registers,
    });
    loads.inc({ outcome: 'loaded' }, holder.current === null ? 0 : 1);
    loads.inc({ outcome: 'refused' }, 0);
    holder.listen({
      onSwapped: () => loads.inc({ outcome: 'loaded' }),
      onRefused: () => loads.inc({ outcome: 'refused' }),
    });
  }

  /** Where other parts of the server put what they count. */
  get registry(): Registry {
    return this.#registry;
  }

  /** Shows how full the cache of answers is; `read` gives the cache of the snapshot that is served. */
  watchCache(read: () => AnswerCache): void {
    const registers = [this.#registry];
    new Gauge({
      name: 'foretype_answer_cache_bytes',
      help: 'Estimated bytes of the written answers that are remembered',
      registers,
      collect() {
        this.set(read().sizeBytes);
      },
    });
    new Gauge({
      name: 'foretype_answer_cache_entries',
      help: 'Written answers that are remembered',
      registers,
      collect() {
        this.set(read().entryCount);
      },
    });
  }

  /** One answer with status 200, that took so long. */
  countAnswer(handlingMs: number): void {
    this.suggestAnswers++;
    this.#handling.observe(handlingMs / 1000);
  }

  countProblem(status: number): void {
    this.#problems.set(status, (this.#problems.get(status) ?? 0) + 1);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** The whole page in the text format of Prometheus. */
  write(): Promise<string> {
    return this.#registry.metrics();
  }
}
