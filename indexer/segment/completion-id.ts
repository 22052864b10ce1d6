/** Number of a completion within one segment, by descending merged score; it means nothing outside that segment. */
export type CompletionId = number & { readonly __brand: 'CompletionId' };

/** The only maker of completion ids; the caller has the number from a segment's structures. */
export function brandCompletion(id: number): CompletionId {
  return id as CompletionId;
}
