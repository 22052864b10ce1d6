import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';

/** One completion of a benchmark's set. */
export interface ScoredText {
  /** Its normalised form, unique within the set. */
  readonly normalised: string;
  /** The text that is shown. */
  readonly surface: string;
  /** Its count, above 0. */
  readonly score: number;
}

/** By score, descending; ties by normalised form in code point order: the order in which every engine is asked to answer. */
export function byRank(left: ScoredText, right: ScoredText): number {
  return right.score - left.score || compareCodePoints(left.normalised, right.normalised);
}

/** Code point order (UTF-8 byte order), which differs from `<` on UTF-16 only when a text holds a surrogate. */
export function compareCodePoints(left: string, right: string): number {
  const least = Math.min(left.length, right.length);
  for (let at = 0; at < least; at++) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a === b) continue;
    const astral = (unit: number) => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);
    return astral(a) - astral(b);
  }
  return left.length - right.length;
}

/** Writes the set as lines of score, normalised form and surface, separated by tabs (which no normalised form holds). */
export async function writeTexts(path: string, texts: readonly ScoredText[]): Promise<void> {
  const file = createWriteStream(path);
  for (let from = 0; from < texts.length; from += 10_000) {
    const lines = texts
      .slice(from, from + 10_000)
      .map((text) => `${text.score}\t${text.normalised}\t${text.surface}\n`);
    if (!file.write(lines.join(''))) await once(file, 'drain');
  }
  file.end();
  await finished(file);
}

/**
 * Reads what `writeTexts` wrote, each text as a string of its own: cut out of the whole file's string, every text would be a
 * view of it, which costs its readers an indirection a character.
 */
export function readTexts(path: string): readonly ScoredText[] {
  const file = readFileSync(path);
  const texts: ScoredText[] = [];
  for (let from = 0; from < file.length; ) {
    const newline = file.indexOf(0x0a, from);
    const end = newline < 0 ? file.length : newline;
    texts.push(readLine(file, from, end, `${path}:${texts.length + 1}`));
    from = end + 1;
  }
  return texts;
}

function readLine(file: Buffer, from: number, end: number, place: string): ScoredText {
  const first = file.indexOf(0x09, from);
  const second = first < 0 ? -1 : file.indexOf(0x09, first + 1);
  const score = Number(file.toString('utf8', from, Math.max(from, first)));
  const normalised = file.toString('utf8', first + 1, Math.max(first + 1, second));
  const surface = second < 0 ? '' : file.toString('utf8', second + 1, end);
  const isWhole = first >= 0 && second > first && second < end && !surface.includes('\t');
  if (!isWhole || normalised === '' || surface === '' || !(score > 0)) {
    const line = file.toString('utf8', from, Math.min(end, from + 80));
    throw new Error(`${place}: expected "score<TAB>normalised<TAB>surface", got "${line}"`);
  }
  return { score, normalised, surface };
}
