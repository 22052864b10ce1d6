import { editDistance } from './edit-distance.ts';

/** A misspelling that somebody wrote, and the word that was meant. */
export interface Misspelling {
  /** As the corpus writes it, spaces for its underscores. */
  readonly typed: string;
  readonly meant: string;
  /** Optimal string alignment between both, upper and lower case told apart as the corpus does. */
  readonly distance: number;
}

/**
 * Reads the corpus of misspellings that Roger Mitton of Birkbeck collected: a line with `$` and a correct word, then a line each of
 * its misspellings, underscores for spaces. Throws for a misspelling before any word.
 */
export function parseBirkbeck(lines: readonly string[]): Misspelling[] {
  const misspellings: Misspelling[] = [];
  let meant: string | null = null;
  for (const [at, line] of lines.entries()) {
    const text = line.replaceAll('_', ' ').trim();
    if (text === '') continue;
    if (text.startsWith('$')) {
      meant = text.slice(1);
      continue;
    }
    if (meant === null) {
      throw new Error(`line ${at + 1}: expected a correct word with $ before any misspelling`);
    }
    misspellings.push({ typed: text, meant, distance: editDistance(text, meant) });
  }
  return misspellings;
}
