/** Tags seen lately: canonicalising costs microseconds, and few tags make nearly all requests. */
const REMEMBERED_TAGS = 500;
const remembered = new Map<string, string>();

/**
 * What RFC 5646 (section 2.1) calls well-formed and `Intl` refuses, since it knows the tags of Unicode locales only: extended
 * languages such as zh-yue, private tags, and irregular tags of old.
 */
const LANGUAGE = '[a-z]{2,3}(?:-[a-z]{3}){1,3}';
const PLACE = '(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*';
const EXTENSIONS = '(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?';
const IRREGULAR =
  'en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)|sgn-(?:be-fr|be-nl|ch-de)';
const OTHER_WELL_FORMED = new RegExp(
  `^(?:${LANGUAGE}${PLACE}${EXTENSIONS}|x(?:-[a-z0-9]{1,8})+|${IRREGULAR})$`,
);

/** The tag that every fallback ends in: no market in particular. */
const UNDETERMINED = 'und';

/**
 * The tags that a request for `tag` may be answered with, best first: itself, then without its last subtag and so on (RFC 4647,
 * section 3.4, lookup), at last `und`.
 */
export function fallbackTags(tag: string): string[] {
  const tags: string[] = [];
  const subtags = tag.split('-');
  while (subtags.length > 0) {
    tags.push(subtags.join('-'));
    subtags.pop();
    // A single letter or digit begins an extension; it means nothing at the end.
    while (subtags.at(-1)?.length === 1) subtags.pop();
  }
  if (tags.at(-1) !== UNDETERMINED) tags.push(UNDETERMINED);
  return tags;
}

/** The canonical form of a BCP 47 tag (`EN-us` is `en-US`), or `null` when it is malformed. */
export function canonicalMarket(tag: string): string | null {
  const known = remembered.get(tag);
  if (known !== undefined) return known;
  const canonical = canonicalLocale(tag) ?? otherWellFormed(tag.toLowerCase());
  if (canonical === null) return null;
  if (remembered.size >= REMEMBERED_TAGS) remembered.clear();
  remembered.set(tag, canonical);
  return canonical;
}

function canonicalLocale(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    // A RangeError is how Intl says "malformed".
    return null;
  }
}

/** In lower case: for these tags no canonical case is defined. */
function otherWellFormed(tag: string): string | null {
  return OTHER_WELL_FORMED.test(tag) ? tag : null;
}
