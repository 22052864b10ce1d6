import type { Registry } from 'prom-client';
import type { UserHasher } from '../../indexer/events/user-hasher.ts';
import { readMetricsOf } from '../http/read-metrics.ts';
import { TimeHistogram, type TimeSeries } from '../http/time-histogram.ts';
import type { LoadedSnapshot } from '../snapshot/snapshot-source.ts';
import type { SessionContext, SessionStore } from '../surfaces/generator.ts';
import { type AnswerMemory, answerMemoryKey, type WrittenAnswer } from './answer-memory.ts';
import type { PlainAsker } from './asker-profile.ts';
import type { ClickRates } from './click-rates.ts';
import { STAGES } from './explanation.ts';
import { LateFeatures } from './late-features.ts';
import type { PersonalRanking } from './personal-ranking.ts';
import type { PersonalRequest } from './personal-request.ts';
import type { ListedPipelineAnswer, PipelineAnswer } from './pipeline.ts';
import type { ProfileReading } from './profile-source.ts';

const BOUNDS_S = [
  0.000_005, 0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.01,
];

/** A request of somebody for what is typed. */
export interface PersonalQuestion extends PlainAsker {
  readonly requestId: string;
  readonly text: string;
  readonly limit: number;
  /** The market that is used. */
  readonly market: string;
  readonly video: string | null;
  readonly explain: boolean;
  /** Whether the answer is to tell that a context was not applied. */
  readonly contextAsked: boolean;
  /** The version of synonyms and stop words. */
  readonly lexicon: number;
}

/** Writes an answer, ranked for who asks, down as it is sent. */
export interface AnswerWriting {
  listed(answer: ListedPipelineAnswer): string;
  explained(answer: PipelineAnswer): string;
}

export interface PersonalSuggestOptions {
  readonly ranking: PersonalRanking;
  readonly hasher: Pick<UserHasher, 'hashUser' | 'hashSession'>;
  readonly sessions: SessionStore;
  readonly clicks: ClickRates;
  readonly memory: AnswerMemory;
  /** The server's time. */
  readonly nowMs: () => number;
}

/** What is known of who asks. */
interface Known {
  readonly reading: ProfileReading;
  readonly session: SessionContext | null;
  /** Hash of the user, or of the session of somebody who names no user. */
  readonly owner: string;
  readonly nowMs: number;
}

/** What is answered to what somebody types, of whom something may be known. */
export class PersonalSuggest {
  readonly #options: PersonalSuggestOptions;
  #stages: readonly TimeSeries[] = [];

  constructor(options: PersonalSuggestOptions) {
    this.#options = options;
  }

  /** Shows how long each stage takes, and how many answers were given again. */
  registerMetrics(registry: Registry): void {
    const stages = new TimeHistogram({
      name: 'foretype_personal_stage_seconds',
      help: 'Time of each stage of a personal answer: generate, hydrate, rank, filter, select',
      ...{ label: 'stage', bounds: BOUNDS_S, registry },
    });
    this.#stages = STAGES.map((stage) => stages.seriesOf(stage));
    const { memory } = this.#options;
    const { counter, gauge } = readMetricsOf(registry);
    counter(
      'foretype_personal_answers_remembered_total',
      'Personal answers that were given again, as nothing had changed since they were written',
      () => memory.hits,
    );
    counter(
      'foretype_personal_answers_written_total',
      'Personal answers that were looked for among those written a moment ago, and were written anew',
      () => memory.misses,
    );
    gauge(
      'foretype_personal_answer_memory_bytes',
      'Estimated bytes of the personal answers that are remembered',
      () => memory.sizeBytes,
    );
  }

  /** Prepares a snapshot before requests come. */
  useSnapshot({ content, finder }: LoadedSnapshot): void {
    if (content !== undefined && finder !== undefined) {
      this.#options.ranking.faceOf({ ...content, engine: finder });
    }
  }

  /** The answer as it is written down, now or a moment ago; null where nothing is known of who asks, so that it is that of anybody. */
  answer(
    snapshot: LoadedSnapshot,
    question: PersonalQuestion,
    reading: ProfileReading,
    writing: AnswerWriting,
  ): WrittenAnswer | null {
    const { hasher, sessions, clicks, memory } = this.#options;
    const { user, session } = question;
    if (user === null && session === null) return null;
    const context = session === null ? null : sessions.sessionOf(session);
    if (reading.profile === null && context === null) return null;
    const nowMs = this.#options.nowMs();
    const sessionHash = session === null ? null : hasher.hashSession(session);
    const owner = user === null ? (sessionHash ?? '') : hasher.hashUser(user);
    const isKept = !question.explain && !reading.isDegraded;
    const { lexicon } = question;
    const sources = { snapshot, lexicon, reading };
    const key = isKept ? answerMemoryKey(question, owner, sessionHash) : '';
    let written = isKept ? memory.recall(key, sources, nowMs) : null;
    if (written === null) {
      written = this.#rank(
        snapshot,
        question,
        { reading, session: context, owner, nowMs },
        writing,
      );
      if (written !== null && isKept) memory.remember(key, written, sources, nowMs);
    }
    if (written !== null) clicks.noteRequest(question.requestId, written.normalised);
    return written;
  }

  #rank(
    { content, finder }: LoadedSnapshot,
    { text, limit, market, video, explain }: PersonalQuestion,
    { owner, reading, session, nowMs }: Known,
    writing: AnswerWriting,
  ): WrittenAnswer | null {
    if (content === undefined || finder === undefined) return null;
    const { ranking } = this.#options;
    const { segment, manifest } = content;
    const rankable = { segment, manifest, engine: finder };
    const request: PersonalRequest = {
      typed: text,
      limit,
      market,
      video,
      ownerHash: owner,
      reading,
      session,
      nowMs,
    };
    const answer = explain
      ? ranking.answer(rankable, request, true)
      : ranking.answerListed(rankable, request);
    if (answer === null) return null;
    this.#observe(ranking.pipeline.stageUs);
    const tail = 'list' in answer ? writing.listed(answer) : writing.explained(answer);
    return { tail, normalised: answer.normalised, ranked: new LateFeatures(ranking.pipeline) };
  }

  #observe(stageUs: Float64Array): void {
    const stages = this.#stages;
    for (let i = 0; i < stages.length; i++) stages[i]!.observe(stageUs[i]! / 1e6);
  }
}
