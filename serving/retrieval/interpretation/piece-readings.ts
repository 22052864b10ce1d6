import { latinOfHangulLayout } from '../../../dictionaries/reading/jamo.ts';
import {
  admitsTyped,
  coveredUnits,
  type TermKeyKind,
  type TypedKey,
  typedKeys,
} from '../../../dictionaries/reading/term-keys.ts';
import { keyboardOf } from '../../../dictionaries/typing/keyboard.ts';
import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { allowedEdits, FuzzyTerms, OneErrorMemory, type WorkBudget } from '../fuzzy/fuzzy-terms.ts';
import {
  type Alternative,
  LAYOUT_BITS,
  SCRIPT,
  TYPO,
  UNSPACED_SPACE_BITS,
  VARIANT,
  type Ways,
} from './alternative.ts';
import { SplitReadings } from './split-readings.ts';
import type { TypedPiece } from './typed-pieces.ts';
import { typedRange } from './typed-range.ts';

const WRITTEN_KINDS: readonly TermKeyKind[] = ['fold', 'roman', 'jamo', 'initials', 'emoji'];
/** Keys that merely write the same word another way; all others change the script. */
const VARIANT_KINDS: ReadonlySet<TermKeyKind> = new Set(['fold', 'jamo']);

/** What a mere variant costs at most: Hangul typed on a Latin layout has keys of the same kind, and costs more. */
const MOST_VARIANT_BITS = 3;
/** Keys that lead to more terms than were meant: the letters must be looked at as well. */
const CHECKED_KINDS: ReadonlySet<TermKeyKind> = new Set(['fold', 'roman']);

/** Terms that an unfinished word is looked for in, of one kind of key: those in the most searched completions. */
const MOST_TERMS_A_KEY = 48;
/** Results of one fuzzy lookup. */
const MOST_FUZZY = 32;
/** How many bits less than the likeliest word with one error a word with two may be worth: by itself, and among others. */
const TWO_ERROR_SPREAD_ALONE = 4;
const TWO_ERROR_SPREAD = 12;

/** Work on a word with two errors, likely words first: the unlikely rest of the search costs more than it finds. */
const TWO_ERROR_WORK = 3000;

/** What a word may be mistaken for: whose keyboard was typed on, whether its sound counts, and which completions are asked for. */
export interface TypingHabits {
  readonly language: string | null;
  readonly sound: boolean;
  readonly views: readonly CompletionView[];
}

/**
 * How hard errors are looked for, each care costing a multiple of the one before: `oneError` a word; as many as the word's length allows, and words that sound
 * alike (`byLength`); two in every word of three letters or more that stands among others (`byText`).
 */
export type Care = 'oneError' | 'byLength' | 'byText';

/** Which ways of writing count: all, none, or those only that are not another script. */
export type WantedScripts = 'all' | 'variants' | 'none';

const NO_ALTERNATIVES: readonly Alternative[] = [];

/** What single pieces of typed text may mean, in the terms of one segment. */
export class PieceReadings {
  private readonly segment: Segment;
  private readonly fuzzy: FuzzyTerms | null;
  readonly splits: SplitReadings;
  private readonly entries = new Uint32Array(MOST_TERMS_A_KEY);
  /** Kinds of keys by which terms are written another way; what sounds alike is a mistake, and looked for as one. */
  private readonly kinds: Readonly<Record<WantedScripts, ReadonlySet<TermKeyKind>>>;

  constructor(segment: Segment) {
    this.segment = segment;
    this.splits = new SplitReadings(segment);
    const kinds = WRITTEN_KINDS.filter((kind) => segment.termKeys?.has(kind) === true);
    this.kinds = {
      all: new Set(kinds),
      variants: new Set(kinds.filter((kind) => VARIANT_KINDS.has(kind))),
      none: new Set(),
    };
    this.fuzzy = segment.trie === null ? null : new FuzzyTerms(segment);
  }

  /** The terms that are, or begin with, the piece itself. `text` may be another one in the piece's place. */
  asTyped(piece: TypedPiece, text: string, ways: Ways, bits: number): Alternative[] {
    const alternatives: Alternative[] = [];
    const covered = piece.open ? text.length : Infinity;
    for (const joined of [piece.joined, !piece.joined]) {
      const free = joined === piece.joined;
      if (!free && !piece.spaceIsFree) continue;
      const { low, high } = typedRange(this.segment, text, joined, piece.open);
      if (low === high) continue;
      alternatives.push({
        low,
        high,
        bits: bits + (free ? 0 : UNSPACED_SPACE_BITS),
        ways: ways | (free ? 0 : VARIANT),
        covered,
      });
    }
    return alternatives;
  }

  /** The terms that another way of writing them leads to: accents left out, half-typed syllables, other scripts, names of emoji. */
  rewritten(
    piece: TypedPiece,
    text: string,
    budget: WorkBudget,
    scripts: WantedScripts = 'all',
  ): readonly Alternative[] {
    const kinds = this.kinds[scripts];
    // Nothing but such keys leads from plain letters to another way of writing.
    if (kinds.size === 0 && isPlain(text)) return NO_ALTERNATIVES;
    const alternatives: Alternative[] = [];
    for (const typed of typedKeys(text, (kind) => kinds.has(kind))) {
      const { kind, key, bits, begun } = typed;
      // Some keys stand for longer words only.
      if (begun === true && !piece.open) continue;
      if (kind === 'fold' && key !== text && admitsTyped(text, key)) {
        // A term that is written just as the key has no key of its own.
        alternatives.push(...this.asTyped(piece, key, VARIANT, bits));
      }
      const ways = bits <= MOST_VARIANT_BITS && VARIANT_KINDS.has(kind) ? VARIANT : SCRIPT;
      if (!kinds.has(kind) || (scripts === 'variants' && ways === SCRIPT)) continue;
      this.addKeyed(alternatives, piece, text, { ...typed, ways }, budget);
    }
    const latin = scripts === 'all' ? latinOfHangulLayout(text) : null;
    if (latin !== null) alternatives.push(...this.asTyped(piece, latin, SCRIPT, LAYOUT_BITS));
    return alternatives;
  }

  /** Adds the terms that a key leads to. */
  private addKeyed(
    alternatives: Alternative[],
    piece: TypedPiece,
    text: string,
    { kind, key, bits, ways }: TypedKey & { readonly ways: Ways },
    budget: WorkBudget,
  ): void {
    const { termKeys, terms } = this.segment;
    if (termKeys === null) return;
    const range = termKeys.range(kind, key, piece.open ? 'beginning' : 'whole');
    budget.left -= 8;
    const count = termKeys.best(range, MOST_TERMS_A_KEY, this.entries);
    for (let i = 0; i < count; i++) {
      const id = termKeys.termAt(this.entries[i]!);
      const joined = id >= terms.spaced;
      if (joined !== piece.joined && !piece.spaceIsFree) continue;
      const term = terms.termText(id);
      budget.left -= 4;
      if (term === text || (CHECKED_KINDS.has(kind) && !admitsTyped(text, term))) continue;
      alternatives.push({
        low: id,
        high: id + 1,
        bits: bits + (joined === piece.joined ? 0 : UNSPACED_SPACE_BITS),
        ways,
        covered: piece.open ? coveredUnits(term, kind, key) : Infinity,
      });
    }
  }

  /** Whether `mistyped` may give anything; told without looking. */
  mayBeMistyped(piece: TypedPiece): boolean {
    return (
      this.fuzzy !== null && !piece.unspaced && !piece.joined && editsOf(piece, 'oneError') > 0
    );
  }

  /**
   * The terms that a slip of the hand, or a wrong idea of the spelling, turns into the piece; only those that may lead to a completion worth
   * more than `floor`. `oneError` is the piece's, for the next time that it is asked for with more care.
   */
  mistyped(
    piece: TypedPiece,
    habits: TypingHabits,
    care: Care,
    floor: number,
    budget: WorkBudget,
    oneError: OneErrorMemory = new OneErrorMemory(),
  ): Alternative[] {
    if (this.fuzzy === null || piece.unspaced || piece.joined) return [];
    const maxEdits = editsOf(piece, care);
    if (maxEdits === 0) return [];
    const { language, sound, views } = habits;
    const keyboard = keyboardOf(piece.text, language);
    // Among other words the likeliest word by itself may not be the one that goes with them.
    const twoErrorSpread = piece.isAlone ? TWO_ERROR_SPREAD_ALONE : TWO_ERROR_SPREAD;
    const limit = MOST_FUZZY;
    const work = { left: maxEdits === 2 ? Math.min(budget.left, TWO_ERROR_WORK) : budget.left };
    const given = work.left;
    const options = {
      keyboard,
      sound,
      views,
      maxEdits,
      budget: work,
      limit,
      floor,
      twoErrorSpread,
      oneError,
    };
    const found = piece.open
      ? this.fuzzy.beginning(piece.text, options)
      : this.fuzzy.whole(piece.text, options);
    const sounding = care === 'byLength' ? this.fuzzy.bySound(piece.text, options) : [];
    budget.left -= given - work.left;
    return [...found, ...sounding].map(({ low, high, bits, covered }) => ({
      low,
      high,
      bits,
      ways: TYPO,
      covered: piece.open ? covered : Infinity,
    }));
  }
}

/**
 * Errors that a piece may have. By itself a word has at most those that its length allows. Among others, which tell what is meant, a word of one or two
 * letters may be wrong as well, and with the greatest care each word may have as many as a single word of the text's length.
 */
function editsOf({ text, isAlone, open }: TypedPiece, care: Care): 0 | 1 | 2 {
  const edits = allowedEdits(text);
  const isAmongOthers = !isAlone && /\p{L}/u.test(text);
  if (edits === 0) return isAmongOthers && !(open && text.length === 1) ? 1 : 0;
  if (care === 'oneError') return 1;
  return care === 'byText' && isAmongOthers ? 2 : edits;
}

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= 0x80) return false;
  return true;
}
