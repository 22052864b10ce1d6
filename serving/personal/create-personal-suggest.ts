import type { EventListener } from '../events/event-listener.ts';
import type { PersonalStore } from '../events/personal-store.ts';
import { finishInTurns } from '../sliced-work.ts';
import type { SnapshotContent } from '../snapshot/snapshot-content.ts';
import type { LoadedSnapshot } from '../snapshot/snapshot-source.ts';
import { AnswerMemory } from './answer-memory.ts';
import { type ClickRateOptions, ClickRates } from './click-rates.ts';
import { CompletionLanguages } from './completion-languages.ts';
import type { LiveCandidates } from './generation.ts';
import { LiveCounts } from './live-counts.ts';
import { PersonalRanking, type PersonalRankingOptions } from './personal-ranking.ts';
import { PersonalSuggest, type PersonalSuggestOptions } from './personal-suggest.ts';

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
  const suggest = new PersonalSuggest({ ...options, ranking, clicks, memory });
  const noteCounted = ({ content, finder }: LoadedSnapshot) => {
    if (clicks.isEmpty || content === undefined || finder === undefined) return;
    const face = ranking.faceOf({ ...content, engine: finder });
    face.noteCounted((id) => clicks.tallyOf(id) !== undefined);
  };
  return {
    suggest,
    listeners: [counts, clicks, memory],
    clearCaches: () => memory.clear(),
    personalStores: [counts],
    clicks,
    prepare: async ({ content }) => {
      if (content !== undefined) await CompletionLanguages.prepare(content.segment);
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
