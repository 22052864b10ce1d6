export type BuildErrorCode =
  | 'usage'
  | 'unreadable-input'
  | 'too-many-malformed-rows'
  | 'no-rows'
  | 'malformed-lexicon'
  | 'unwritable-output'
  | 'out-of-memory';

/** Why an index could not be built. `name` is `UsageError` when the caller asked for something that cannot be. */
export class BuildError extends Error {
  readonly code: BuildErrorCode;

  constructor(code: BuildErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = code === 'usage' ? 'UsageError' : 'BuildError';
    this.code = code;
  }
}

/** An error of wrong usage (exit code 2). */
export function usageError(message: string): BuildError {
  return new BuildError('usage', message);
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
