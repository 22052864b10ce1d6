/** What a text key is written in: full pinyin, the first letters of its syllables, or romaji. */
export type TextKeyKind = 'pinyin' | 'pinyinInitials' | 'romaji';

/** A way of typing a text, or its rest from the start of a word on, in Latin letters. */
export interface TextKey {
  readonly kind: TextKeyKind;
  /** UTF-16 offset in the normalised text where the key begins. */
  readonly start: number;
  readonly key: string;
  /**
   * How key and text advance together: [units of the key, units of the text] a step, flattened; they sum to the key's length and the text's
   * rest. A step is at least a grapheme of the text; one of 0 units of the key is not heard in it (ー, a space).
   */
  readonly steps: readonly number[];
}

/** Beginnings of a text that have keys, the text's own one included. */
export const MOST_STARTS = 4;
