/** Tags seen lately: canonicalising costs microseconds, and few tags make nearly all requests. */
const REMEMBERED_TAGS = 500;
const remembered = new Map<string, string>();

/** The canonical form of a BCP 47 tag (`EN-us` is `en-US`), or `null` when it is malformed. */
export function canonicalMarket(tag: string): string | null {
  const known = remembered.get(tag);
  if (known !== undefined) return known;
  let canonical: string | undefined;
  try {
    canonical = Intl.getCanonicalLocales(tag)[0];
  } catch {
    // A RangeError is how Intl says "malformed".
    return null;
  }
  if (canonical === undefined) return null;
  if (remembered.size >= REMEMBERED_TAGS) remembered.clear();
  remembered.set(tag, canonical);
  return canonical;
}
