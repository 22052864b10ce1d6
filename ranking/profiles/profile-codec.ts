import { crc32 } from 'node:zlib';
import { MOST_PROFILE_BYTES, Profile } from './profile.ts';
import { boundProfile } from './profile-bound.ts';
import { ProfileError } from './profile-error.ts';
import { layProfile, readProfile } from './profile-layout.ts';
import { ProfileReader } from './profile-reader.ts';
import { HEADER_BYTES } from './profile-size.ts';
import { ProfileWriter } from './profile-writer.ts';

const VERSION = 2;
/** The checksum covers the version too. */
const CRC_AT = 1;

const numbers = Buffer.alloc(MOST_PROFILE_BYTES);
const texts = Buffer.alloc(MOST_PROFILE_BYTES);

/** The bytes of a profile (FORMAT.md), at most MOST_PROFILE_BYTES: `updateProfile` keeps what they hold within. A profile has one form. Tens of microseconds for a full one. */
export function encodeProfile(profile: Profile): Uint8Array {
  const bytes = profile.lastMs === null ? Buffer.alloc(HEADER_BYTES) : writeProfile(profile);
  bytes[0] = VERSION;
  bytes.writeUInt32LE(checksum(bytes), CRC_AT);
  return bytes;
}

function writeProfile(profile: Profile): Buffer {
  const writer = new ProfileWriter(numbers, texts);
  layProfile(writer, profile, profile.lastMs ?? 0);
  return writer.finish(HEADER_BYTES);
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
  const version = buffer[0] ?? 0;
  if (version < 1 || version > VERSION) {
    throw new ProfileError(
      'bad-version',
      `profile: expected version 1 to ${VERSION}, got ${version}; read it with a newer version of foretype`,
    );
  }
  const profile = new Profile();
  if (buffer.length === HEADER_BYTES) return profile;
  const reader = new ProfileReader(buffer, HEADER_BYTES, version);
  readProfile(reader, profile);
  if (!reader.isAtEnd) throw reader.fault('the end');
  // What fitted in another form may not in this one.
  if (version < VERSION) boundProfile(profile);
  return profile;
}

/** Of the version and all that stands behind the checksum. */
function checksum(bytes: Buffer): number {
  return crc32(bytes.subarray(HEADER_BYTES), crc32(bytes.subarray(0, CRC_AT)));
}
