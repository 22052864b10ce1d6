/** What the keeper did since the start. */
export interface KeeperCounts {
  /** Records read from the log again. */
  replayed: number;
  /** Writings that another server had come before. */
  conflicts: number;
  /** Profiles that could not be read and began anew. */
  damaged: number;
  /** Times that all had to be read from the log again, as the store lost or never had it. */
  fellBehind: number;
}
