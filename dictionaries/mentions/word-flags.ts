/** What is known of a word, as bits of `TextScan.flags`. */
export const CAPITAL = 1;
/** Two letters or more, all capitals. */
export const SHOUTED = 2;
/** A capital behind a small letter: iPhone, McDonald. */
export const INNER_CAPITAL = 4;
export const HAS_DIGIT = 8;
export const HAS_LETTER = 16;
/** One character of a script without spaces. */
export const UNSPACED_WORD = 32;
/** What begins a sentence, or may: its capital says nothing. */
export const SENTENCE_START = 64;
export const HASHTAG = 128;
/** The name of an account, or what stands at an address. */
export const HANDLE = 256;
/** More than white space or a hyphen stands before it: no name goes on across. */
export const AFTER_BREAK = 512;
/** Nothing stands before it: it follows the word before directly. */
export const JOINED = 1024;
/** It ends in 's, or in a Korean particle: see `stemEnds`. */
export const HAS_STEM = 2048;
/** A quotation mark stands before it. */
export const QUOTED = 4096;
/** Hiragana, Katakana or another script is told by its first unit; this one is Katakana. */
export const KATAKANA = 8192;
