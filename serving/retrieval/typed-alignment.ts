import type { TextRange } from '../../dictionaries/alignment.ts';
import { foldHan } from '../../dictionaries/reading/han-fold.ts';
import { latinOfHangulLayout } from '../../dictionaries/reading/jamo.ts';
import { foldKana } from '../../dictionaries/reading/kana-fold.ts';
import { coveredUnits, termKeys, typedKeys } from '../../dictionaries/reading/term-keys.ts';
import { closestBeginning } from './closest-beginning.ts';
import { cutTyped, type TypedPiece } from './interpretation/typed-pieces.ts';

/** Of two words, the share of the shorter one that they must begin with in common to be taken for forms of one word. */
const COMMON_SHARE = 0.6;
/** Units by which a whole typed word may be shorter than the word that it stands for. */
const MOST_MISSING = 2;

/** Errors between a typed text and the spelling that is shown: the typist's and those of the spelling that was merged into it. */
const MOST_ERRORS = 4;

/**
 * Which parts of a normalised text a typed text accounts for when the text was found by another spelling of it: half-open ranges, ascending,
 * apart. Each typed piece takes the first piece of the text not taken yet that is the same, the same but for accents or script,
 * begins alike, or is the closest misspelt; pieces without one account for nothing. Where none has one, the words may be cut otherwise: what counts
 * then is from which word on the text reads most like the typed one, spaces left out.
 */
export function alignTyped(typed: string, normalised: string): TextRange[] {
  const pieces = cutTyped(`${normalised} `);
  const taken = new Set<number>();
  const ranges: TextRange[] = [];
  for (const piece of cutTyped(typed)) {
    const found = bestPiece(piece, pieces, taken);
    if (found === null) continue;
    taken.add(found.index);
    const { start } = pieces[found.index]!;
    ranges.push({ start, end: start + found.length });
  }
  if (ranges.length > 0) return ranges.sort((a, b) => a.start - b.start);
  const whole = closestRun(typed, normalised, pieces);
  return whole === null ? [] : [whole];
}

/** Where a text reads most like the typed one, from the beginning of some word on. */
function closestRun(
  typed: string,
  normalised: string,
  pieces: readonly TypedPiece[],
): TextRange | null {
  const bare = typed.replaceAll(' ', '');
  let most = errorsIn(bare);
  let closest: TextRange | null = null;
  for (const { start } of pieces) {
    const found = closestBeginning(bare, normalised.slice(start), true, most);
    if (found === null) continue;
    closest = { start, end: start + found.length };
    most = found.errors - 1;
    if (most < 0) break;
  }
  return closest;
}

/** Errors that a text of this length may have and still be recognised. */
function errorsIn({ length }: string): number {
  return length === 1 ? 0 : Math.min(MOST_ERRORS, Math.ceil(length / 2));
}

function bestPiece(
  typed: TypedPiece,
  pieces: readonly TypedPiece[],
  taken: ReadonlySet<number>,
): { index: number; length: number } | null {
  for (const measure of [sameLength, keyedLength, alikeLength]) {
    for (const [index, { text }] of pieces.entries()) {
      if (taken.has(index)) continue;
      const length = measure(typed, text);
      if (length > 0) return { index, length };
    }
  }
  return closestPiece(typed, pieces, taken);
}

function closestPiece(
  { text, open, unspaced }: TypedPiece,
  pieces: readonly TypedPiece[],
  taken: ReadonlySet<number>,
): { index: number; length: number } | null {
  if (unspaced) return null;
  let most = mostErrorsIn(text);
  let closest: { index: number; length: number } | null = null;
  for (const [index, piece] of pieces.entries()) {
    if (taken.has(index) || piece.unspaced) continue;
    const found = closestBeginning(text, piece.text, open, most);
    if (found === null) continue;
    closest = { index, length: found.length };
    most = found.errors - 1;
    if (most < 0) break;
  }
  return closest;
}

/** Units of a word that are the typed ones, folds of Han and kana apart; 0 for another word. */
function sameLength({ text, open }: TypedPiece, word: string): number {
  if (word === text) return word.length;
  if (open && word.startsWith(text)) return text.length;
  return foldKana(foldHan(text)) === foldKana(foldHan(word)) ? word.length : 0;
}

/** Units of a word that a typed key of some kind accounts for; 0 where none does. */
function keyedLength({ text, open }: TypedPiece, word: string): number {
  const keys = termKeys(word).filter(({ kind }) => kind !== 'sound');
  for (const { kind, key } of typedKeys(text)) {
    const isMet = keys.some(
      (own) => own.kind === kind && (open ? own.key.startsWith(key) : own.key === key),
    );
    if (isMet) return open ? coveredUnits(word, kind, key) : word.length;
  }
  const latin = latinOfHangulLayout(text);
  if (latin !== null && word.startsWith(latin)) return open ? latin.length : word.length;
  return 0;
}

/** Errors that a word among others may have: it must not be taken for any other short word. */
function mostErrorsIn({ length }: string): number {
  return Math.min(MOST_ERRORS, Math.floor(length / 3));
}

/** Units of a word that begins like the typed one: all of it where it is hardly longer. */
function alikeLength({ text, unspaced }: TypedPiece, word: string): number {
  if (unspaced) return 0;
  let common = 0;
  while (common < text.length && text.charCodeAt(common) === word.charCodeAt(common)) common++;
  if (common < 2 || common < COMMON_SHARE * Math.min(text.length, word.length)) return 0;
  if (word.length <= text.length + MOST_MISSING) return word.length;
  return closestBeginning(text, word, true, mostErrorsIn(text))?.length ?? common;
}
