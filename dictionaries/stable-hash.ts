import { FIRST_A, finishHash, stepA } from './mentions/word-hash.ts';

/** A text's 32 bits of hash, unsigned: the same in every process and version, as profiles and logs keep it. It is no secret and guards nothing. */
export function stableHash(text: string): number {
  let hash = FIRST_A;
  for (let at = 0; at < text.length; at++) hash = stepA(hash, text.charCodeAt(at));
  return finishHash(hash) >>> 0;
}
