import { readFile } from 'node:fs/promises';

/** One of the SQL files beside this one. */
export function readRelatedStep(name: string): Promise<string> {
  return readFile(new URL(`./${name}.sql`, import.meta.url), 'utf8');
}
