/**
 * What words and runs of words are looked up by: two hashes of 32 bits, 64 together. Written out as single steps because a pass over
 * comments hashes every letter: multiply and rotate as in xxHash32 (Collet), finished as in MurmurHash3 (Appleby, public domain).
 */
export const FIRST_A = 0x2545f491 | 0;
export const FIRST_B = 0x6c078965 | 0;
const STEP_A = 0x9e3779b1 | 0;
const STEP_B = 0x85ebca77 | 0;

/** The first hash, one code unit on. */
export function stepA(hash: number, unit: number): number {
  const mixed = Math.imul(hash ^ unit, STEP_A);
  return (mixed << 13) | (mixed >>> 19);
}

/** The second hash, one code unit on. */
export function stepB(hash: number, unit: number): number {
  const mixed = Math.imul(hash + unit, STEP_B);
  return mixed ^ (mixed >>> 15);
}

/** Either hash of a word when its last unit is in; also of a run, when its last word is in. */
export function finishHash(hash: number): number {
  let bits = hash;
  bits ^= bits >>> 16;
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** The first hash of a run of words, one word on; that of a run of one word is the word's own. */
export function extendA(run: number, word: number): number {
  const mixed = Math.imul(run ^ ((word << 7) | (word >>> 25)), STEP_A);
  return mixed ^ (mixed >>> 16);
}

/** The second hash of a run of words, one word on. */
export function extendB(run: number, word: number): number {
  const mixed = Math.imul((run + word) | 0, STEP_B) + 0x3c6ef372;
  return mixed ^ (mixed >>> 14);
}

/** The hashes of a normalised word before they are finished. */
export function hashesOf(text: string, start: number, end: number): { a: number; b: number } {
  let a = FIRST_A;
  let b = FIRST_B;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    a = stepA(a, unit);
    b = stepB(b, unit);
  }
  return { a, b };
}

/** The finished hashes of a single normalised word, as a word or a hashtag of a scan has them. */
export function hashWord(word: string): { readonly a: number; readonly b: number } {
  const { a, b } = hashesOf(word, 0, word.length);
  return { a: finishHash(a), b: finishHash(b) };
}
