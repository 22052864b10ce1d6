import type { Registry } from 'prom-client';
import type { UserHasher } from '../../indexer/events/user-hasher.ts';
import { TimeHistogram, type TimeSeries } from '../http/time-histogram.ts';
import type { LoadedSnapshot } from '../snapshot/snapshot-source.ts';
import type { EngineAnswer } from '../suggest-engine.ts';
import type { SessionStore } from '../surfaces/generator.ts';
import type { PlainAsker } from './asker-profile.ts';
import type { ClickRates } from './click-rates.ts';
import { type AnswerExplanation, STAGES } from './explanation.ts';
import type { PersonalRanking } from './personal-ranking.ts';
import type { ProfileReading } from './profile-source.ts';

const BOUNDS_S = [
  0.000_005, 0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.01,
];
const CORRECTIONS_CUT: readonly string[] = ['corrections'];

/** A request of somebody for what is typed. */
export interface PersonalQuestion extends PlainAsker {
  readonly requestId: string;
  readonly text: string;
  readonly limit: number;
  /** The market that is used. */
  readonly market: string;
  readonly video: string | null;
  readonly explain: boolean;
}

/** An answer ranked for who asks. */
export interface PersonalAnswer extends EngineAnswer {
  readonly personalised: true;
  readonly explanation: AnswerExplanation | null;
  /** What ranked it, by what. */
  readonly ranker: string;
  readonly features: Float32Array;
}

export interface PersonalSuggestOptions {
  readonly ranking: PersonalRanking;
  readonly hasher: Pick<UserHasher, 'hashUser' | 'hashSession'>;
  readonly sessions: SessionStore;
  readonly clicks: ClickRates;
  /** The server's time. */
  readonly nowMs: () => number;
}

/** What is answered to what somebody types, of whom something may be known. */
export class PersonalSuggest {
  readonly #options: PersonalSuggestOptions;
  #stages: readonly TimeSeries[] = [];

  constructor(options: PersonalSuggestOptions) {
    this.#options = options;
  }

  /** Shows how long each stage takes. */
  registerMetrics(registry: Registry): void {
    const stages = new TimeHistogram({
      name: 'foretype_personal_stage_seconds',
      help: 'Time of each stage of a personal answer: generate, hydrate, rank, filter, select',
      ...{ label: 'stage', bounds: BOUNDS_S, registry },
    });
    this.#stages = STAGES.map((stage) => stages.seriesOf(stage));
  }

  /** Prepares a snapshot before requests come. */
  useSnapshot({ content, finder }: LoadedSnapshot): void {
    if (content !== undefined && finder !== undefined) {
      this.#options.ranking.faceOf({ ...content, engine: finder });
    }
  }

  /** Null where nothing is known of who asks, so that the answer is that of anybody. */
  answer(
    { content, finder }: LoadedSnapshot,
    question: PersonalQuestion,
    reading: ProfileReading,
  ): PersonalAnswer | null {
    if (content === undefined || finder === undefined) return null;
    const { ranking, hasher, sessions, clicks, nowMs } = this.#options;
    const { user, session, text, limit, market, video, explain, requestId } = question;
    if (user === null && session === null) return null;
    const request = {
      ...{ typed: text, limit, market, reading, video, nowMs: nowMs() },
      ownerHash: user === null ? hasher.hashSession(session ?? '') : hasher.hashUser(user),
      session: session === null ? null : sessions.sessionOf(session),
    };
    const answer = ranking.answer({ ...content, engine: finder }, request, explain);
    if (answer === null) return null;
    clicks.noteRequest(requestId, answer.normalised);
    this.#observe(ranking.pipeline.stageUs);
    const { suggestions, normalised, explanation, isCut, ranker, features } = answer;
    return {
      ...{ ranker, features },
      ...{ market: answer.market, normalised, suggestions, explanation, personalised: true },
      ...(isCut ? { degraded: CORRECTIONS_CUT } : {}),
    };
  }

  #observe(stageUs: Float64Array): void {
    this.#stages.forEach((stage, i) => {
      stage.observe((stageUs[i] ?? 0) / 1e6);
    });
  }
}
