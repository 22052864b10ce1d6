/** How much something weighs in a profile: how many searches of just now it comes to. */
export interface KeptWeight {
  readonly of: string;
  readonly weight: number;
}

/** A search of a user's own, as their profile keeps it. */
export interface KeptSearch {
  readonly id: string;
  readonly query: string;
  readonly normalised: string;
  /** ISO 8601. */
  readonly last: string;
  readonly count: number;
}

/** What a profile says of its user, as the API tells it. */
export interface KeptProfile {
  /** Newest first. */
  readonly searches: readonly KeptSearch[];
  readonly removed: readonly unknown[];
  readonly terms: readonly KeptWeight[];
  /** By hash. */
  readonly topics: readonly KeptWeight[];
  readonly entities: readonly KeptWeight[];
  readonly languages: readonly KeptWeight[];
  readonly scripts: readonly KeptWeight[];
  /** By hours in UTC, such as `06-09`. */
  readonly partsOfTheDay: readonly KeptWeight[];
}

/** What is kept of a user. */
export interface UserRecord {
  /** Null where there is none. */
  readonly profile: KeptProfile | null;
  readonly events: readonly unknown[];
  readonly served: readonly unknown[];
}

/** What an erasure did, place by place, and what stays. */
export interface Receipt {
  readonly status: 'erased' | 'pending';
  readonly places: readonly {
    readonly place: string;
    readonly status: 'erased' | 'pending';
    readonly removed: number;
    readonly detail: string;
  }[];
  readonly stays: readonly {
    readonly place: string;
    readonly what: string;
    readonly until: string;
  }[];
}

/** Asks what is kept of a user; throws when no answer comes. */
export async function fetchUserRecord(
  user: string,
  key: string,
  signal: AbortSignal,
): Promise<UserRecord> {
  const response = await ask(user, key, { signal });
  const { profiles, events, served } = (await response.json()) as {
    readonly profiles: readonly (KeptProfile & { readonly of: string })[];
    readonly events: readonly unknown[];
    readonly served: readonly unknown[];
  };
  return { profile: profiles.find(({ of }) => of === 'the user') ?? null, events, served };
}

/** Erases a user from every place; throws when no answer comes. */
export async function eraseUser(user: string, key: string): Promise<Receipt> {
  const response = await ask(user, key, { method: 'DELETE' });
  return (await response.json()) as Receipt;
}

async function ask(user: string, key: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`/v1/users/${encodeURIComponent(user)}`, {
    ...init,
    headers: { authorization: `Bearer ${key}` },
  });
  if (!response.ok)
    throw new Error(`expected what is kept of a user, got status ${response.status}`);
  return response;
}
