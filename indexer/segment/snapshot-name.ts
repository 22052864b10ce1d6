import { SegmentError } from './errors.ts';

/** What a snapshot's name looks like: it comes from its content, so the same content has the same name. */
export const SNAPSHOT_NAME = /^s-[0-9a-f]{16}$/;

/** Names a snapshot by the first 16 hexadecimal digits of its manifest's checksum. */
export function nameSnapshot(checksum: string): string {
  return `s-${checksum.slice(0, 16)}`;
}

/** Returns the name if it can be one; throws `bad-snapshot-name` otherwise, so no name leads out of the folder. */
export function checkSnapshotName(name: string): string {
  if (SNAPSHOT_NAME.test(name)) return name;
  throw new SegmentError(
    'bad-snapshot-name',
    `expected a snapshot's name (s- and 16 hexadecimal digits, as "foretype snapshots list" shows), got ${JSON.stringify(name)}`,
    { expected: 's- and 16 hexadecimal digits', actual: name },
  );
}
