import { isUnspaced } from '../../terms.ts';

const LETTER_BY_ITSELF = /^\p{L}\p{M}*$/u;
/** A digit may stand among separated letters for one of them. */
const CHARACTER_BY_ITSELF = /^[\p{L}\p{N}$€]\p{M}*$/u;

/** Fewest letters of an entry that is found within a longer row of separated letters; a shorter one must be the whole row. */
const FEWEST_WITHIN = 4;
const MOST_WITHIN = 24;
const FEWEST_LETTERS = 3;
/** Scripts whose characters are syllables or words need fewer. */
const FEWEST_SYLLABLES = 2;
const SYLLABLE = /^\p{Script=Hangul}/u;

export interface SeparatedRow {
  /** The characters of the row, put together. */
  readonly joined: string;
  readonly isUnspaced: boolean;
}

/** Rows of words of one character each, which may be one word with its letters spaced or dotted apart. */
export function separatedRows(words: readonly string[]): SeparatedRow[] {
  const rows: SeparatedRow[] = [];
  let from = 0;
  for (let at = 0; at <= words.length; at++) {
    const word = words[at];
    if (word !== undefined && CHARACTER_BY_ITSELF.test(word)) continue;
    const row = rowOf(words.slice(from, at));
    if (row !== undefined) rows.push(row);
    from = at + 1;
  }
  return rows;
}

function rowOf(characters: readonly string[]): SeparatedRow | undefined {
  const [first = ''] = characters;
  const unspaced = isUnspaced(first.codePointAt(0) ?? 0);
  const fewest = unspaced || SYLLABLE.test(first) ? FEWEST_SYLLABLES : FEWEST_LETTERS;
  if (characters.length < fewest) return undefined;
  // Numbers in a row have no letters among them.
  const letters = characters.filter((character) => LETTER_BY_ITSELF.test(character)).length;
  if (letters < FEWEST_SYLLABLES) return undefined;
  return { joined: characters.join(''), isUnspaced: unspaced };
}

/** Whether one of `entries` stands in a row of separated letters: the whole of it, or four letters and more within it. */
export function holdsJoined(joined: string, entries: ReadonlySet<string>): boolean {
  if (entries.has(joined)) return true;
  const fewest = SYLLABLE.test(joined) ? FEWEST_LETTERS : FEWEST_WITHIN;
  for (let from = 0; from + fewest <= joined.length; from++) {
    const most = Math.min(joined.length, from + MOST_WITHIN);
    for (let to = from + fewest; to <= most; to++) {
      if (entries.has(joined.slice(from, to))) return true;
    }
  }
  return false;
}
