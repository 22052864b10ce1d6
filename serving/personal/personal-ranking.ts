import type { Manifest } from '../../indexer/segment/manifest.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import type { Profile } from '../../ranking/profiles/profile.ts';
import { DEFAULT_MODEL } from '../../ranking/rankers/default-model.ts';
import { createRanker, type RankerModel } from '../../ranking/rankers/model-file.ts';
import type { Ranker } from '../../ranking/rankers/ranker.ts';
import type { Engine } from '../retrieval/engine.ts';
import type { LiveCandidates } from './generation.ts';
import type { LiveStates } from './live-columns.ts';
import type { Asker, PersonalRequest } from './personal-request.ts';
import {
  type FeatureMatrix,
  type ListedPipelineAnswer,
  PersonalPipeline,
  type PipelineAnswer,
  type PipelineOptions,
} from './pipeline.ts';
import type { ProfileReading } from './profile-source.ts';
import { SnapshotFace } from './snapshot-face.ts';

export interface PersonalRankingOptions {
  /** The default weights when absent. */
  readonly model?: RankerModel;
  /** Orders instead of the model's weights. */
  readonly ranker?: Ranker;
  /** Instead of the model's. */
  readonly diversity?: number;
  /** What is outside the snapshot; nothing when absent. */
  readonly live?: LiveCandidates;
  readonly states?: LiveStates;
  readonly isSuppressed?: PipelineOptions['isSuppressed'];
}

/** A snapshot that can be ranked for somebody. */
export interface RankableSnapshot {
  readonly segment: Segment;
  readonly manifest: Manifest;
  readonly engine: Engine;
}

const NOTHING_LIVE: LiveCandidates = { videos: null, fresh: null };
const NO_STATES: LiveStates = { counts: null, clicks: null };

/**
 * Ranks suggestions for somebody, over any snapshot: served, embedded, or offline to fit weights and judge them. Synchronous; one request at a time.
 */
export class PersonalRanking {
  readonly pipeline: PersonalPipeline;
  readonly #faces = new WeakMap<Segment, SnapshotFace>();

  constructor(options: PersonalRankingOptions = {}) {
    const model = options.model ?? DEFAULT_MODEL;
    this.pipeline = new PersonalPipeline({
      ranker: options.ranker ?? createRanker(model),
      diversity: options.diversity ?? model.diversity,
      live: options.live ?? NOTHING_LIVE,
      states: options.states ?? NO_STATES,
      isSuppressed: options.isSuppressed,
    });
  }

  /** What is prepared of a snapshot: milliseconds when it is first asked for, so that it is better asked for before requests come. */
  faceOf({ segment, manifest, engine }: RankableSnapshot): SnapshotFace {
    let face = this.#faces.get(segment);
    if (face === undefined) {
      face = new SnapshotFace(segment, manifest, engine, this.pipeline.slopes);
      this.#faces.set(segment, face);
    }
    return face;
  }

  /** The answer, ranked for who asks; null where nothing is known of them, so that the answer is that of anybody. */
  answer(
    snapshot: RankableSnapshot,
    request: PersonalRequest,
    explain = false,
  ): PipelineAnswer | null {
    const face = this.faceOf(snapshot);
    const asker = askerOf(face, request);
    if (asker === null) return null;
    return this.pipeline.answer(face, request, asker, explain);
  }

  /** The same answer, written down: see `PersonalPipeline.answerListed`. */
  answerListed(snapshot: RankableSnapshot, request: PersonalRequest): ListedPipelineAnswer | null {
    const face = this.faceOf(snapshot);
    const asker = askerOf(face, request);
    return asker === null ? null : this.pipeline.answerListed(face, request, asker);
  }

  /**
   * The candidates of a request with their features, whether anything is known of who asks or not: what weights are fitted over. In memory that the next request
   * overwrites.
   */
  matrix(snapshot: RankableSnapshot, request: PersonalRequest): FeatureMatrix {
    const face = this.faceOf(snapshot);
    return this.pipeline.matrix(face, request, askerOf(face, request) ?? NOBODY);
  }
}

const NO_QUERIES: readonly string[] = [];
const NOBODY: Asker = {
  ...{ known: null, owner: null, queries: NO_QUERIES, video: null, isOnScreen: false, slip: null },
};

/** The normalised form of a candidate of a matrix. */
export function candidateText(
  { segment }: Pick<RankableSnapshot, 'segment'>,
  { candidates, generation }: FeatureMatrix,
  row: number,
): string {
  const text = generation.texts[row];
  if (text !== undefined) return text.normalised;
  return segment.normalisedTexts(Uint32Array.of(candidates.ids[row]!), 1)[0]!;
}

/** A reading of a profile that was not read from a keeper; the same object is to be given while the profile does not change. */
export function readingOf(profile: Profile | null, revision = 0): ProfileReading {
  return { profile, revision, isDegraded: false };
}

/** What is known of who asks; null when nothing is. */
function askerOf(face: SnapshotFace, { reading, session, video, nowMs }: PersonalRequest) {
  const known = face.askerOf(reading, nowMs);
  const queries =
    session !== null && session.queries.length > 0
      ? session.queries
      : (known?.queriesAt(nowMs) ?? NO_QUERIES);
  const watched = session?.videos[0] ?? known?.videoAt(nowMs) ?? null;
  if (known === null && queries.length === 0 && watched === null) return null;
  const asker: Asker = {
    known,
    owner: known === null ? null : known.owner,
    queries,
    video: video ?? watched,
    isOnScreen: video !== null,
    slip: known === null ? null : known.slipAt(nowMs),
  };
  return asker;
}
