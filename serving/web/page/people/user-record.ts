import type { DescribedProfile } from '../../../../ranking/profiles/profile-description.ts';
import type { ErasureReceipt } from '../../../people/erasure-receipt.ts';

/** What is kept of a user. */
export interface UserRecord {
  /** Null where there is none. */
  readonly profile: DescribedProfile | null;
  readonly events: readonly unknown[];
  readonly served: readonly unknown[];
}

/** Asks what is kept of a user; throws when no answer comes. */
export async function fetchUserRecord(
  user: string,
  key: string,
  signal: AbortSignal,
): Promise<UserRecord> {
  const response = await ask(user, key, { signal });
  const { profiles, events, served } = (await response.json()) as {
    readonly profiles: readonly (DescribedProfile & { readonly of: string })[];
    readonly events: readonly unknown[];
    readonly served: readonly unknown[];
  };
  return { profile: profiles.find(({ of }) => of === 'the user') ?? null, events, served };
}

/** Erases a user from every place; throws when no answer comes. */
export async function eraseUser(user: string, key: string): Promise<ErasureReceipt> {
  const response = await ask(user, key, { method: 'DELETE' });
  return (await response.json()) as ErasureReceipt;
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
