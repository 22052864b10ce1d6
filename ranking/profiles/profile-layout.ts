import { ByteCounter, type ByteSink, zigzag } from './byte-sink.ts';
import { decayedWeight } from './decayed-weight.ts';
import { HISTORY_HALF_LIFE_MS, type Profile, type ProfileQuery, TABLES } from './profile.ts';
import { writeTexts } from './query-texts.ts';

/**
 * Lays the parts of a profile that has had an event one behind the other, as FORMAT.md draws them and `profile-codec.ts` reads them. Times are stored as how long
 * before the latest event they were, weights by what they are beside that of one event just then: both are small.
 */
export function layProfile(sink: ByteSink, profile: Profile, lastMs: number): void {
  layFacts(sink, profile, lastMs);
  let laterMs = lastMs;
  for (const query of profile.history) {
    writeTexts(sink, query, isSingle(query) ? 1 : 0);
    layNumbers(sink, query, laterMs);
    laterMs = query.lastMs;
  }
}

/** Bytes that `layProfile` takes; a microsecond or two for a full profile. */
export function laidBytes(profile: Profile): number {
  const { lastMs } = profile;
  if (lastMs === null) return 0;
  const counter = new ByteCounter();
  layFacts(counter, profile, lastMs);
  let laterMs = lastMs;
  for (const query of profile.history) {
    // The texts, most of it all, were counted when they came.
    counter.sizeBytes += query.textBytes;
    layNumbers(counter, query, laterMs);
    laterMs = query.lastMs;
  }
  return counter.sizeBytes;
}

/** Whether a query was searched once: its numbers are not stored, as its time tells them. */
function isSingle({ count, weight, lastMs }: ProfileQuery): boolean {
  return count === 1 && weight === decayedWeight(1, lastMs, HISTORY_HALF_LIFE_MS);
}

function layNumbers(sink: ByteSink, query: ProfileQuery, laterMs: number): void {
  sink.varint(laterMs - query.lastMs);
  if (isSingle(query)) return;
  sink.varint(query.count);
  sink.varint(zigzag(query.weight - decayedWeight(1, query.lastMs, HISTORY_HALF_LIFE_MS)));
}

function layFacts(sink: ByteSink, profile: Profile, lastMs: number): void {
  sink.varint(zigzag(lastMs));
  sink.varint(lastMs - profile.sessionMs);
  for (const name of TABLES) layTable(sink, profile, name, lastMs);
  sink.varint(profile.videos.length);
  for (const { video, atMs } of profile.videos) {
    sink.text(video);
    sink.varint(lastMs - atMs);
  }
  sink.varint(profile.removed.length);
  for (const { id, isKeyed, removedMs } of profile.removed) {
    sink.id(id);
    sink.varint((lastMs - removedMs) * 2 + (isKeyed ? 1 : 0));
  }
  layLatest(sink, profile);
  sink.varint(profile.history.length);
}

function layTable(
  sink: ByteSink,
  profile: Profile,
  name: (typeof TABLES)[number],
  lastMs: number,
): void {
  const table = profile[name];
  const base = decayedWeight(1, lastMs, table.halfLifeMs);
  sink.varint(table.size);
  for (const [key, weight] of table.entries()) {
    if (typeof key === 'string') sink.text(key);
    else if (name === 'dayParts') sink.varint(key);
    else sink.uint32(key);
    sink.varint(zigzag(base - weight));
  }
}

/** Keys of tables stand as their places there. */
function layLatest(sink: ByteSink, profile: Profile): void {
  const { latestSearch, history } = profile;
  const [query] = history;
  if (latestSearch === null || query === undefined) {
    sink.varint(0);
    return;
  }
  const { before, changes } = latestSearch;
  sink.varint(before === null ? 1 : 2);
  if (before !== null) {
    sink.varint(query.lastMs - before.lastMs);
    sink.varint(before.count);
    sink.varint(zigzag(query.weight - before.weight));
  }
  sink.varint(changes.length);
  for (const { table: name, key, before: weight } of changes) {
    const table = profile[name];
    sink.varint(placeOf(table.keys(), key) * TABLES.length + TABLES.indexOf(name));
    const now = table.get(key as never) ?? 0;
    sink.varint(weight === undefined ? 0 : 1 + zigzag(now - weight));
  }
}

function placeOf(keys: Iterable<string | number>, key: string | number): number {
  let place = 0;
  for (const each of keys) {
    if (each === key) return place;
    place++;
  }
  throw new RangeError('expected a change of a key that is kept');
}
