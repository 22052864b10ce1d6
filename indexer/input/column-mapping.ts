import { usageError } from '../build-error.ts';

/** The canonical columns of a query log, `context.KEY` apart. */
export const QUERY_COLUMNS = [
  'at',
  'user',
  'session',
  'query',
  'market',
  'video',
  'clicked',
  'count',
  'users',
] as const;

/** The canonical columns of a list of videos. */
export const VIDEO_COLUMNS = [
  'video',
  'title',
  'description',
  'tags',
  'transcript',
  'creator',
  'at',
  'market',
] as const;

/** The canonical columns of a list of comments. */
export const COMMENT_COLUMNS = ['comment', 'video', 'user', 'text', 'at'] as const;

/** Canonical column to what it is called in the file: a name, or a 1-based position where there is no header. */
export type ColumnMapping = ReadonlyMap<string, string>;

/**
 * Reads `at=time,user=uid,video="Video ID"`, from one text or several. A name with commas or quotes is put in double quotes, a quote in it doubled;
 * spaces need none. Throws wrong usage on unknown or repeated columns and on anything off the form.
 */
export function parseColumnMapping(
  texts: readonly string[],
  option: string,
  known: readonly string[] = QUERY_COLUMNS,
): ColumnMapping {
  const mapping = new Map<string, string>();
  for (const part of texts.flatMap((text) => splitParts(text, option))) {
    const equals = part.indexOf('=');
    const column = part.slice(0, equals).trim();
    const name = unquote(part.slice(equals + 1).trim());
    if (equals < 0 || name.length === 0) {
      throw usageError(
        `${option}: expected COLUMN=NAME, got ${JSON.stringify(part)}; quote a name that holds a comma`,
      );
    }
    const hasContext = known.includes('query');
    if (!known.includes(column) && !(hasContext && /^context\.[^=]+$/.test(column))) {
      const names = hasContext ? [...known, 'context.KEY'] : known;
      throw usageError(
        `${option}: unknown column ${JSON.stringify(column)}, expected one of ${names.join(', ')}`,
      );
    }
    if (mapping.has(column)) throw usageError(`${option}: ${column} is mapped twice`);
    mapping.set(column, name);
  }
  return mapping;
}

function splitParts(text: string, option: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === ',' && !isQuoted) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  if (isQuoted)
    throw usageError(`${option}: a quote is opened and never closed in ${JSON.stringify(text)}`);
  parts.push(text.slice(start));
  return parts;
}

function unquote(name: string): string {
  const isQuoted = name.length >= 2 && name.startsWith('"') && name.endsWith('"');
  return isQuoted ? name.slice(1, -1).replaceAll('""', '"') : name;
}
