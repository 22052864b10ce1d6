/** `damaged`: the bytes differ from what was written. `bad-version`: a newer version of foretype wrote them. */
export type ProfileErrorCode = 'damaged' | 'bad-version';

/** Stored profiles that cannot be read. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
  readonly code: ProfileErrorCode;

  constructor(code: ProfileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
