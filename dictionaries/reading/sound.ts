import DoubleMetaphone from 'natural/lib/natural/phonetics/double_metaphone.js';

/** Words shorter than this sound like too many others. */
const SHORTEST = 4;
/** Codes of one sound say nothing. */
const SHORTEST_CODE = 2;
/** Sounds by which words are told apart; the rest of a long word isn't needed. */
const LONGEST_CODE = 12;

const encoder = new DoubleMetaphone();

/**
 * How a Latin word of four letters or more sounds, without its accents: its Double Metaphone codes, one or two (L. Philips, "The Double
 * Metaphone Search Algorithm", C/C++ Users Journal 18.6, 2000). None for a word with other characters than a to z. About 0.6 µs.
 */
export function soundCodes(plain: string): readonly string[] {
  if (plain.length < SHORTEST) return [];
  for (let at = 0; at < plain.length; at++) {
    const code = plain.charCodeAt(at);
    if (code < 0x61 || code > 0x7a) return [];
  }
  const [first = '', second = ''] = encoder.process(plain, LONGEST_CODE);
  const primary = first.trim();
  const secondary = second.trim();
  const codes = primary.length < SHORTEST_CODE ? [] : [primary];
  if (secondary.length >= SHORTEST_CODE && secondary !== primary) codes.push(secondary);
  return codes;
}
