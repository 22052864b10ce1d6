/** A search that the same user's next one, within so long, merely continues was still being typed. */
const PAUSE_MS = 10_000;

/** A search as it is compared with another of the same user. */
export interface TimedSearch {
  readonly normalised: string;
  readonly atMs: number;
}

/** Whether a search was a beginning of a later one: some apps log what was typed so far as a search of its own. */
export function isContinued(earlier: TimedSearch, later: TimedSearch): boolean {
  const pauseMs = later.atMs - earlier.atMs;
  return (
    pauseMs >= 0 &&
    pauseMs <= PAUSE_MS &&
    earlier.normalised !== later.normalised &&
    later.normalised.startsWith(earlier.normalised)
  );
}
