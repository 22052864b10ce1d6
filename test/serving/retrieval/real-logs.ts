import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { normalise } from '../../../dictionaries/normalise.ts';
import { cleanSurface } from '../../../dictionaries/surface.ts';
import type { CountedCompletion } from '../../../indexer/segment/counted-completion.ts';

const FOLDER = path.resolve(process.env.FORETYPE_REAL_DATA ?? '../shared/data', 'queries');
const MAX_CODE_POINTS = 128;

/** A query log in its folder, and where a line of it has the query and how often it was searched. */
interface RealLog {
  readonly file: string;
  readonly queryColumn: number;
  readonly countColumn?: number;
  readonly hasHeader?: boolean;
}

export const REAL_LOGS: readonly RealLog[] = [
  { file: 'trec-2005.txt', queryColumn: 0 },
  { file: 'excite-1997.tsv', queryColumn: 2 },
  { file: 'sogou-2008.tsv', queryColumn: 2 },
  { file: 'bing-2020-01-by-country.tsv', queryColumn: 1, countColumn: 4, hasHeader: true },
];

export function isPresent({ file }: RealLog): boolean {
  return existsSync(path.join(FOLDER, file));
}

/** The distinct normalised queries of a log, each shown as it was first written and scored by its count. */
export function readCompletions(log: RealLog): CountedCompletion[] {
  const lines = readFileSync(path.join(FOLDER, log.file), 'utf8').split(/\r?\n/);
  const forms = new Map<string, { surface: string; score: number }>();
  for (const line of log.hasHeader ? lines.slice(1) : lines) {
    const columns = line.split('\t');
    const surface = cleanSurface(columns[log.queryColumn] ?? '');
    const normalised = normalise(surface);
    if (normalised === '' || [...normalised].length > MAX_CODE_POINTS) continue;
    const count = log.countColumn === undefined ? 1 : Number(columns[log.countColumn]);
    const known = forms.get(normalised);
    if (known === undefined) forms.set(normalised, { surface, score: count });
    else known.score += count;
  }
  return Array.from(forms, ([normalised, { surface, score }]) => ({ normalised, surface, score }));
}
