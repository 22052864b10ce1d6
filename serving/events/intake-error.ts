/**
 * Why a batch of events was refused as a whole.
 *
 * - `overloaded`: too much waits to be written; nothing was accepted.
 * - `unavailable`: the events could not be made durable, or not all of them for sure; the same batch may be sent again.
 */
export type IntakeErrorCode = 'overloaded' | 'unavailable';

export class IntakeError extends Error {
  override readonly name = 'IntakeError';
  readonly code: IntakeErrorCode;

  constructor(code: IntakeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
