/** What a text key is written in: full pinyin, the first letters of its syllables, or romaji. */
export type TextKeyKind = 'pinyin' | 'pinyinInitials' | 'romaji';

/** A way of typing a text, or its rest from the start of a word on, in Latin letters. */
export interface TextKey {
  readonly kind: TextKeyKind;
  /** UTF-16 offset in the normalised text where the key begins. */
  readonly start: number;
  readonly key: string;
  /** How key and text advance together: [units of the key, units of the text] a step, flattened; they sum to the key's length and the text's rest. */
  readonly steps: readonly number[];
}

/** Whether a text has characters that text keys are made of: Han or kana. */
export function isRead(normalised: string): boolean {
  return READ.test(normalised);
}

const READ = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
