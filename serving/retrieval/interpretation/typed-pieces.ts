import { isUnspaced } from '../../../dictionaries/script.ts';
import { JOINER, sequenceTerms } from '../../../dictionaries/terms.ts';

/** A sequence term of what was typed, with its place in the normalised typed text (UTF-16 units, half-open). */
export interface TypedPiece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** No space stands before it, though something does. */
  readonly joined: boolean;
  /** Of a script that is written without spaces. */
  readonly unspaced: boolean;
  /** Whether it, or the piece before it, is of such a script, so that a space before it means little. */
  readonly spaceIsFree: boolean;
  /** Nothing else was typed. */
  readonly isAlone: boolean;
  /** The unfinished last piece, which is matched by its beginning. */
  readonly open: boolean;
}

/** The pieces of a normalised typed text; a trailing space finishes the last one. */
export function cutTyped(typed: string): TypedPiece[] {
  const finished = typed.endsWith(' ');
  const terms = sequenceTerms(finished ? typed.slice(0, -1) : typed);
  const pieces: TypedPiece[] = [];
  let at = 0;
  terms.forEach((term, index) => {
    const joined = term.startsWith(JOINER);
    const text = joined ? term.slice(JOINER.length) : term;
    if (!joined && index > 0) at++;
    const unspaced = isUnspaced(text.codePointAt(0) ?? 0);
    pieces.push({
      text,
      start: at,
      end: at + text.length,
      joined,
      unspaced,
      spaceIsFree: unspaced || (index > 0 && pieces[index - 1]!.unspaced),
      isAlone: terms.length === 1,
      open: index === terms.length - 1 && !finished,
    });
    at += text.length;
  });
  return pieces;
}
