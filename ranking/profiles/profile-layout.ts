import { decayedOne } from './decayed-weight.ts';
import { latestSearch } from './latest-search.ts';
import type { Profile } from './profile.ts';
import {
  HISTORY_HALF_LIFE_MS,
  isSingle,
  type ProfileQuery,
  profileQuery,
} from './profile-query.ts';
import type { ProfileReader } from './profile-reader.ts';
import { TABLES } from './profile-tables.ts';
import type { ProfileWriter } from './profile-writer.ts';
import { readTexts, writeTexts } from './query-texts.ts';
import type { LatestSearch, WeightChange } from './search-changes.ts';
import { packedBytes } from './text-packing.ts';
import { unzigzag, zigzag } from './varint.ts';

/**
 * Lays the parts of a profile that has had an event one behind the other, as FORMAT.md draws them. Times are stored as how long before the latest event they
 * were, weights by what they are beside that of one event just then: both are small.
 */
export function layProfile(writer: ProfileWriter, profile: Profile, lastMs: number): void {
  writer.varint(zigzag(lastMs));
  writer.varint(lastMs - profile.sessionMs);
  for (const name of TABLES) layTable(writer, profile, name, lastMs);
  writer.varint(profile.videos.length);
  for (const { video, atMs } of profile.videos) {
    writer.varint(video.length);
    writer.text(video);
    writer.varint(lastMs - atMs);
  }
  writer.varint(profile.removed.length);
  for (const { id, isKeyed, removedMs } of profile.removed) {
    writer.id(id);
    writer.varint((lastMs - removedMs) * 2 + (isKeyed ? 1 : 0));
  }
  layLatest(writer, profile);
  writer.varint(profile.history.length);
  let laterMs = lastMs;
  for (const query of profile.history) {
    layQuery(writer, query, laterMs);
    laterMs = query.lastMs;
  }
}

function layTable(
  writer: ProfileWriter,
  profile: Profile,
  name: (typeof TABLES)[number],
  lastMs: number,
): void {
  const table = profile[name];
  const base = decayedOne(lastMs, table.halfLifeMs);
  writer.varint(table.size);
  table.forEach((key, weight) => {
    if (typeof key === 'string') {
      writer.varint(key.length);
      writer.text(key);
    } else if (name === 'dayParts') writer.varint(key);
    else writer.uint32(key);
    writer.varint(zigzag(base - weight));
  });
}

function layQuery(writer: ProfileWriter, query: ProfileQuery, laterMs: number): void {
  const isOnce = isSingle(query);
  writeTexts(writer, query, isOnce);
  writer.varint(laterMs - query.lastMs);
  if (isOnce) return;
  writer.varint(query.count);
  writer.varint(zigzag(query.weight - decayedOne(query.lastMs, HISTORY_HALF_LIFE_MS)));
}

/** Keys of tables stand as their places there. */
function layLatest(writer: ProfileWriter, profile: Profile): void {
  const { latestSearch, history } = profile;
  const [query] = history;
  if (latestSearch === null || query === undefined) {
    writer.varint(0);
    return;
  }
  const { before, changes } = latestSearch;
  writer.varint(before === null ? 1 : 2);
  if (before !== null) {
    writer.varint(query.lastMs - before.lastMs);
    writer.varint(before.count);
    writer.varint(zigzag(query.weight - before.weight));
  }
  writer.varint(changes.length);
  for (const { table: name, key, before: weight } of changes) {
    const table = profile[name];
    writer.byte(TABLES.indexOf(name));
    writer.byte(table.placeOf(key as never));
    const now = table.get(key as never) ?? 0;
    writer.varint(weight === undefined ? 0 : 1 + zigzag(now - weight));
  }
}

/** Fills a profile with what `layProfile` laid. Throws `damaged`. */
export function readProfile(reader: ProfileReader, profile: Profile): void {
  const lastMs = reader.signed();
  profile.lastMs = lastMs;
  profile.sessionMs = lastMs - reader.varint();
  for (const name of TABLES) readTable(reader, profile, name, lastMs);
  for (let left = reader.varint(); left > 0; left--) {
    const video = reader.text(reader.varint());
    profile.videos.push({ video, atMs: lastMs - reader.varint() });
    profile.videoBytes += packedBytes(video);
  }
  for (let left = reader.varint(); left > 0; left--) {
    const id = reader.id();
    const age = reader.varint();
    const isKeyed = age % 2 === 1;
    profile.removed.push({ id, isKeyed, removedMs: lastMs - Math.floor(age / 2) });
  }
  const completeLatest = readLatest(reader, profile);
  let laterMs = lastMs;
  for (let left = reader.varint(); left > 0; left--) {
    const query = readQuery(reader, laterMs);
    profile.searches.append(query);
    laterMs = query.lastMs;
  }
  profile.latestSearch = completeLatest();
}

function readTable(
  reader: ProfileReader,
  profile: Profile,
  name: (typeof TABLES)[number],
  lastMs: number,
): void {
  const table = profile[name];
  const base = decayedOne(lastMs, table.halfLifeMs);
  for (let left = reader.varint(); left > 0; left--) {
    const key = readKey(reader, name);
    table.restore(key as never, base - reader.signed());
  }
}

function readKey(reader: ProfileReader, name: (typeof TABLES)[number]): string | number {
  switch (name) {
    case 'terms':
    case 'languages':
    case 'scripts':
      return reader.text(reader.varint());
    case 'topics':
    case 'entities':
      return reader.uint32();
    case 'dayParts':
      return reader.varint();
  }
}

function readQuery(reader: ProfileReader, laterMs: number): ProfileQuery {
  const { normalised, surface, isBlocked, isSingle } = readTexts(reader);
  const lastMs = laterMs - reader.varint();
  const single = decayedOne(lastMs, HISTORY_HALF_LIFE_MS);
  const count = isSingle ? 1 : reader.varint();
  const weight = isSingle ? single : single + reader.signed();
  return profileQuery({ normalised, surface, isBlocked }, { lastMs, count, weight });
}

/** What the latest search changed; complete when the history, on whose first query it rests, is read. */
function readLatest(reader: ProfileReader, profile: Profile): () => LatestSearch | null {
  const kind = reader.varint();
  if (kind === 0) return () => null;
  const [age, count, lighter] =
    kind === 2 ? [reader.varint(), reader.varint(), reader.signed()] : [0, 0, 0];
  const changes: WeightChange[] = [];
  for (let left = reader.varint(); left > 0; left--) changes.push(readChange(reader, profile));
  return () => {
    const [query] = profile.history;
    if (query === undefined) throw reader.fault('a latest search in the history');
    const before =
      kind === 1 ? null : { lastMs: query.lastMs - age, count, weight: query.weight - lighter };
    return latestSearch(profile, before, changes);
  };
}

function readChange(reader: ProfileReader, profile: Profile): WeightChange {
  const name = TABLES[reader.byte()];
  const place = reader.byte();
  const key = name === undefined ? undefined : [...profile[name].keys()][place];
  if (name === undefined || key === undefined) throw reader.fault('a change of a key that is kept');
  const lighter = reader.varint();
  const now = profile[name].get(key as never) ?? 0;
  return { table: name, key, before: lighter === 0 ? undefined : now - unzigzag(lighter - 1) };
}
