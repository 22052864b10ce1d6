import { readsVowels } from './arabic-vowels.ts';
import { emojiNames } from './emoji-names.ts';
import { carriesAccents, fold, foldLastNasal, foldRewritings } from './fold.ts';
import {
  initialsRewriting,
  jamoOfLatinLayout,
  jamoRewriting,
  keyOfStrokes,
  tenseReadings,
  typedInitials,
} from './jamo.ts';
import {
  ARABIC,
  ASCII_LETTER,
  CYRILLIC,
  DEVANAGARI,
  DIGIT,
  GREEK,
  HAN,
  HANGUL,
  HEBREW,
  KANA,
  LATIN,
  lettersOf,
  OTHER,
} from './letters.ts';
import { coveredBy, type Rewriting } from './rewriting.ts';
import { romanRewritings, romanTyped } from './romanisation.ts';
import { soundCodes } from './sound.ts';

/** One way in which a term is written other than by its own letters. */
export type TermKeyKind = 'fold' | 'roman' | 'jamo' | 'initials' | 'emoji' | 'sound';

export interface TermKey {
  readonly kind: TermKeyKind;
  readonly key: string;
}

/** What to look up for a typed word; `bits` is its cost: -log2 of how likely somebody types a term in this way. */
export interface TypedKey extends TermKey {
  readonly bits: number;
  /** There when a term that has this very key is not meant, only longer keys are: after a typed `k`, the key of `kh`. */
  readonly begun?: true;
}

/** A character of its own for each kind, which keeps the kinds apart in one sorted table. */
export const KEY_MARKS: Readonly<Record<TermKeyKind, string>> = {
  fold: 'f',
  roman: 'r',
  jamo: 'j',
  initials: 'c',
  emoji: 'e',
  sound: 's',
};

/** Costs of the ways of typing. Accents are left out all the time, and Hangul is typed stroke by stroke. */
export const FOLD_BITS = 1;
/** Most nasals that end a typed word stay what they are. */
const NASAL_BITS = 3;
const JAMO_BITS = 0.5;
const INITIALS_BITS = 3;
const LAYOUT_BITS = 8;
const TENSE_BITS = 1;
const EMOJI_BITS = 5;
const SOUND_BITS = 9;
/** Shorter typed words begin the names of too many emoji. */
const SHORTEST_EMOJI_NAME = 3;

const FOLDABLE = LATIN | GREEK | CYRILLIC | ARABIC | HEBREW | DEVANAGARI | HAN | KANA;
const ROMANISED = GREEK | CYRILLIC | ARABIC | DEVANAGARI;
const PLAIN = ASCII_LETTER | DIGIT;

/**
 * The keys of one sequence term, which is given normalised and without its joiner; distinct, the same for the same term. A plain ASCII term has
 * none but `sound`. A term that is its own folded form has no `fold` key: whoever looks up a `fold` key looks for the term of that
 * spelling too. Cost: 0.6 µs for an ASCII word of four letters or more (Double Metaphone), 1 to 10 µs for others.
 */
export function termKeys(term: string): readonly TermKey[] {
  const letters = lettersOf(term);
  const keys: TermKey[] = [];
  if ((letters & ~PLAIN) !== 0) {
    add(keys, 'fold', foldForms(term, letters));
    add(keys, 'roman', romanForms(term, letters));
    add(keys, 'jamo', jamoForms(term, letters));
    add(keys, 'initials', initialForms(term, letters));
    if ((letters & OTHER) !== 0) {
      for (const key of emojiNames(term)) keys.push({ kind: 'emoji', key });
    }
  }
  if ((letters & ~(ASCII_LETTER | LATIN)) === 0) {
    for (const key of soundCodes(fold(term))) keys.push({ kind: 'sound', key });
  }
  return keys;
}

/**
 * What to look up for a typed word (normalised): beginnings of keys, those of `sound` whole keys. A word may have several
 * keys of one kind, and one may be the beginning of another. Kinds for which `isWanted` says no may be left out. About 3 µs for a plain word, a
 * fifth of it Double Metaphone and most of the rest the other scripts.
 */
export function typedKeys(
  word: string,
  isWanted: (kind: TermKeyKind) => boolean = () => true,
): readonly TypedKey[] {
  const keys: TypedKey[] = [];
  if (word === '') return keys;
  const letters = lettersOf(word);
  const latin = letters & (ASCII_LETTER | LATIN);
  if (latin !== 0 || (letters & FOLDABLE) !== 0) {
    const folded = fold(word);
    // A hamza by itself folds to nothing, and nothing is the beginning of everything.
    if (folded !== '') keys.push({ kind: 'fold', key: folded, bits: FOLD_BITS });
    const nasal = (letters & DEVANAGARI) === 0 ? null : foldLastNasal(word);
    if (nasal !== null) keys.push({ kind: 'fold', key: nasal, bits: NASAL_BITS, begun: true });
  }
  if ((letters & ~PLAIN) === 0 && (letters & ASCII_LETTER) !== 0) {
    addPlain(keys, word, letters, isWanted);
  }
  if ((letters & HANGUL) !== 0) {
    const jamo = jamoRewriting(word).key;
    keys.push({ kind: 'jamo', key: keyOfStrokes(jamo), bits: JAMO_BITS });
    const initials = typedInitials(jamo);
    if (initials !== null) {
      keys.push({ kind: 'initials', key: keyOfStrokes(initials), bits: INITIALS_BITS });
    }
  }
  if (letters === latin && isWanted('sound')) {
    for (const key of soundCodes(fold(word))) keys.push({ kind: 'sound', key, bits: SOUND_BITS });
  }
  return keys;
}

/** What only a typed word of plain letters and digits can mean. */
function addPlain(
  keys: TypedKey[],
  word: string,
  letters: number,
  isWanted: (kind: TermKeyKind) => boolean,
): void {
  for (const { key, bits, begun } of isWanted('roman') ? romanTyped(word, letters) : []) {
    keys.push(begun ? { kind: 'roman', key, bits, begun } : { kind: 'roman', key, bits });
  }
  if ((letters & DIGIT) !== 0) return;
  const jamo = isWanted('jamo') ? jamoOfLatinLayout(word) : null;
  if (jamo !== null) {
    keys.push({ kind: 'jamo', key: keyOfStrokes(jamo), bits: LAYOUT_BITS });
    for (const reading of tenseReadings(jamo)) {
      keys.push({ kind: 'jamo', key: keyOfStrokes(reading), bits: LAYOUT_BITS + TENSE_BITS });
    }
  }
  if (word.length >= SHORTEST_EMOJI_NAME) {
    keys.push({ kind: 'emoji', key: word, bits: EMOJI_BITS });
  }
}

/**
 * UTF-16 units of `term` that `typedKey`, a key of that kind or the beginning of one, accounts for: the fewest whole graphemes (a half-typed
 * syllable covers its syllable, `cmosk` in москва covers моск). All of the term for a whole key, and for kinds that stand for the whole.
 */
export function coveredUnits(term: string, kind: TermKeyKind, typedKey: string): number {
  const letters = lettersOf(term);
  switch (kind) {
    case 'fold':
      return coveredBy(term, foldForms(term, letters), typedKey);
    case 'roman':
      return coveredBy(term, romanForms(term, letters), typedKey);
    case 'jamo':
      return coveredBy(term, jamoForms(term, letters), typedKey);
    case 'initials':
      return coveredBy(term, initialForms(term, letters), typedKey);
    case 'emoji':
    case 'sound':
      return term.length;
  }
}

/**
 * Whether the letters of `term` carry everything that was typed and that its keys leave out; to be asked of what was found by a `fold` or
 * `roman` key. Latin accents are optional unless typed: é needs é, e takes e and é. Long vowels of Arabic are needed by a romanised word.
 */
export function admitsTyped(typedWord: string, term: string): boolean {
  if (term.startsWith(typedWord)) return true;
  if ((lettersOf(term) & ARABIC) !== 0 && (lettersOf(typedWord) & ~PLAIN) === 0) {
    return readsVowels(typedWord, term);
  }
  return carriesAccents(typedWord, term);
}

function foldForms(term: string, letters: number): Rewriting[] {
  return (letters & FOLDABLE) === 0 ? [] : foldRewritings(term);
}

function romanForms(term: string, letters: number): Rewriting[] {
  return (letters & ROMANISED) === 0 ? [] : romanRewritings(term, letters);
}

function jamoForms(term: string, letters: number): Rewriting[] {
  return (letters & HANGUL) === 0 ? [] : [inSigns(jamoRewriting(term))];
}

function initialForms(term: string, letters: number): Rewriting[] {
  const form = (letters & HANGUL) === 0 ? null : initialsRewriting(term);
  return form === null ? [] : [inSigns(form)];
}

function inSigns({ key, ends }: Rewriting): Rewriting {
  return { key: keyOfStrokes(key), ends };
}

function add(keys: TermKey[], kind: TermKeyKind, forms: readonly Rewriting[]): void {
  for (const { key } of forms) keys.push({ kind, key });
}
