import { decayedOne } from './decayed-weight.ts';
import { HISTORY_HALF_LIFE_MS, type Profile, type ProfileQuery, TABLES } from './profile.ts';
import { BLOCK_LENGTH_BYTES, ID_BYTES } from './profile-writer.ts';
import { varintBytes, zigzag } from './varint.ts';

/** Version and checksum. */
export const HEADER_BYTES = 5;

/**
 * Bytes that `encodeProfile` gives, without encoding: it is asked after every event. The texts, most of it all, were counted when they came. A microsecond or two for a
 * full profile.
 */
export function profileBytes(profile: Profile): number {
  const { lastMs, history, videos, removed } = profile;
  if (lastMs === null) return HEADER_BYTES;
  let texts = 0;
  let numbers = varintBytes(zigzag(lastMs)) + varintBytes(lastMs - profile.sessionMs);
  for (const name of TABLES) {
    texts += profile[name].keyBytes;
    numbers += tableBytes(profile, name, lastMs);
  }
  numbers += varintBytes(videos.length);
  for (const { video, atMs } of videos) {
    texts += Buffer.byteLength(video);
    numbers += varintBytes(video.length) + varintBytes(lastMs - atMs);
  }
  numbers += varintBytes(removed.length);
  for (const { removedMs } of removed) {
    numbers += ID_BYTES + varintBytes((lastMs - removedMs) * 2);
  }
  numbers += latestBytes(profile) + varintBytes(history.length);
  let laterMs = lastMs;
  // Of a full profile most of the time goes here, after every event.
  for (const { lastMs: atMs, count, weight, textBytes } of history) {
    numbers += textBytes + varintBytes(laterMs - atMs);
    laterMs = atMs;
    const beside = weight - decayedOne(atMs, HISTORY_HALF_LIFE_MS);
    if (count !== 1 || beside !== 0) numbers += varintBytes(count) + varintBytes(zigzag(beside));
  }
  return HEADER_BYTES + BLOCK_LENGTH_BYTES + texts + numbers;
}

/** Whether a query was searched once: its numbers are not stored, as its time tells them. */
export function isSingle({ count, weight, lastMs }: ProfileQuery): boolean {
  return count === 1 && weight === decayedOne(lastMs, HISTORY_HALF_LIFE_MS);
}

function tableBytes(profile: Profile, name: (typeof TABLES)[number], lastMs: number): number {
  const table = profile[name];
  const base = decayedOne(lastMs, table.halfLifeMs);
  let bytes = varintBytes(table.size);
  // A text's length, and the number of a part of the day, take a byte; hashes four.
  bytes += table.size * (name === 'topics' || name === 'entities' ? 4 : 1);
  for (const weight of table.values()) bytes += varintBytes(zigzag(base - weight));
  return bytes;
}

function latestBytes(profile: Profile): number {
  const { latestSearch, history } = profile;
  const [query] = history;
  if (latestSearch === null || query === undefined) return 1;
  const { before, changes } = latestSearch;
  let bytes = 1 + varintBytes(changes.length);
  if (before !== null) {
    bytes += varintBytes(query.lastMs - before.lastMs) + varintBytes(before.count);
    bytes += varintBytes(zigzag(query.weight - before.weight));
  }
  for (const { table, key, before: weight } of changes) {
    const now = profile[table].get(key as never) ?? 0;
    bytes += 2 + (weight === undefined ? 1 : varintBytes(1 + zigzag(now - weight)));
  }
  return bytes;
}
