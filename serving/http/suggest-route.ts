import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AskerProfile } from '../personal/asker-profile.ts';
import type { SnapshotHolder } from '../snapshot/snapshot-holder.ts';
import type { LoadedSnapshot } from '../snapshot/snapshot-source.ts';
import type { Suggestion } from '../suggest-engine.ts';
import type { Asker, BeforeTyping } from '../surfaces/before-typing/before-typing.ts';
import type { FreshCompletions } from '../surfaces/live/fresh-completions.ts';
import { liftForVideo } from '../surfaces/video/video-lift.ts';
import { AnswerCache, answerKey } from './answer-cache.ts';
import { completeAnswer, writeAnswerTail } from './answer-json.ts';
import { SUGGEST_ROUTE } from './api-schemas.ts';
import { admitExplain } from './explain-admission.ts';
import { HttpProblem } from './http-problem.ts';
import { JSON_CONTENT_TYPE, type RawQuery } from './http-route.ts';
import type { OverloadWatch } from './overload-watch.ts';
import type { VideoSearches } from './related-route.ts';
import type { ServerMetrics } from './server-metrics.ts';
import { LARGEST_LIMIT, parseSuggestRequest, type SuggestRequest } from './suggest-request.ts';

const NOTHING_DEGRADED: readonly string[] = [];
/** Made once: refusing must cost less than answering, and an error's stack trace alone costs more than a lookup. */
const OVERLOADED = new HttpProblem(
  503,
  'overloaded',
  'Expected fewer requests than now: the server is overloaded and refuses some for a moment',
  { headers: { 'retry-after': '1' } },
);
const CONTEXT_DEGRADED: readonly string[] = ['context'];
const PROFILE_DEGRADED: readonly string[] = ['profile'];

export interface SuggestRouteOptions {
  readonly holder: SnapshotHolder;
  /** Market of requests that ask for none; `null` leaves it to the index. */
  readonly market: string | null;
  /** What `explain` is shown for; refused to everybody when empty. */
  readonly keys: readonly string[];
  /** Suggestions are refused while it says so. */
  readonly overload: OverloadWatch;
  /** Differs after every change of what answers come from besides the snapshot. */
  readonly lexiconVersion: () => number;
  /** What is shown before anything is typed; what is searched most when null. */
  readonly beforeTyping: BeforeTyping | null;
  /** What is searched with the video on screen; not looked at when null. */
  readonly videos: VideoSearches | null;
  /** What was searched since the snapshot, and lacks in it; nothing is when null. */
  readonly fresh: Pick<FreshCompletions, 'complete' | 'versionFor'> | null;
  /** What is known of who asks; nothing is of anybody when null. */
  readonly profileOf: AskerProfile | null;
  readonly cacheBytes: number;
  readonly metrics: ServerMetrics;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** A request on its way to its answer. */
interface Handled {
  readonly asked: SuggestRequest;
  /** Whether the profile of who asks was not to be had. */
  readonly isDegraded: boolean;
  readonly started: number;
}

interface Written {
  readonly isDegraded: boolean;
  readonly explainedRules: readonly string[] | null;
}

/**
 * Answers suggestions from the snapshot that is current, through a cache of written answers. All of it is synchronous, once the profile of who asks is there: a
 * request sees one snapshot, and touches memory only, but for that profile, which may be read from its store.
 */
export class SuggestRoute {
  #served: LoadedSnapshot | null = null;
  #servedLexicon = 0;
  #cache: AnswerCache;
  readonly #options: SuggestRouteOptions;

  constructor(options: SuggestRouteOptions) {
    this.#options = options;
    this.#cache = new AnswerCache(options.cacheBytes);
  }

  get cache(): AnswerCache {
    return this.#cache;
  }

  register(server: FastifyInstance): void {
    server.get('/v1/suggest', { config: { openapi: SUGGEST_ROUTE } }, (request, reply) =>
      this.#handle(request, reply),
    );
  }

  #handle(request: FastifyRequest, reply: FastifyReply): FastifyReply | Promise<FastifyReply> {
    const { now, metrics, overload, profileOf } = this.#options;
    if (overload.isOverloaded) {
      metrics.requestsShed++;
      throw OVERLOADED;
    }
    const started = now();
    const asked = parseSuggestRequest((request.query as RawQuery).raw);
    const reading = profileOf?.(askerOf(asked)) ?? null;
    const send = (isDegraded: boolean) =>
      this.#send(request, reply, { asked, isDegraded, started });
    if (reading === null) return send(false);
    return reading instanceof Promise
      ? reading.then((read) => send(read.isDegraded))
      : send(reading.isDegraded);
  }

  #send(
    request: FastifyRequest,
    reply: FastifyReply,
    { asked, isDegraded, started }: Handled,
  ): FastifyReply {
    const { now, metrics } = this.#options;
    const snapshot = this.#takeSnapshot();
    const tail = asked.explain
      ? this.#explain(snapshot, asked, isDegraded, request.headers.authorization)
      : this.#answer(snapshot, asked, isDegraded);
    reply.header('content-type', JSON_CONTENT_TYPE).header('cache-control', 'no-store');
    reply.send(completeAnswer(request.id, tail));
    metrics.countAnswer(now() - started);
    return reply;
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
      this.#cache = new AnswerCache(this.#options.cacheBytes);
      this.#served = snapshot;
      this.#servedLexicon = lexicon;
    }
    return snapshot;
  }

  #answer(snapshot: LoadedSnapshot, asked: SuggestRequest, isDegraded: boolean): string {
    const { metrics } = this.#options;
    const market = this.#resolveMarket(snapshot, asked);
    const shared = this.#sharedVersion(asked, market);
    // What is somebody's own is nobody else's, and changes with each search: it is written anew.
    if (shared === null || isDegraded) {
      return this.#write(snapshot, asked, market, { isDegraded, explainedRules: null });
    }
    const key = `${shared} ${answerKey(asked.text, asked.limit, market, asked.context.length > 0)}`;
    const remembered = this.#cache.get(key);
    if (remembered !== undefined) {
      metrics.cacheHits++;
      return remembered;
    }
    metrics.cacheMisses++;
    const tail = this.#write(snapshot, asked, market, { isDegraded, explainedRules: null });
    this.#cache.set(key, tail);
    return tail;
  }

  /** The version of an answer that is the same for everybody; null for one that is not. */
  #sharedVersion(asked: SuggestRequest, market: string): string | number | null {
    const { beforeTyping, fresh, videos } = this.#options;
    if (asked.video !== null && videos !== null) return null;
    if (asked.text !== '') return fresh?.versionFor(asked.text, market) ?? 0;
    if (beforeTyping === null) return 0;
    return beforeTyping.sharedVersion(market, askerOf(asked));
  }

  #explain(
    snapshot: LoadedSnapshot,
    asked: SuggestRequest,
    isDegraded: boolean,
    authorization: string | undefined,
  ): string {
    admitExplain(this.#options.keys, authorization);
    const market = this.#resolveMarket(snapshot, asked);
    return this.#write(snapshot, asked, market, { isDegraded, explainedRules: snapshot.rules });
  }

  #resolveMarket(snapshot: LoadedSnapshot, asked: SuggestRequest): string {
    return snapshot.engine.resolveMarket(asked.market ?? this.#options.market);
  }

  /** What viewers of the video on screen search, likeliest first; nothing where it must not count. */
  #searchedOnVideo(
    snapshot: LoadedSnapshot,
    { video, text }: SuggestRequest,
    market: string,
  ): readonly Suggestion[] {
    const { videos } = this.#options;
    if (video === null || videos === null || (text !== '' && keepsOrder(snapshot))) return [];
    const options = { limit: LARGEST_LIMIT, market, session: null };
    return videos.relatedTo(video, snapshot, options).suggestions;
  }

  #write(
    snapshot: LoadedSnapshot,
    asked: SuggestRequest,
    market: string,
    { isDegraded, explainedRules }: Written,
  ): string {
    const { beforeTyping, fresh } = this.#options;
    const suggest = (most: number) => {
      const found = snapshot.engine.suggest(asked.text, { limit: most, market });
      return fresh === null ? found : fresh.complete(found, most);
    };
    const { limit } = asked;
    const onVideo = this.#searchedOnVideo(snapshot, asked, market);
    const answer =
      asked.text !== '' || beforeTyping === null
        ? { ...liftForVideo(suggest(limit), onVideo), personalised: false }
        : beforeTyping.answer({ market, limit, onVideo }, askerOf(asked), suggest);
    return writeAnswerTail(answer, {
      snapshot: snapshot.name,
      text: asked.text,
      personalised: answer.personalised,
      degraded: [
        ...(asked.context.length > 0 ? CONTEXT_DEGRADED : NOTHING_DEGRADED),
        ...(isDegraded ? PROFILE_DEGRADED : NOTHING_DEGRADED),
        ...(answer.degraded ?? NOTHING_DEGRADED),
      ],
      explainedRules,
    });
  }
}

/** The index of ungrouped forms promises the order of its counts for typed text. */
function keepsOrder({ content }: LoadedSnapshot): boolean {
  return content?.manifest.group === 'none';
}

/** Whose answer it is: nobody's in particular when it must not be personalised. */
function askerOf({ user, session, personalise }: SuggestRequest): Asker {
  return personalise ? { user, session } : { user: null, session: null };
}
