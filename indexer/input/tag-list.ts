import { LIST_MARK } from './column-binding.ts';

/** How exports write that a video has no tags. */
const NO_TAGS = /^\[\s*none\s*\]$/i;

/**
 * The tags in one cell: a list's items as they are, a JSON list, or a text cut at `|`, or at commas where it has no `|`. Quotes around a tag go, as
 * do empty tags, and "[none]" is none.
 */
export function splitTags(cell: string): readonly string[] {
  if (cell.startsWith(LIST_MARK)) return cell.slice(1).split(LIST_MARK).filter(isTag);
  const text = cell.trim();
  if (NO_TAGS.test(text)) return [];
  const listed = text.startsWith('[') && text.endsWith(']') ? readJsonList(text) : undefined;
  const tags = listed ?? text.split(text.includes('|') ? '|' : /[,，、]/);
  return tags.map(withoutQuotes).filter(isTag);
}

function isTag(tag: string): boolean {
  return tag.trim() !== '' && !NO_TAGS.test(tag.trim());
}

function readJsonList(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value)
      ? value.filter((item): item is string => typeof item === 'string')
      : undefined;
  } catch {
    // Brackets that are not JSON are brackets of a tag.
    return undefined;
  }
}

function withoutQuotes(tag: string): string {
  const trimmed = tag.trim();
  const isQuoted = trimmed.length >= 2 && trimmed.startsWith('"') && trimmed.endsWith('"');
  return isQuoted ? trimmed.slice(1, -1).replaceAll('""', '"').trim() : trimmed;
}
