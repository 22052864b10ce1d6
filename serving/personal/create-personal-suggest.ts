import type { Segment } from '../../indexer/segment/segment.ts';
import type { EventListener } from '../events/event-listener.ts';
import type { PersonalStore } from '../events/personal-store.ts';
import { finish, finishInTurns } from '../sliced-work.ts';
import type { SnapshotContent } from '../snapshot/snapshot-content.ts';
import type { LoadedSnapshot } from '../snapshot/snapshot-source.ts';
import { AnswerMemory } from './answer-memory.ts';
import { bestIds } from './best-ids.ts';
import { type ClickRateOptions, ClickRates } from './click-rates.ts';
import { CompletionLanguages } from './completion-languages.ts';
import type { LiveCandidates } from './generation.ts';
import { LiveCounts } from './live-counts.ts';
import { PersonalRanking, type PersonalRankingOptions } from './personal-ranking.ts';
import { PersonalSuggest, type PersonalSuggestOptions } from './personal-suggest.ts';
import { MOST_IDS } from './snapshot-face.ts';

/** The personal part of a server's suggestions, who is to hear of events for it, and where it holds anything of people. */
export interface CreatedPersonalSuggest {
  readonly suggest: PersonalSuggest;
  readonly listeners: readonly EventListener[];
  readonly personalStores: readonly PersonalStore[];
  /** Holds something of people, too. */
  readonly clicks: ClickRates;
  /** Forgets the answers that it may give again. */
  clearCaches(): void;
  /** Works out what takes long of a snapshot, before it is served. */
  prepare(snapshot: LoadedSnapshot): Promise<void>;
  /** To be told of every snapshot before requests are answered from it. */
  useSnapshot(snapshot: LoadedSnapshot): void;
  /** To be told once the events from before the start were replayed: their clicks count from the first answer on. */
  useReplayed(): void;
  /** To be told up to where a snapshot counts the events of the log, once that is known. */
  useCounted(content: SnapshotContent, from: number): Promise<void>;
}

/** How a server orders suggestions for who asks, where that is not as it comes. */
export type RankingSettings = Pick<PersonalRankingOptions, 'model' | 'diversity'> &
  Pick<ClickRateOptions, 'positionBias' | 'smoothing'>;

type CreationOptions = Pick<PersonalSuggestOptions, 'hasher' | 'sessions' | 'nowMs'> &
  Pick<PersonalRankingOptions, 'isSuppressed'> &
  LiveCandidates & {
    readonly settings?: RankingSettings | undefined;
    /** Bound on the answers that are remembered; 32 MiB when absent. */
    readonly memoryBytes?: number;
  };

/** Puts the personal part of a server together. */
export function createPersonalSuggest({
  videos,
  fresh,
  settings = {},
  isSuppressed,
  memoryBytes,
  ...options
}: CreationOptions): CreatedPersonalSuggest {
  const counts = new LiveCounts();
  const { positionBias, smoothing, ...order } = settings;
  const clicks = new ClickRates({
    ...(positionBias === undefined ? {} : { positionBias }),
    ...(smoothing === undefined ? {} : { smoothing }),
  });
  const live = { videos, fresh };
  const ranking = new PersonalRanking({
    ...order,
    ...{ isSuppressed, live, states: { counts, clicks } },
  });
  const memory = new AnswerMemory(memoryBytes);
  let current: LoadedSnapshot | null = null;
  /** The ids of the snapshot that is served next. */
  let prepared: { readonly segment: Segment; readonly ids: readonly string[] } | null = null;
  const suggest = new PersonalSuggest({ ...options, ranking, clicks, memory });
  const noteCounted = ({ content, finder }: LoadedSnapshot) => {
    if (clicks.isEmpty || content === undefined || finder === undefined) return;
    const face = ranking.faceOf({ ...content, engine: finder });
    const { segment } = content;
    const ids = prepared?.segment === segment ? prepared.ids : finish(bestIds(segment, MOST_IDS));
    prepared = null;
    face.noteCounted(ids, (id) => clicks.tallyOf(id) !== undefined);
  };
  return {
    suggest,
    listeners: [counts, clicks, memory],
    clearCaches: () => memory.clear(),
    personalStores: [counts],
    clicks,
    prepare: async ({ content }) => {
      if (content === undefined) return;
      const { segment } = content;
      await CompletionLanguages.prepare(segment);
      if (clicks.isEmpty) return;
      prepared = { segment, ids: await finishInTurns(bestIds(segment, MOST_IDS)) };
    },
    useSnapshot: (snapshot) => {
      suggest.useSnapshot(snapshot);
      current = snapshot;
      noteCounted(snapshot);
      if (snapshot.content !== undefined) counts.useSnapshot(snapshot.content.segment);
    },
    useReplayed: () => {
      if (current !== null) noteCounted(current);
    },
    useCounted: async (content, from) => {
      if (content === current?.content) await finishInTurns(counts.follow(content.segment, from));
    },
  };
}
