export type TextFormat = 'tsv' | 'csv' | 'ndjson';

/**
 * Tells the format of a text file by its name (compression endings apart) and its first line. Where a header is expected,
 * a first line that has only tabs or only commas decides over the name; without one the name decides, since the first
 * line is then a row like any other. A list of one query a line (`--columns query=1`) with another name is read whole lines.
 */
export function detectTextFormat(
  file: string,
  head: string,
  layout: { readonly hasHeader: boolean; readonly columns: number },
): TextFormat {
  const name = file.toLowerCase().replace(/\.(?:gz|gzip|zst|zstd)$/, '');
  const ending = /\.([a-z0-9]+)$/.exec(name)?.[1] ?? '';
  if (['ndjson', 'jsonl', 'json'].includes(ending)) return 'ndjson';
  const isTable = ['tsv', 'tab', 'csv'].includes(ending);
  if (!isTable && layout.hasHeader && head.trimStart().startsWith('{')) return 'ndjson';
  const firstLine = head.split('\n', 1)[0] ?? '';
  const hasTab = firstLine.includes('\t');
  const hasComma = firstLine.includes(',');
  if (layout.hasHeader && hasTab !== hasComma) return hasTab ? 'tsv' : 'csv';
  if (isTable) return ending === 'csv' ? 'csv' : 'tsv';
  return hasTab || !hasComma || layout.columns === 1 ? 'tsv' : 'csv';
}
