import { cleanSurface } from '../../../dictionaries/surface.ts';
import { HOW_TO_POINT, readDataLines } from './published-data.ts';
import { type MissingSet, TextCounter, type TextSet } from './text-set.ts';

/** A query log, and where a line of it has the query and its weight. */
interface RealLog {
  readonly file: string;
  readonly queryColumn: number;
  /** A measure of popularity; else a line is one search. */
  readonly weightColumn?: number;
  readonly hasHeader?: boolean;
}

const LOGS: readonly RealLog[] = [
  { file: 'trec-2005.txt', queryColumn: 0 },
  { file: 'excite-1997.tsv', queryColumn: 2 },
  { file: 'sogou-2008.tsv', queryColumn: 2 },
  { file: 'bing-2020-01-by-country.tsv', queryColumn: 1, weightColumn: 4, hasHeader: true },
];

/**
 * The union of the real logs. Their weights are not of one kind, so each log has as much weight as it has lines: TREC's distinct
 * queries have no counts and weigh 1 each, Excite's and Sogou's weigh their lines, Bing's share its lines by popularity score.
 */
export function readRealLogs(): TextSet | MissingSet {
  const name = 'real logs';
  const union = new TextCounter();
  const read: string[] = [];
  for (const log of LOGS) {
    const counted = countLog(log);
    if (counted === null) continue;
    read.push(log.file);
    for (const [text, weight] of counted) union.add(text, weight);
  }
  if (read.length === 0) return { name, reason: `no log is here; ${HOW_TO_POINT}` };
  return {
    name,
    description: `${read.join(', ')}; each log weighs as many searches as it has lines`,
    texts: union.texts(),
  };
}

function countLog({ file, queryColumn, weightColumn, hasHeader }: RealLog) {
  const lines = readDataLines('queries', file)?.slice(hasHeader ? 1 : 0);
  if (lines === undefined) return null;
  const counter = new TextCounter();
  for (const line of lines) {
    const columns = line.split('\t');
    const weight = weightColumn === undefined ? 1 : Number(columns[weightColumn]);
    counter.add(cleanSurface(columns[queryColumn] ?? ''), weight);
  }
  const scale = weightColumn === undefined ? 1 : lines.length / counter.total;
  return Array.from(counter.entries(), ([text, weight]) => [text, weight * scale] as const);
}
