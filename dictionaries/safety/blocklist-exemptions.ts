/** Entries of the packaged word lists that are everyday words, which blocking would take more from than it protects. */
export const exemptions: readonly string[] = ['con', 'bite', 'bitte'];
