import { crc32 } from 'node:zlib';
import { ByteWriter, unzigzag } from './byte-sink.ts';
import { ByteSource } from './byte-source.ts';
import { decayedWeight } from './decayed-weight.ts';
import {
  HISTORY_HALF_LIFE_MS,
  type LatestSearch,
  MOST_PROFILE_BYTES,
  Profile,
  type ProfileQuery,
  TABLES,
  type WeightChange,
} from './profile.ts';
import { HEADER_BYTES } from './profile-bound.ts';
import { ProfileError } from './profile-error.ts';
import { layProfile } from './profile-layout.ts';
import { readTexts, textBytesOf } from './query-texts.ts';

const VERSION = 1;
/** The checksum covers the version too. */
const CRC_AT = 1;

const scratch = Buffer.alloc(MOST_PROFILE_BYTES);

/** The bytes of a profile (FORMAT.md), at most MOST_PROFILE_BYTES: `updateProfile` keeps what they hold within. A profile has one form. */
export function encodeProfile(profile: Profile): Uint8Array {
  const writer = new ByteWriter(scratch, HEADER_BYTES);
  if (profile.lastMs !== null) layProfile(writer, profile, profile.lastMs);
  const bytes = Buffer.from(scratch.subarray(0, writer.position));
  bytes[0] = VERSION;
  bytes.writeUInt32LE(checksum(bytes), CRC_AT);
  return bytes;
}

/** The profile that was encoded, by this version or an earlier one. Throws `ProfileError`: `damaged` for bytes that differ from what was written, `bad-version` for newer ones. */
export function decodeProfile(bytes: Uint8Array): Profile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (buffer.length < HEADER_BYTES) {
    throw new ProfileError(
      'damaged',
      `profile: expected a header of ${HEADER_BYTES} bytes, got ${buffer.length} bytes`,
    );
  }
  if (checksum(buffer) !== buffer.readUInt32LE(CRC_AT)) {
    throw new ProfileError('damaged', 'profile: its checksum differs from what was written');
  }
  if (buffer[0] !== VERSION) {
    throw new ProfileError(
      'bad-version',
      `profile: expected version ${VERSION}, got ${buffer[0]}; read it with a newer version of foretype`,
    );
  }
  const source = new ByteSource(buffer, HEADER_BYTES);
  const profile = new Profile();
  if (!source.isAtEnd) readLaid(source, profile);
  if (!source.isAtEnd) throw source.fault('the end');
  return profile;
}

/** Of the version and all that stands behind the checksum. */
function checksum(bytes: Buffer): number {
  return crc32(bytes.subarray(HEADER_BYTES), crc32(bytes.subarray(0, CRC_AT)));
}

function readLaid(source: ByteSource, profile: Profile): void {
  const lastMs = source.signed();
  profile.lastMs = lastMs;
  profile.sessionMs = lastMs - source.varint();
  for (const name of TABLES) readTable(source, profile, name, lastMs);
  for (let left = source.varint(); left > 0; left--) {
    const video = source.text();
    profile.videos.push({ video, atMs: lastMs - source.varint() });
  }
  for (let left = source.varint(); left > 0; left--) {
    const id = source.id();
    const age = source.varint();
    const isKeyed = age % 2 === 1;
    profile.removed.push({ id, isKeyed, removedMs: lastMs - Math.floor(age / 2) });
  }
  const completeLatest = readLatest(source, profile);
  let laterMs = lastMs;
  for (let left = source.varint(); left > 0; left--) {
    const query = readQuery(source, laterMs);
    profile.history.push(query);
    laterMs = query.lastMs;
  }
  profile.latestSearch = completeLatest();
}

function readTable(
  source: ByteSource,
  profile: Profile,
  name: (typeof TABLES)[number],
  lastMs: number,
): void {
  const table = profile[name];
  const base = decayedWeight(1, lastMs, table.halfLifeMs);
  for (let left = source.varint(); left > 0; left--) {
    const key = readKey(source, name);
    table.restore(key as never, base - source.signed());
  }
}

function readKey(source: ByteSource, name: (typeof TABLES)[number]): string | number {
  switch (name) {
    case 'terms':
    case 'languages':
    case 'scripts':
      return source.text();
    case 'topics':
    case 'entities':
      return source.uint32();
    case 'dayParts':
      return source.varint();
  }
}

function readQuery(source: ByteSource, laterMs: number): ProfileQuery {
  const { flag, ...texts } = readTexts(source);
  const lastMs = laterMs - source.varint();
  const single = decayedWeight(1, lastMs, HISTORY_HALF_LIFE_MS);
  const count = flag === 1 ? 1 : source.varint();
  const weight = flag === 1 ? single : single + source.signed();
  return { ...texts, lastMs, count, weight, textBytes: textBytesOf(texts) };
}

/** What the latest search changed; complete when the history, on whose first query it rests, is read. */
function readLatest(source: ByteSource, profile: Profile): () => LatestSearch | null {
  const kind = source.varint();
  if (kind === 0) return () => null;
  const [age, count, lighter] =
    kind === 2 ? [source.varint(), source.varint(), source.signed()] : [0, 0, 0];
  const changes: WeightChange[] = [];
  for (let left = source.varint(); left > 0; left--) changes.push(readChange(source, profile));
  return () => {
    const [query] = profile.history;
    if (query === undefined) throw source.fault('a latest search in the history');
    const before =
      kind === 1 ? null : { lastMs: query.lastMs - age, count, weight: query.weight - lighter };
    return { before, changes };
  };
}

function readChange(source: ByteSource, profile: Profile): WeightChange {
  const at = source.varint();
  const name = TABLES[at % TABLES.length];
  const table = name === undefined ? undefined : profile[name];
  const key = [...(table?.keys() ?? [])][Math.floor(at / TABLES.length)];
  if (name === undefined || key === undefined) throw source.fault('a change of a key that is kept');
  const lighter = source.varint();
  const now = table?.get(key as never) ?? 0;
  const before = lighter === 0 ? undefined : now - unzigzag(lighter - 1);
  return { table: name, key, before };
}
