import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Counter, type Registry } from 'prom-client';
import type { PlainAsker } from '../personal/asker-profile.ts';
import type { AskerRemovals, RemovalsOf } from '../personal/asker-removals.ts';
import type { SnapshotHolder } from '../snapshot/snapshot-holder.ts';
import type { LoadedSnapshot } from '../snapshot/snapshot-source.ts';
import type { EngineAnswer } from '../suggest-engine.ts';
import type { SessionContext, SessionStore } from '../surfaces/generator.ts';
import type { RemovedTexts } from '../surfaces/removed-texts.ts';
import type { MarkAnonymous } from './anonymous-request.ts';
import { AnswerCache, answerKey } from './answer-cache.ts';
import { writeAnswerTail } from './answer-json.ts';
import { sendAnswer } from './answer-sending.ts';
import { admitExplain } from './explain-admission.ts';
import { HttpProblem } from './http-problem.ts';
import type { RawQuery } from './http-route.ts';
import type { OverloadWatch } from './overload-watch.ts';
import { parseRelatedRequest, type RelatedRequest } from './related-request.ts';
import { RELATED_ROUTE } from './related-schema.ts';
import { TimeHistogram, type TimeSeries } from './time-histogram.ts';

const LATENCY_BOUNDS_S = [
  0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_2, 0.000_5, 0.001, 0.002, 0.005, 0.05,
];
/** Part of the cache's bound that related answers may take. */
const CACHE_SHARE = 0.25;

const OVERLOADED = new HttpProblem(
  503,
  'overloaded',
  'Expected fewer requests than now: the server is overloaded and refuses some for a moment',
  { headers: { 'retry-after': '1' } },
);

/** What to search, given the video on screen. */
export interface VideoSearches {
  /** At most `limit` suggestions, best first; an unknown video has an empty list. Touches memory only. */
  relatedTo(video: string, snapshot: LoadedSnapshot, options: VideoSearchOptions): EngineAnswer;
}

export interface VideoSearchOptions {
  readonly limit: number;
  /** The market that is used. */
  readonly market: string;
  /** Null when it is not known or must not be used. */
  readonly session: SessionContext | null;
  /** What is not to be shown to who asks; nothing when absent. */
  readonly removed?: RemovedTexts | null;
}

export interface RelatedRouteOptions {
  readonly holder: SnapshotHolder;
  /** Market of requests that ask for none; `null` leaves it to the index. */
  readonly market: string | null;
  /** What `explain` is shown for; refused to everybody when empty. */
  readonly keys: readonly string[];
  readonly overload: OverloadWatch;
  /** What sessions did; null where no events come. */
  readonly sessions: SessionStore | null;
  /** Null where videos are not known: their answers are empty and say so. */
  readonly videos: VideoSearches | null;
  /** What who asks removed; nothing is known of anybody when null. */
  readonly removalsOf: RemovalsOf | null;
  /** Differs after every change of what corrects queries besides the snapshot. */
  readonly lexiconVersion: () => number;
  readonly markAnonymous: MarkAnonymous;
  readonly cacheBytes: number;
  readonly registry: Registry;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** A request on its way to its answer. */
interface Handled {
  readonly asked: RelatedRequest;
  /** Null where nobody in particular asks. */
  readonly removals: AskerRemovals | null;
  readonly started: number;
}

/** What is known of who asks. */
interface Known {
  readonly session: SessionContext | null;
  readonly removals: AskerRemovals | null;
}

/**
 * Answers `GET /v1/related`. All of it is synchronous, once it is known what who asks removed: a request sees one snapshot, and touches memory only, but for
 * their profile, which may be read from its store.
 */
export class RelatedRoute {
  readonly #options: RelatedRouteOptions;
  readonly #metrics: RelatedMetrics;
  #cache: AnswerCache;
  #served: LoadedSnapshot | null = null;
  #servedLexicon = 0;

  constructor(options: RelatedRouteOptions) {
    this.#options = options;
    this.#metrics = registerRelatedMetrics(options.registry);
    this.#cache = this.#emptyCache();
  }

  register(server: FastifyInstance): void {
    server.get('/v1/related', { config: { openapi: RELATED_ROUTE } }, (request, reply) =>
      this.#handle(request, reply),
    );
  }

  #handle(request: FastifyRequest, reply: FastifyReply): void | Promise<void> {
    const { now, overload, removalsOf } = this.#options;
    if (overload.isOverloaded) {
      this.#metrics.shed.inc();
      throw OVERLOADED;
    }
    const started = now();
    const asked = parseRelatedRequest((request.query as RawQuery).raw);
    if (!asked.personalise) this.#options.markAnonymous(request, reply);
    const removals = removalsOf?.(askerOf(asked)) ?? null;
    const send = (known: AskerRemovals | null) =>
      this.#send(request, reply, { asked, removals: known, started });
    return removals instanceof Promise ? removals.then(send) : send(removals);
  }

  #send(request: FastifyRequest, reply: FastifyReply, { asked, removals, started }: Handled): void {
    const { now, keys } = this.#options;
    const snapshot = this.#takeSnapshot();
    if (asked.explain) admitExplain(keys, request.headers.authorization);
    const tail = this.#answer(snapshot, asked, removals);
    sendAnswer(request, reply, tail);
    this.#metrics.handling[asked.subject.kind].observe((now() - started) / 1000);
  }

  #takeSnapshot(): LoadedSnapshot {
    const snapshot = this.#options.holder.current;
    if (snapshot === null) {
      throw new HttpProblem(503, 'not_ready', 'Expected a loaded snapshot, none is loaded yet', {
        headers: { 'retry-after': '1' },
      });
    }
    const lexicon = this.#options.lexiconVersion();
    if (snapshot !== this.#served || lexicon !== this.#servedLexicon) {
      this.#cache = this.#emptyCache();
      this.#served = snapshot;
      this.#servedLexicon = lexicon;
    }
    return snapshot;
  }

  /** From the cache what is the same for everybody: answers to a query that know of no session, to who removed nothing. */
  #answer(snapshot: LoadedSnapshot, asked: RelatedRequest, removals: AskerRemovals | null): string {
    const market = snapshot.engine.resolveMarket(asked.market ?? this.#options.market);
    const session = this.#sessionOf(asked);
    const { subject, limit, explain, context } = asked;
    const isOwn = session !== null || (removals?.texts ?? null) !== null;
    if (subject.kind === 'video' || isOwn || explain || removals?.isDegraded === true) {
      return this.#write(snapshot, asked, market, { session, removals });
    }
    const key = answerKey(subject.text, limit, market, context.length > 0);
    const remembered = this.#cache.get(key);
    this.#metrics.lookups.inc({ outcome: remembered === undefined ? 'miss' : 'hit' });
    if (remembered !== undefined) return remembered;
    const tail = this.#write(snapshot, asked, market, { session: null, removals: null });
    this.#cache.set(key, tail);
    return tail;
  }

  #write(
    snapshot: LoadedSnapshot,
    asked: RelatedRequest,
    market: string,
    { session, removals }: Known,
  ): string {
    const { subject, limit, context, explain } = asked;
    const { videos } = this.#options;
    const options = { limit, market, session, removed: removals?.texts ?? null };
    const nothing: EngineAnswer = { market, normalised: '', suggestions: [] };
    const answer =
      subject.kind === 'query'
        ? (snapshot.related?.related(subject.text, options) ?? nothing)
        : (videos?.relatedTo(subject.video, snapshot, options) ?? nothing);
    return writeAnswerTail(answer, {
      snapshot: snapshot.name,
      text: subject.kind === 'query' ? subject.text : '',
      personalised: false,
      degraded: [
        ...(context.length > 0 ? ['context'] : []),
        ...(removals?.isDegraded === true ? ['profile'] : []),
        ...(subject.kind === 'video' && videos === null ? ['video'] : []),
        ...(answer.degraded ?? []),
      ],
      explainedRules: explain ? snapshot.rules : null,
    });
  }

  #sessionOf({ session, personalise }: RelatedRequest): SessionContext | null {
    if (session === null || !personalise) return null;
    return this.#options.sessions?.sessionOf(session) ?? null;
  }

  #emptyCache(): AnswerCache {
    return new AnswerCache(Math.floor(this.#options.cacheBytes * CACHE_SHARE));
  }
}

/** Whose answer it is: nobody's in particular when it must not be personalised. */
function askerOf({ user, session, personalise }: RelatedRequest): PlainAsker {
  return personalise ? { user, session } : { user: null, session: null };
}

interface RelatedMetrics {
  readonly handling: Readonly<Record<RelatedRequest['subject']['kind'], TimeSeries>>;
  readonly lookups: Counter;
  readonly shed: Counter;
}

function registerRelatedMetrics(registry: Registry): RelatedMetrics {
  const registers = [registry];
  const handling = new TimeHistogram({
    name: 'foretype_related_handling_seconds',
    help: 'Time from the parsed request line to the finished answer of GET /v1/related, without the network',
    ...{ label: 'subject', bounds: LATENCY_BOUNDS_S, registry },
  });
  return {
    handling: { query: handling.seriesOf('query'), video: handling.seriesOf('video') },
    lookups: new Counter({
      name: 'foretype_related_cache_lookups_total',
      help: 'Lookups of written related answers, by outcome',
      labelNames: ['outcome'] as const,
      registers,
    }),
    shed: new Counter({
      name: 'foretype_related_requests_shed_total',
      help: 'Requests for related searches that were refused because the event loop was overloaded',
      registers,
    }),
  };
}
