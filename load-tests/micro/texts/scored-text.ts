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

/** Reads what `writeTexts` wrote. */
export function readTexts(path: string): readonly ScoredText[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, index) => {
    const [score, normalised, surface, ...rest] = line.split('\t');
    if (!normalised || !surface || rest.length > 0 || !(Number(score) > 0)) {
      throw new Error(
        `${path}:${index + 1}: expected "score<TAB>normalised<TAB>surface", got "${line.slice(0, 80)}"`,
      );
    }
    return { score: Number(score), normalised, surface };
  });
}
