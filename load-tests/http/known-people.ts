import { UserHasher } from '../../indexer/events/user-hasher.ts';
import { brandCompletion } from '../../indexer/segment/completion-id.ts';
import { Profile } from '../../ranking/profiles/profile.ts';
import { updateProfile } from '../../ranking/profiles/update-profile.ts';
import { type AskerProfile, createAskerProfile } from '../../serving/personal/asker-profile.ts';
import { Enricher } from '../../serving/personal/enricher.ts';
import { readingOf } from '../../serving/personal/personal-ranking.ts';
import type { ProfileReading } from '../../serving/personal/profile-source.ts';
import type { SnapshotContent } from '../../serving/snapshot/snapshot-content.ts';
import { Random } from '../simulate/random.ts';

/** Users of whom something is known: `user` is their number. */
export const PEOPLE = 500;
const SEARCHES = 100;
const STEP_MS = 3_600_000;
/** Of so many searches one is for what no completion is. */
const OWN_ONE_IN = 4;

/** Profiles in memory, as a keeper's are once they were read. */
export interface KnownPeople {
  readonly hasher: UserHasher;
  readonly profileOf: AskerProfile;
  readonly nowMs: () => number;
}

/** The session in which a person searches. */
export function sessionOf(person: number): string {
  return `s${person}`;
}

/** A search of one of the people, as a client sends it. */
interface KnownSearch {
  readonly type: 'search';
  readonly eventId: string;
  readonly atMs: number;
  readonly query: string;
}

/** A hundred searches of a person, an hour apart, the last one an hour ago, mostly for popular completions. */
export function* searchesOf(
  person: number,
  content: SnapshotContent,
  random: Random,
  nowMs: number,
): Generator<KnownSearch> {
  for (let search = SEARCHES; search > 0; search--) {
    const atMs = nowMs - search * STEP_MS;
    const query = drawQuery(content, random);
    yield { type: 'search', eventId: `${person}-${search}`, atMs, query };
  }
}

/** The profiles of all the people; the same for the same seed. */
export function makeKnownPeople(content: SnapshotContent, seed: number): KnownPeople {
  const random = new Random(seed);
  const hasher = new UserHasher([Buffer.alloc(32, seed)]);
  const enricher = new Enricher();
  enricher.useSnapshot('loaded', content);
  const nowMs = Date.UTC(2026, 0, 1);
  const readings = new Map<string, ProfileReading>();
  for (let person = 0; person < PEOPLE; person++) {
    const user = hasher.hashUser(String(person));
    const profile = new Profile();
    for (const event of searchesOf(person, content, random, nowMs)) {
      const record = { event, arrivedMs: event.atMs, user, session: null, market: 'und' };
      const enriched = enricher.enrich(record);
      updateProfile(profile, enriched === null ? record : { ...record, enriched });
    }
    readings.set(user, readingOf(profile));
  }
  const nobody = readingOf(null);
  const profiles = {
    profileOf: ({ hash }: { readonly hash: string }) => readings.get(hash) ?? nobody,
  };
  return { hasher, profileOf: createAskerProfile(profiles, hasher), nowMs: () => nowMs };
}

function drawQuery({ segment }: SnapshotContent, random: Random): string {
  const rank = Math.floor(segment.completions ** random.unit()) - 1;
  const text = segment.surfaceText(brandCompletion(rank));
  return random.below(OWN_ONE_IN) === 0 ? `${text} once` : text;
}
