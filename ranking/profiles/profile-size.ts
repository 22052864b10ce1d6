import { decayedOne } from './decayed-weight.ts';
import type { Profile } from './profile.ts';
import { TABLES } from './profile-tables.ts';
import { BLOCK_LENGTH_BYTES, ID_BYTES } from './profile-writer.ts';
import { varintBytes, zigzag } from './varint.ts';

/** Version and checksum. */
export const HEADER_BYTES = 5;

/**
 * Bytes that `encodeProfile` gives, without encoding: it is asked after every event. The parts that grow keep theirs along, so that it costs the same for a full profile as for an empty
 * one: well below a microsecond.
 */
export function profileBytes(profile: Profile): number {
  const { lastMs, history, videos, removed } = profile;
  if (lastMs === null) return HEADER_BYTES;
  let texts = profile.videoBytes;
  let numbers = varintBytes(zigzag(lastMs)) + varintBytes(lastMs - profile.sessionMs);
  for (const name of TABLES) {
    texts += profile[name].keyBytes;
    numbers += tableBytes(profile, name, lastMs);
  }
  numbers += varintBytes(videos.length);
  for (const { video, atMs } of videos) {
    numbers += varintBytes(video.length) + varintBytes(lastMs - atMs);
  }
  numbers += varintBytes(removed.length);
  for (const { removedMs } of removed) {
    numbers += ID_BYTES + varintBytes((lastMs - removedMs) * 2);
  }
  const { latestSearch, searches } = profile;
  const [latest] = history;
  numbers += latestSearch === null || latest === undefined ? 1 : latestSearch.storedBytes;
  numbers += varintBytes(history.length) + searches.storedBytes;
  if (latest !== undefined) numbers += varintBytes(lastMs - latest.lastMs);
  return HEADER_BYTES + BLOCK_LENGTH_BYTES + texts + numbers;
}

function tableBytes(profile: Profile, name: (typeof TABLES)[number], lastMs: number): number {
  const table = profile[name];
  const base = decayedOne(lastMs, table.halfLifeMs);
  let bytes = varintBytes(table.size);
  // A text's length, and the number of a part of the day, take a byte; hashes four.
  bytes += table.size * (name === 'topics' || name === 'entities' ? 4 : 1);
  return bytes + table.weightBytes(base);
}
