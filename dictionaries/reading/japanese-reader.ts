/** A word of a Japanese text, as a morphological analyser sees it. */
export interface ReadWord {
  /** The word as it is written; the surfaces of a text's words joined are the text. */
  readonly surface: string;
  /** How it is spelled in kana; null where the analyser does not know (foreign words, names it has never met). */
  readonly reading: string | null;
  /** How it is spoken, in kana: ワ of the particle は, long vowels with ー; null where it is not known. */
  readonly spoken: string | null;
  /** Whether people may begin to type here: not at particles and endings. */
  readonly opens: boolean;
}

/** Tells how Japanese text is read. Pure once made: reading its dictionary is the business of whoever makes it. */
export interface JapaneseReader {
  read(text: string): readonly ReadWord[];
}
