/**
 * A 32-bit set of the first letters of a completion's terms: a quick no before the forward index is read. Each term sets one
 * bit, so a completion holds a term only if it has the term's bit.
 */
export function signatureBit(firstCodePoint: number): number {
  // a … z have a bit each; everything else shares the other six.
  if (firstCodePoint >= 0x61 && firstCodePoint <= 0x7a) return 1 << (firstCodePoint - 0x61);
  return 1 << (26 + (firstCodePoint % 6));
}

/** The bit that a term, or a prefix of one, asks for; an empty prefix asks for none. */
export function signatureOf(text: string): number {
  return text === '' ? 0 : signatureBit(text.codePointAt(0) ?? 0);
}
