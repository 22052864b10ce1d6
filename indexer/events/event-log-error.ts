/**
 * What can be wrong with an event log.
 *
 * - `damaged`: bytes differ from what was written, at a place where no crash can have left them so.
 * - `bad-version`: a file or record of a version that this program does not read.
 * - `locked`: another live process writes the log.
 * - `write-failed`: the records of this call are not in the log; later calls may succeed.
 * - `broken`: a failed write could not be taken back, so nothing is written until the log is opened anew.
 * - `closed`: the log was closed.
 * - `bad-secret`: the file of secrets is not what was written.
 */
export type EventLogErrorCode =
  | 'damaged'
  | 'bad-version'
  | 'locked'
  | 'write-failed'
  | 'broken'
  | 'closed'
  | 'bad-secret';

/** Says what is wrong with an event log, and where. */
export class EventLogError extends Error {
  override readonly name = 'EventLogError';
  readonly code: EventLogErrorCode;

  constructor(code: EventLogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
