import type { EventListener } from '../events/event-listener.ts';
import type { PersonalStore } from '../events/personal-store.ts';
import type { LoadedSnapshot } from '../snapshot/snapshot-source.ts';
import { ClickRates } from './click-rates.ts';
import type { LiveCandidates } from './generation.ts';
import { LiveCounts } from './live-counts.ts';
import { PersonalRanking } from './personal-ranking.ts';
import { PersonalSuggest, type PersonalSuggestOptions } from './personal-suggest.ts';

/** The personal part of a server's suggestions, who is to hear of events for it, and where it holds anything of people. */
export interface CreatedPersonalSuggest {
  readonly suggest: PersonalSuggest;
  readonly listeners: readonly EventListener[];
  readonly personalStores: readonly PersonalStore[];
  /** To be told of every snapshot before requests are answered from it. */
  useSnapshot(snapshot: LoadedSnapshot): void;
}

/** Puts the personal part of a server together. */
export function createPersonalSuggest({
  videos,
  fresh,
  ...options
}: Pick<PersonalSuggestOptions, 'hasher' | 'sessions' | 'nowMs'> &
  LiveCandidates): CreatedPersonalSuggest {
  const counts = new LiveCounts();
  const clicks = new ClickRates();
  const ranking = new PersonalRanking({ live: { videos, fresh }, states: { counts, clicks } });
  const suggest = new PersonalSuggest({ ...options, ranking, clicks });
  return {
    suggest,
    listeners: [counts, clicks],
    personalStores: [counts, clicks],
    useSnapshot: (snapshot) => {
      suggest.useSnapshot(snapshot);
      if (snapshot.content !== undefined) counts.useSnapshot(snapshot.content.segment);
    },
  };
}
