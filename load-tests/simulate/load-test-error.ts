export type LoadTestErrorCode = 'BAD_OPTION' | 'OUTPUT_FAILED';

/** What goes wrong in the simulated world before or while it is written. */
export class LoadTestError extends Error {
  override readonly name = 'LoadTestError';
  readonly code: LoadTestErrorCode;

  constructor(code: LoadTestErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
