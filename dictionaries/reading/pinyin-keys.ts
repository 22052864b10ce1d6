import { graphemes } from '../graphemes.ts';
import { type KeyStep, pathFrom, startsOf } from './key-path.ts';
import { pinyinLetters, readHan, readingsOf } from './pinyin.ts';
import { canonicalRomaji } from './romaji.ts';
import { MOST_STARTS, type TextKey } from './text-key.ts';

const HAN_RUN = /\p{Script=Han}+/gu;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Characters whose other readings are of old words and names: nobody means them by these characters alone. */
const SETTLED = new Set('大的了地得着和有会说不一看给上中为把那');

/** What nobody types among pinyin: spaces, and signs that stand for them or cling to letters. */
const UNTYPED = ' +#&%';

let segmenter: Intl.Segmenter | undefined;

/**
 * Pinyin and initials of a text with Han: a syllable a Han character, other letters as they are without accents, kana in romaji, spaces
 * left out. From the start and from later words that begin with Han. A character that is a word of its own has no phrase to decide between its
 * readings: where a text has exactly one of those, its second reading gives a further key from the start.
 */
export function pinyinKeys(normalised: string): readonly TextKey[] {
  const { path, undecided } = readPath(normalised);
  const keys: TextKey[] = [];
  for (const [at, start] of startsOf(path, MOST_STARTS)) addKeys(keys, path, at, start);
  if (undecided.length === 1) {
    const other = undecided[0]!;
    const reread = path.map((step, at) =>
      at === other.at ? { ...step, letters: other.reading } : step,
    );
    addKeys(keys, reread, 0, 0);
  }
  return keys;
}

interface Undecided {
  /** The step of the character. */
  readonly at: number;
  readonly reading: string;
}

function readPath(text: string): { path: KeyStep[]; undecided: Undecided[] } {
  const syllables = syllablesOf(text);
  const words = wordStarts(text);
  const path: KeyStep[] = [];
  const undecided: Undecided[] = [];
  let offset = 0;
  for (const grapheme of graphemes(text)) {
    const syllable = syllables.get(offset);
    const units = grapheme.length;
    if (syllable === undefined) {
      path.push({ letters: plainLetters(grapheme), units, opens: false });
    } else {
      if (!SETTLED.has(grapheme) && words.has(offset) && isEndOfWord(text, words, offset + units)) {
        const reading = readingsOf(grapheme).find((other) => other !== syllable);
        if (reading !== undefined) undecided.push({ at: path.length, reading });
      }
      path.push({ letters: syllable, units, opens: words.has(offset) });
    }
    offset += units;
  }
  return { path, undecided };
}

function isEndOfWord(text: string, words: ReadonlySet<number>, at: number): boolean {
  return at >= text.length || words.has(at);
}

function addKeys(keys: TextKey[], path: readonly KeyStep[], first: number, start: number): void {
  const full = pathFrom(path, first, start);
  if (full.key === '') return;
  add(keys, { kind: 'pinyin', ...full });
  const initials = path.map(({ letters, ...step }) => ({
    ...step,
    letters: /^[a-z]/.test(letters) ? letters.charAt(0) : letters,
  }));
  const short = pathFrom(initials, first, start);
  if (short.key.length > 1) add(keys, { kind: 'pinyinInitials', ...short });
}

function add(keys: TextKey[], key: TextKey): void {
  const isKnown = keys.some(
    (known) => known.kind === key.kind && known.start === key.start && known.key === key.key,
  );
  if (!isKnown) keys.push(key);
}

/** Offset of each Han character to its syllable. */
function syllablesOf(text: string): Map<number, string> {
  const syllables = new Map<number, string>();
  for (const { 0: run, index } of text.matchAll(HAN_RUN)) {
    let offset = index;
    const read = readHan(run);
    for (const [at, character] of Array.from(run).entries()) {
      syllables.set(offset, read[at] ?? character);
      offset += character.length;
    }
  }
  return syllables;
}

function plainLetters(grapheme: string): string {
  if (UNTYPED.includes(grapheme)) return '';
  const head = grapheme.charAt(0);
  if (head >= '0' && head <= 'z') return pinyinLetters(grapheme);
  return KANA.test(grapheme) ? canonicalRomaji(grapheme).key : pinyinLetters(grapheme);
}

function wordStarts(text: string): ReadonlySet<number> {
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  const starts = new Set<number>();
  for (const { index } of segmenter.segment(text)) starts.add(index);
  return starts;
}
