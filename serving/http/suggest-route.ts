import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WrittenAnswer } from '../personal/answer-memory.ts';
import type { AskerProfile } from '../personal/asker-profile.ts';
import type { PersonalQuestion, PersonalSuggest } from '../personal/personal-suggest.ts';
import type { ProfileReading } from '../personal/profile-source.ts';
import type { NoteServed } from '../served/served-recorder.ts';
import type { SnapshotHolder } from '../snapshot/snapshot-holder.ts';
import type { LoadedSnapshot } from '../snapshot/snapshot-source.ts';
import type { Suggestion } from '../suggest-engine.ts';
import type { Asker, BeforeTyping } from '../surfaces/before-typing/before-typing.ts';
import type { FreshCompletions } from '../surfaces/live/fresh-completions.ts';
import { liftForVideo } from '../surfaces/video/video-lift.ts';
import type { MarkAnonymous } from './anonymous-request.ts';
import { AnswerCache, answerKey } from './answer-cache.ts';
import { writeAnswerTail, writeListedTail } from './answer-json.ts';
import { sendAnswer } from './answer-sending.ts';
import { SUGGEST_ROUTE } from './api-schemas.ts';
import { admitExplain } from './explain-admission.ts';
import { HttpProblem } from './http-problem.ts';
import type { RawQuery } from './http-route.ts';
import type { OverloadWatch } from './overload-watch.ts';
import type { VideoSearches } from './related-route.ts';
import type { ServerMetrics } from './server-metrics.ts';
import { cutOf, frameOf, NOTHING_DEGRADED } from './suggest-frame.ts';
import { LARGEST_LIMIT, parseSuggestRequest, type SuggestRequest } from './suggest-request.ts';

/** Market tags, as asked for, whose market is remembered. */
const MOST_MARKETS = 1_000;
/** Made once: refusing must cost less than answering, and an error's stack trace alone costs more than a lookup. */
const OVERLOADED = new HttpProblem(
  503,
  'overloaded',
  'Expected fewer requests than now: the server is overloaded and refuses some for a moment',
  { headers: { 'retry-after': '1' } },
);

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
  /** Ranks what is typed for who asks; everybody gets the same when null. */
  readonly personal: Pick<PersonalSuggest, 'answer'> | null;
  readonly markAnonymous: MarkAnonymous;
  /** Told of answers to somebody, and of those that were asked not to be personalised; nobody is when null. */
  readonly noteServed: NoteServed | null;
  readonly cacheBytes: number;
  readonly metrics: ServerMetrics;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** A request on its way to its answer. */
interface Handled {
  readonly asked: SuggestRequest;
  /** What is known of who asks; null for nobody in particular. */
  readonly reading: ProfileReading | null;
  readonly started: number;
}

/** A request whose snapshot and market are known. */
interface Resolved {
  readonly snapshot: LoadedSnapshot;
  readonly asked: SuggestRequest;
  readonly market: string;
  /** Whether the profile of who asks was not to be had. */
  readonly isDegraded: boolean;
  /** Whether who asks removed something, so that the answer to anybody is not theirs. */
  readonly hasRemovals: boolean;
}

/**
 * Answers suggestions from the snapshot that is current, through a cache of written answers. All of it is synchronous, once the profile of who asks is there: a
 * request sees one snapshot, and touches memory only, but for that profile, which may be read from its store.
 */
export class SuggestRoute {
  #served: LoadedSnapshot | null = null;
  #servedLexicon = 0;
  #cache: AnswerCache;
  readonly #markets = new Map<string | null, string>();
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

  #handle(request: FastifyRequest, reply: FastifyReply): void | Promise<void> {
    const { now, metrics, overload, profileOf, markAnonymous } = this.#options;
    if (overload.isOverloaded) {
      metrics.requestsShed++;
      throw OVERLOADED;
    }
    const started = now();
    const asked = parseSuggestRequest((request.query as RawQuery).raw);
    if (!asked.personalise) markAnonymous(request, reply);
    const reading = profileOf?.(askerOf(asked)) ?? null;
    if (reading instanceof Promise) {
      return reading.then((read) => this.#send(request, reply, { asked, reading: read, started }));
    }
    return this.#send(request, reply, { asked, reading, started });
  }

  #send(request: FastifyRequest, reply: FastifyReply, { asked, reading, started }: Handled): void {
    const { now, metrics, keys } = this.#options;
    const snapshot = this.#takeSnapshot();
    if (asked.explain) admitExplain(keys, request.headers.authorization);
    const market = this.#resolveMarket(snapshot, asked.market ?? this.#options.market);
    const isDegraded = reading?.isDegraded ?? false;
    const hasRemovals = (reading?.profile?.removed.length ?? 0) > 0;
    const resolved = { snapshot, asked, market, isDegraded, hasRemovals };
    const personal = reading === null ? null : this.#rank(request.id, resolved, reading);
    const tail = personal === null ? this.#answer(resolved) : personal.tail;
    sendAnswer(request, reply, tail);
    metrics.countAnswer(now() - started);
    this.#note(request.id, resolved, personal, tail);
  }

  /** What is shown to nobody in particular tells of nobody; it is not logged, unless it was asked for so. */
  #note(
    requestId: string,
    { snapshot, asked, market }: Resolved,
    personal: WrittenAnswer | null,
    tail: string,
  ): void {
    const { noteServed } = this.#options;
    const { user, session, personalise } = asked;
    if (noteServed === null || (user === null && session === null && personalise)) return;
    const ranked = personal?.ranked ?? null;
    noteServed({ requestId, asker: askerOf(asked), snapshot: snapshot.name, market, ranked, tail });
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
      this.#markets.clear();
      this.#served = snapshot;
      this.#servedLexicon = lexicon;
    }
    return snapshot;
  }

  /** As the engine does, whose answer is remembered for the few markets that are asked for. */
  #resolveMarket({ engine }: LoadedSnapshot, requested: string | null): string {
    const known = this.#markets.get(requested);
    if (known !== undefined) return known;
    const market = engine.resolveMarket(requested);
    if (this.#markets.size >= MOST_MARKETS) this.#markets.clear();
    this.#markets.set(requested, market);
    return market;
  }

  /** The answer for who asks; null where it is that of anybody. */
  #rank(requestId: string, resolved: Resolved, reading: ProfileReading): WrittenAnswer | null {
    const { personal } = this.#options;
    const { snapshot, asked, market } = resolved;
    const { text, limit, video, explain, user, session, context } = asked;
    if (personal === null || text === '') return null;
    const contextAsked = context.length > 0;
    const lexicon = this.#servedLexicon;
    const question: PersonalQuestion = {
      requestId,
      text,
      limit,
      market,
      video,
      explain,
      user,
      session,
      contextAsked,
      lexicon,
    };
    return personal.answer(snapshot, question, reading, {
      listed: (answer) => writeListedTail(answer, frameOf(resolved, true, cutOf(answer))),
      explained: (answer) => {
        const frame = frameOf(resolved, true, cutOf(answer));
        const { explanation } = answer;
        return writeAnswerTail(answer, { ...frame, explainedRules: snapshot.rules, explanation });
      },
    });
  }

  /** The answer to anybody, remembered where it is the same for everybody. */
  #answer(resolved: Resolved): string {
    const { metrics } = this.#options;
    const { asked, market } = resolved;
    const isOwn = asked.explain || resolved.isDegraded || resolved.hasRemovals;
    const shared = isOwn ? null : this.#sharedVersion(asked, market);
    // What is somebody's own is nobody else's, and changes with each search: it is written anew.
    if (shared === null) return this.#write(resolved);
    const key = `${shared} ${answerKey(asked.text, asked.limit, market, asked.context.length > 0)}`;
    const remembered = this.#cache.get(key);
    if (remembered !== undefined) {
      metrics.cacheHits++;
      return remembered;
    }
    metrics.cacheMisses++;
    const tail = this.#write(resolved);
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

  #write(resolved: Resolved): string {
    const { snapshot, asked, market, hasRemovals } = resolved;
    const { beforeTyping, fresh } = this.#options;
    const suggest = (most: number) => {
      const found = snapshot.engine.suggest(asked.text, { limit: most, market });
      return fresh === null ? found : fresh.complete(found, most);
    };
    const { limit } = asked;
    const onVideo = this.#searchedOnVideo(snapshot, asked, market);
    // Of signs alone nothing is ranked, nor left out for who asks: what is shown before typing is.
    const isTyped = asked.text !== '' && !hasRemovals;
    const answer =
      isTyped || beforeTyping === null
        ? { ...liftForVideo(suggest(limit), onVideo), personalised: false }
        : beforeTyping.answer({ market, limit, onVideo }, askerOf(asked), suggest);
    const frame = frameOf(resolved, answer.personalised, answer.degraded ?? NOTHING_DEGRADED);
    return writeAnswerTail(
      answer,
      asked.explain ? { ...frame, explainedRules: snapshot.rules } : frame,
    );
  }
}

/** The index of ungrouped forms promises the order of its counts for typed text. */
function keepsOrder({ content }: LoadedSnapshot): boolean {
  return content?.manifest.group === 'none';
}

/** Whose answer it is: nobody's in particular when it must not be personalised. */
function askerOf(asked: SuggestRequest): Asker {
  return asked.personalise ? asked : NOBODY;
}

const NOBODY: Asker = { user: null, session: null };
