import type { TextRange } from '../../../dictionaries/alignment.ts';
import { queryTerms } from '../../../dictionaries/terms.ts';

/** How a text holds what was typed; ranges of the text, ascending and apart, that the typed text accounts for. */
export interface FreshMatch {
  readonly kind: 'prefix' | 'infix';
  readonly ranges: readonly TextRange[];
}

/** Tells how a normalised text holds a typed one; null where it does not. */
export type TypedMatcher = (text: string) => FreshMatch | null;

/**
 * What tells whether normalised texts are found for a normalised typed one (with its trailing space, if it was typed), by the first two rules of retrieval: a text begins with what
 * was typed, or holds the typed terms in any order, each at a place of its own.
 */
export function typedMatcher(typed: string): TypedMatcher {
  if (typed === '') return () => null;
  const terms = queryTerms(typed);
  const beginning: FreshMatch = {
    kind: 'prefix',
    ranges: [{ start: 0, end: typed.trimEnd().length }],
  };
  return (text) => {
    if (text.startsWith(typed) || `${text} ` === typed) return beginning;
    const taken: TextRange[] = [];
    for (const term of terms) {
      const start = placeOf(text, term, taken);
      if (start < 0) return null;
      taken.push({ start, end: start + term.text.length });
    }
    return { kind: 'infix', ranges: taken.sort((one, other) => one.start - other.start) };
  };
}

/** The first place of a term that no earlier one has; -1 where there is none. */
function placeOf(
  text: string,
  { text: term, script, last }: ReturnType<typeof queryTerms>[number],
  taken: readonly TextRange[],
): number {
  for (let start = text.indexOf(term); start >= 0; start = text.indexOf(term, start + 1)) {
    const end = start + term.length;
    const isWhole =
      script === 'unspaced' || (isEdge(text, start - 1) && (last || isEdge(text, end)));
    if (isWhole && taken.every((other) => end <= other.start || start >= other.end)) return start;
  }
  return -1;
}

function isEdge(text: string, at: number): boolean {
  return at < 0 || at >= text.length || text[at] === ' ';
}
