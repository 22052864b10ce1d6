/** The key of a suggestion after a typed text, of which there is a hash. */
export function prefixKey(typed: number, id: string): string {
  return `${typed.toString(36)} ${id}`;
}

/** What `prefixKey` made a key of. */
export function partsOf(key: string): { readonly hash: number; readonly id: string } {
  const space = key.indexOf(' ');
  return { hash: Number.parseInt(key.slice(0, space), 36), id: key.slice(space + 1) };
}
