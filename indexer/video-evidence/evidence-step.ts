import { readFile } from 'node:fs/promises';

/** One of the SQL files beside this one. */
export function readEvidenceStep(name: string): Promise<string> {
  return readFile(new URL(`./${name}.sql`, import.meta.url), 'utf8');
}
