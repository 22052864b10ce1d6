/** One way in which a term can be written other than by its own letters. */
export type TermKeyKind = 'fold' | 'roman' | 'jamo' | 'initials' | 'emoji' | 'sound';

export interface TermKey {
  readonly kind: TermKeyKind;
  readonly key: string;
}

/** What to look up for a typed word; `bits` is its cost: -log2 of how likely somebody types a term in this way. */
export interface TypedKey extends TermKey {
  readonly bits: number;
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

/** The keys of one sequence term, which is given without its joiner. */
export function termKeys(_term: string): readonly TermKey[] {
  return [];
}

/** What to look up for a typed word (normalised). */
export function typedKeys(_word: string): readonly TypedKey[] {
  return [];
}

/** UTF-16 units of `term` (whole graphemes) that `typedKey`, a key of that kind or the beginning of one, accounts for. */
export function coveredUnits(term: string, _kind: TermKeyKind, _typedKey: string): number {
  return term.length;
}

/** Whether the letters of `term` carry every accent that was typed: typed é needs é, typed e takes e and é. */
export function admitsTyped(_typedWord: string, _term: string): boolean {
  return true;
}
