import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where real data is looked for: none of it ships, and what is measured on it is printed as aggregates only. */
const FOLDER = path.resolve(process.env.FORETYPE_REAL_DATA ?? '../shared/data');

export const HOW_TO_POINT = 'point FORETYPE_REAL_DATA at the folder of real data';

/** The lines of a file of real data (UTF-8), or null when it is not on this machine. */
export function readDataLines(...names: readonly string[]): readonly string[] | null {
  const text = readDataText(...names);
  return text === null ? null : text.split(/\r?\n/).filter((line) => line !== '');
}

/** The text of a file of real data (UTF-8), or null when it is not on this machine. */
export function readDataText(...names: readonly string[]): string | null {
  const file = path.join(FOLDER, ...names);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
