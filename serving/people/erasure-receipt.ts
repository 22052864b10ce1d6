/** What became of one place where a user may be kept. */
export interface ErasedPlace {
  readonly place: string;
  /** `pending`: not erased yet; it is tried again until it is, after a restart too. */
  readonly status: 'erased' | 'pending';
  /** Entries that were removed; 0 where there was nothing. */
  readonly removed: number;
  /** What these entries are, or why it is pending. */
  readonly detail: string;
}

/** What is not erased, and for how long. */
export interface RemainingPlace {
  readonly place: string;
  readonly what: string;
  readonly until: string;
}

/** What an erasure did, place by place. */
export interface ErasureReceipt {
  readonly erasure: string;
  readonly status: 'erased' | 'pending';
  /** ISO 8601. */
  readonly begun: string;
  readonly places: readonly ErasedPlace[];
  readonly stays: readonly RemainingPlace[];
}

/** What stays of anybody: nothing of it names a user, or holds a text that too few others searched. */
export const WHAT_STAYS: readonly RemainingPlace[] = [
  {
    place: 'snapshot',
    what: 'counts of queries that had passed the threshold of distinct users, and evidence between them that had, with this user among those counted',
    until:
      'the next build (foretype index --events, or from input without this user): it is made without the erased events',
  },
  {
    place: 'live counts',
    what: 'sums in memory to which this user added, without texts of theirs alone: how often a query is searched in all, how often a suggestion shown to all is taken',
    until: 'the server is started again; it counts from the log, without the erased events',
  },
  {
    place: 'event-ids',
    what: 'keyed hashes of the ids of the erased events, by which one that is sent again is told; they name nobody',
    until: 'some ten million later events',
  },
  {
    place: 'other events of this user',
    what: 'events that named neither this user nor a session of theirs, and those of requests with personalise=false: nothing tells whose they are',
    until: 'retention drops them',
  },
];
