import type { TextKeyKind } from '../../../dictionaries/reading/text-keys.ts';
import type { CompletionId } from '../../../indexer/segment/completion-id.ts';

/** Entries of a table of text keys, half-open. */
export interface EntryRange {
  readonly low: number;
  readonly high: number;
}

/** What the search asks of a segment's table of text keys (`TextKeyTable` is one). */
export interface TextKeyLookup {
  /** Whether any completion has a key of this kind. */
  has(kind: TextKeyKind): boolean;
  /** The entries of one kind whose key begins with `key`. */
  prefixRange(kind: TextKeyKind, key: string): EntryRange;
  /** The entries of a range, best completion first; -1 behind the last. */
  stream(range: EntryRange): { next(): number };
  keyAt(entry: number): string;
  completionAt(entry: number): number;
  /** UTF-16 offset in the completion's normalised form where the key begins. */
  startAt(entry: number): number;
  /** [units of the key, units of the text] a step, flattened. */
  stepsAt(entry: number): number[];
}

/** A completion that was typed in another script than it is written in. */
export interface TextKeyMatch {
  readonly completion: CompletionId;
  readonly kind: TextKeyKind;
  /** Cost of this way of typing: -log2 of how likely it is, see COSTS. */
  readonly bits: number;
  /** UTF-16 offsets in the completion's normalised form that the typed text accounts for: whole graphemes. */
  readonly start: number;
  readonly end: number;
}

/** An entry with what its completion looks like. */
export interface KeyedText {
  readonly text: string;
  readonly start: number;
  readonly key: string;
  readonly steps: readonly number[];
}

/** The part of a text that was matched. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One range to search: its entries, what to do with them, and what a match costs. */
export interface KeyQuestion {
  readonly kind: TextKeyKind;
  /** What the keys begin with. */
  readonly key: string;
  readonly bits: number;
  /** The part of the entry's text that the typed text accounts for, null when it does not match. */
  match(entry: KeyedText): Span | null;
}

/**
 * What ways of typing cost, in bits: kana for kanji, and pinyin among Han, are what input methods show half-way (1); letters for Han or kana are a choice that
 * somebody makes who sees no input method (3); syllables cut short need more good will (5), initials alone the most (6). The spelling of ü as u
 * is a mistake (2 more), and beginning inside the text costs what it does in any order (2 more).
 */
export const COSTS = {
  composing: 1,
  romaji: 3,
  pinyin: 3,
  mixed: 5,
  initials: 6,
  umlaut: 2,
  inside: 2,
} as const;
