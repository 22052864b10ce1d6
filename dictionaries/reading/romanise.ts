import type { Romanised } from './latin-spelling.ts';

/** A way of writing the letters of a script in Latin ones; pieces of up to three letters, the longest counts. */
export type LetterTable = Readonly<Record<string, string>>;

/** A term romanised letter by letter, the longest piece of the table first; letters without an entry stay. Linear. */
export function romanise(term: string, ...tables: readonly LetterTable[]): Romanised {
  let latin = '';
  const ends: number[] = [];
  for (let at = 0; at < term.length; ) {
    let end = at + 1;
    let letters: string | undefined;
    for (let length = 3; length > 0 && letters === undefined; length--) {
      const piece = term.slice(at, at + length);
      if (piece.length < length) continue;
      letters = lookUp(tables, piece);
      end = at + length;
    }
    letters ??= term.charAt(at);
    latin += letters;
    for (let unit = 0; unit < letters.length; unit++) ends.push(end);
    at = end;
  }
  return { latin, ends };
}

function lookUp(tables: readonly LetterTable[], piece: string): string | undefined {
  for (const table of tables) {
    const letters = table[piece];
    if (letters !== undefined) return letters;
  }
  return undefined;
}
