import type { UserHasher } from '../../indexer/events/user-hasher.ts';
import {
  type DescribedProfile,
  describeProfile,
} from '../../ranking/profiles/profile-description.ts';
import type { EventIntake } from '../events/event-intake.ts';
import type { PersonalStore } from '../events/personal-store.ts';
import type { ProfileOwner, ProfileReading } from '../personal/profile-source.ts';
import type { ServedStore } from '../served/served-store.ts';
import type { ErasureReceipt } from './erasure-receipt.ts';
import { findSessions, isOf, mentionsOf, recordsOf, type UserSubject } from './user-trail.ts';

/** That something kept of a user cannot be read now: an export without it would not be whole. */
export class ExportUnavailable extends Error {
  override readonly name = 'ExportUnavailable';
}

export interface ExportOptions {
  readonly intake: Pick<EventIntake, 'log'> & {
    readonly hasher: Pick<UserHasher, 'allHashesOfUser' | 'forget'>;
  };
  readonly profiles: { profileOf(owner: ProfileOwner): ProfileReading | Promise<ProfileReading> };
  readonly stores: () => readonly PersonalStore[];
  readonly served: Pick<ServedStore, 'read' | 'failure'> | null;
  readonly now: () => number;
}

/** What is read before the export begins, so that it can be refused as a whole. */
interface Opening {
  readonly subject: UserSubject;
  readonly profiles: readonly (DescribedProfile & { readonly of: string })[];
}

/**
 * All that is kept of a user, as the pieces of one JSON document: events and served lists are read while it is sent, so that it takes no memory however many they are. Rejects with
 * `ExportUnavailable` before the first piece.
 *
 * @param erasure of the user, when one is under way
 */
export async function exportUser(
  options: ExportOptions,
  user: string,
  requestId: string,
  erasure: ErasureReceipt | null,
): Promise<AsyncIterable<string>> {
  const { intake, served } = options;
  if (served !== null && served.failure !== null) throw new ExportUnavailable(served.failure);
  const users = intake.hasher.allHashesOfUser(user);
  const subject = { users, sessions: await findSessions(intake.log, users) };
  const profiles = await readProfiles(options, subject);
  return pieces(options, { subject, profiles }, { requestId, user, erasure });
}

async function readProfiles({ profiles, now }: ExportOptions, { users, sessions }: UserSubject) {
  const owners: readonly (ProfileOwner & { readonly of: string })[] = [
    ...users.map((hash, place) => {
      const of = place === 0 ? 'the user' : 'the user, under an earlier secret';
      return { kind: 'user' as const, hash, of };
    }),
    ...sessions.map((hash) => ({ kind: 'session' as const, hash, of: 'a session' })),
  ];
  const described: (DescribedProfile & { readonly of: string })[] = [];
  for (const { of, ...owner } of owners) {
    const reading = await profiles.profileOf(owner);
    if (reading.isDegraded) {
      throw new ExportUnavailable('the profile cannot be read from its store now; try again');
    }
    if (reading.profile === null) continue;
    described.push({ of, ...describeProfile(reading.profile, owner.hash, now()) });
  }
  return described;
}

async function* pieces(
  { intake, stores, served, now }: ExportOptions,
  { subject, profiles }: Opening,
  told: {
    readonly requestId: string;
    readonly user: string;
    readonly erasure: ErasureReceipt | null;
  },
): AsyncGenerator<string> {
  const live = Object.fromEntries(
    stores().flatMap((store) => {
      const held = subject.users
        .map((hash) => store.exportUser?.(hash) ?? null)
        .filter((each) => each !== null);
      return held.length === 0 ? [] : [[store.name, held.flat()]];
    }),
  );
  const head = JSON.stringify({ ...told, exportedAt: timeOf(now()), profiles, live });
  yield head.slice(0, -1);
  yield ',"events":[';
  let separator = '';
  for await (const { arrivedMs, event, ...record } of recordsOf(intake.log, subject)) {
    const { atMs, ...fields } = event;
    const written = {
      arrivedAt: timeOf(arrivedMs),
      ...record,
      event: { at: timeOf(atMs), ...fields },
    };
    yield separator + JSON.stringify(written);
    separator = ',';
  }
  yield '],"served":[';
  separator = '';
  for await (const { atMs, features, ...list } of served?.read(mentionsOf(subject)) ?? []) {
    if (!isOf(subject, list)) continue;
    yield separator + JSON.stringify({ at: timeOf(atMs), ...list, features: [...features] });
    separator = ',';
  }
  yield ']}';
}

function timeOf(atMs: number): string {
  return new Date(atMs).toISOString();
}
