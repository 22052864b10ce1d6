import { FeatureStoreError } from '../../ranking/feature-store/feature-store.ts';

/** The namespace of the profiles in a feature store, by user hash. */
export const PROFILES = 'profiles';

/** How far a log is folded into something: the offset one beyond its last record in there. */
export interface FoldedTo {
  /** Which log: the id that its data folder keeps. */
  readonly log: string;
  readonly end: number;
}

/** A profile as a store keeps it: its bytes, and beside them what is folded in, so that a replay folds nothing twice. */
export interface StoredProfile {
  /** At most one a log; the one that was folded last comes last. */
  readonly folded: readonly FoldedTo[];
  /** As `encodeProfile` gave them. */
  readonly profile: Uint8Array;
}

/** More logs than that feed one user only if servers were replaced again and again; what is longest unheard of goes. */
const MOST_LOGS = 8;
const VERSION = 1;
const LOG_ID_BYTES = 16;
const ENTRY_BYTES = LOG_ID_BYTES + 8;
const HEADER_BYTES = 2;

/** The bytes of a stored profile (FORMAT.md, "profiles"). */
export function encodeStoredProfile({ folded, profile }: StoredProfile): Uint8Array {
  const kept = folded.slice(-MOST_LOGS);
  const bytes = Buffer.alloc(HEADER_BYTES + kept.length * ENTRY_BYTES + profile.length);
  bytes[0] = VERSION;
  bytes[1] = kept.length;
  let at = HEADER_BYTES;
  for (const { log, end } of kept) {
    bytes.write(log, at, LOG_ID_BYTES, 'latin1');
    bytes.writeDoubleLE(end, at + LOG_ID_BYTES);
    at += ENTRY_BYTES;
  }
  bytes.set(profile, at);
  return bytes;
}

/** What `encodeStoredProfile` wrote; the profile is a view. Throws `damaged`. */
export function decodeStoredProfile(bytes: Uint8Array): StoredProfile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = buffer[1] ?? 0;
  const begin = HEADER_BYTES + count * ENTRY_BYTES;
  if (buffer[0] !== VERSION || count > MOST_LOGS || begin > buffer.length) {
    throw new FeatureStoreError(
      'damaged',
      `stored profile: expected version ${VERSION} and at most ${MOST_LOGS} logs, got ${buffer.length} bytes that begin with ${buffer.toString('hex', 0, HEADER_BYTES)}`,
    );
  }
  const folded: FoldedTo[] = [];
  for (let at = HEADER_BYTES; at < begin; at += ENTRY_BYTES) {
    const log = buffer.toString('latin1', at, at + LOG_ID_BYTES);
    folded.push({ log, end: buffer.readDoubleLE(at + LOG_ID_BYTES) });
  }
  return { folded, profile: buffer.subarray(begin) };
}

/** One beyond the last record of a log that is folded in; 0 for none. */
export function foldedEnd(folded: readonly FoldedTo[], log: string): number {
  return folded.find((each) => each.log === log)?.end ?? 0;
}

/** The same, with a log folded up to an offset. */
export function withFolded(folded: readonly FoldedTo[], to: FoldedTo): readonly FoldedTo[] {
  return [...folded.filter(({ log }) => log !== to.log), to];
}
