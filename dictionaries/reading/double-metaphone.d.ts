/** The one class of natural that is used, imported by path: the whole package loads slowly. */
declare module 'natural/lib/natural/phonetics/double_metaphone.js' {
  class DoubleMetaphone {
    /** The primary and the secondary code of a word, at most `maxLength` characters each. */
    process(word: string, maxLength?: number): string[];
  }
  export = DoubleMetaphone;
}
