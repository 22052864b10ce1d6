/** The answers of requests; null where one is not known any more. */
export interface KnownAnswers {
  /** Whether it showed a suggestion. */
  shows(requestId: string, id: string): boolean | null;
  /** What was typed, normalised. */
  typedIn(requestId: string): string | null;
}

/** Where answers are logged. */
export interface LoggedAnswers {
  /** What waits for the answers so far to be where the end of the process does not lose them; null where they are. Never rejects. */
  settled(): Promise<void> | null;
}
