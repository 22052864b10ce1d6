import { graphemes } from '../graphemes.ts';
import type { JapaneseReader, ReadWord } from './japanese-reader.ts';
import { foldKana } from './kana-fold.ts';
import { type KeyStep, pathFrom, startsOf } from './key-path.ts';
import { canonicalRomaji } from './romaji.ts';
import { MOST_STARTS, type TextKey } from './text-key.ts';

/** A piece of text and its spelling in kana or Latin letters, which may be spelled together only: a kanji word's core, or one grapheme. */
interface Spelled {
  readonly units: number;
  readonly spelling: string;
  readonly opens: boolean;
}

/** What no key begins at: small kana, the length mark, n. */
const CLINGING = /^[ぁぃぅぇぉっゃゅょゎんー]/;

/**
 * Romaji of a Japanese text: of its kana as they stand, of kanji as the reader reads them, of Latin letters too, spaces left out. From
 * the start and from later words. Where the text is spoken otherwise than spelled (は as wa), that gives a further key from the start.
 */
export function romajiKeys(
  normalised: string,
  japanese: JapaneseReader | null,
): readonly TextKey[] {
  const words = japanese?.read(normalised) ?? [unread(normalised)];
  const spelled = words.flatMap((word) => spellWord(word, word.reading));
  const keys: TextKey[] = [];
  for (const [at, start] of startsOf(pathOf(spelled), MOST_STARTS)) {
    // What comes before a word must not leave a mark on it, as a long vowel does: each key is spelled from its start.
    addKey(keys, pathFrom(pathOf(spelled.slice(at)), 0, start));
  }
  if (words.some(spokenOtherwise)) {
    const heard = words.flatMap((word) =>
      spellWord(word, spokenOtherwise(word) ? word.spoken : word.reading),
    );
    addKey(keys, pathFrom(pathOf(heard), 0, 0));
  }
  return keys;
}

function addKey(keys: TextKey[], path: Omit<TextKey, 'kind'>): void {
  if (path.key === '' || keys.some(({ start, key }) => start === path.start && key === path.key))
    return;
  keys.push({ kind: 'romaji', ...path });
}

function unread(text: string): ReadWord {
  return { surface: text, reading: null, spoken: null, opens: true };
}

/** Whether a word is spoken otherwise than it is spelled: one that ends in a は or へ (particles, greetings), and にほん, spoken にっぽん as well. */
function spokenOtherwise({ reading, spoken }: ReadWord): boolean {
  const spelled = foldKana(reading ?? '');
  const heard = foldKana(spoken ?? '');
  return (
    (spelled.endsWith('は') && heard.endsWith('わ')) ||
    (spelled.endsWith('へ') && heard.endsWith('え')) ||
    (spelled === 'にほん' && heard === 'にっぽん')
  );
}

function pathOf(spelled: readonly Spelled[]): KeyStep[] {
  const { key, counts } = canonicalRomaji(spelled.map(({ spelling }) => spelling).join(''));
  let unit = 0;
  let letter = 0;
  return spelled.map(({ units, spelling, opens }) => {
    const from = letter;
    for (const end = unit + spelling.length; unit < end; unit++) letter += counts[unit]!;
    return { letters: key.slice(from, letter), units, opens };
  });
}

/** The pieces of a word: its kana and letters each for itself, its kanji together, as they are read together. */
function spellWord({ surface, opens }: ReadWord, reading: string | null): Spelled[] {
  const written = foldKana(surface);
  const spelling = reading === null ? null : foldKana(reading);
  if (spelling === null || spelling === written) return spellAlone(surface, opens);
  const before = sharedKana(written, spelling);
  const after = sharedKanaAtEnd(written, spelling, before);
  const core = written.slice(before, written.length - after);
  const read = spelling.slice(before, spelling.length - after);
  if (core === '') return spellAlone(surface, opens);
  const pieces = spellAlone(surface.slice(0, before), opens);
  pieces.push({ units: core.length, spelling: read, opens: opens && before === 0 });
  return [...pieces, ...spellAlone(surface.slice(written.length - after), false)];
}

function spellAlone(text: string, opens: boolean): Spelled[] {
  const pieces: Spelled[] = [];
  for (const grapheme of graphemes(text)) {
    pieces.push({
      units: grapheme.length,
      spelling: grapheme === ' ' ? '' : grapheme,
      opens: opens && pieces.length === 0 && grapheme !== ' ' && !CLINGING.test(foldKana(grapheme)),
    });
  }
  return pieces;
}

function sharedKana(written: string, spelling: string): number {
  let length = 0;
  while (length < written.length && written.charAt(length) === spelling.charAt(length)) length++;
  return length;
}

function sharedKanaAtEnd(written: string, spelling: string, from: number): number {
  const most = Math.min(written.length, spelling.length) - from;
  let length = 0;
  while (
    length < most &&
    written.charAt(written.length - 1 - length) === spelling.charAt(spelling.length - 1 - length)
  ) {
    length++;
  }
  return length;
}
