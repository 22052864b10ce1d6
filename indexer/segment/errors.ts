/**
 * Everything that can be wrong with a segment, a snapshot or the folder that holds them.
 *
 * - `bad-magic`, `bad-version`: these are not our bytes, or of a format that this program does not read.
 * - `truncated`: bytes are missing.
 * - `bad-header-checksum`, `bad-section-checksum`: bytes differ from what was written.
 * - `bad-section`: a section's length, alignment or content cannot be right.
 * - `missing-section`: a section that the format requires is not there.
 * - `broken-order`: an order invariant does not hold (`verify`).
 * - `bad-input`: what a builder or `publishSnapshot` was handed breaks its contract.
 * - `no-snapshot`: the folder has no current snapshot.
 * - `bad-pointer`: `current` is not what was written.
 * - `bad-manifest`: a manifest is not what was written.
 * - `manifest-mismatch`: a manifest and the files or the folder that it describes differ.
 * - `locked`: another live process builds into the folder.
 * - `bad-snapshot-name`, `unknown-snapshot`: the name cannot be, or is not, a snapshot of the folder.
 * - `no-previous-snapshot`: nothing to roll back to.
 * - `unsafe-prune`: what was asked for would remove the current snapshot.
 */
export type SegmentErrorCode =
  | 'bad-magic'
  | 'bad-version'
  | 'truncated'
  | 'bad-header-checksum'
  | 'bad-section-checksum'
  | 'bad-section'
  | 'missing-section'
  | 'broken-order'
  | 'bad-input'
  | 'no-snapshot'
  | 'bad-pointer'
  | 'bad-manifest'
  | 'manifest-mismatch'
  | 'locked'
  | 'bad-snapshot-name'
  | 'unknown-snapshot'
  | 'no-previous-snapshot'
  | 'unsafe-prune';

/** Where it happened and what was found there; every field is optional, as not every error has it. */
export interface SegmentErrorDetails {
  /** The file or folder. */
  readonly place?: string;
  /** The section of a segment, or the field of a manifest or pointer. */
  readonly section?: string;
  /** Byte offset within the file or section. */
  readonly offset?: number;
  readonly expected?: string | number;
  readonly actual?: string | number;
  /** The snapshot that is meant. */
  readonly snapshot?: string;
  /** The process that holds the build lock. */
  readonly pid?: number;
}

/** Says what is wrong with a segment or snapshot: what was expected, what came, where. */
export class SegmentError extends Error {
  override readonly name: string = 'SegmentError';
  readonly code: SegmentErrorCode;
  readonly details: SegmentErrorDetails;

  constructor(
    code: SegmentErrorCode,
    message: string,
    details: SegmentErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.details = details;
  }
}
