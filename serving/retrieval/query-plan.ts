import { type QueryTerm, queryTerms, sequenceTerms } from '../../dictionaries/terms.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { signatureOf } from '../../indexer/segment/signatures.ts';
import type { TermRange } from '../../indexer/segment/term-dictionary.ts';

/**
 * One term of what was typed, as ranges of term ids. A word of a spaced script is one piece; a word of a script without
 * spaces is a piece a character, which must stand together.
 */
export interface TermMatcher {
  readonly kind: 'word' | 'beginning' | 'run';
  /** Ids that the first piece may have where a space (or nothing) precedes it, and where none does. */
  readonly spaced: TermRange;
  readonly joined: TermRange;
  /** Ids of each further piece, all of them joined to the one before. */
  readonly rest: readonly TermRange[];
  /** Bits that a completion's signature must have. */
  readonly signature: number;
  /** Length of the typed term in UTF-16 code units. */
  readonly length: number;
}

const KIND_ORDER = { word: 0, run: 1, beginning: 2 } as const;

/**
 * The matchers of a normalised typed text (with its trailing space, if any): words first, then runs, then the unfinished last word. Null when some
 * term is in no completion, so that nothing can match; empty when nothing was typed.
 */
export function planQuery(segment: Segment, typed: string): readonly TermMatcher[] | null {
  const matchers: TermMatcher[] = [];
  for (const term of queryTerms(typed)) {
    const matcher =
      term.script === 'spaced' ? wordMatcher(segment, term) : runMatcher(segment, term);
    if (matcher === null) return null;
    matchers.push(matcher);
  }
  return orderMatchers(matchers);
}

/** Words first, then runs, then the unfinished last word; like runs stand side by side, so that the row matcher can see them. */
export function orderMatchers(matchers: TermMatcher[]): TermMatcher[] {
  return matchers.sort(
    (a, b) =>
      KIND_ORDER[a.kind] - KIND_ORDER[b.kind] ||
      a.joined.low - b.joined.low ||
      a.spaced.low - b.spaced.low,
  );
}

function wordMatcher({ terms }: Segment, { text, last }: QueryTerm): TermMatcher | null {
  const spaced = last ? terms.prefixRange(text, false) : exactRange(terms.find(text, false));
  const joined = last ? terms.prefixRange(text, true) : exactRange(terms.find(text, true));
  if (isEmpty(spaced) && isEmpty(joined)) return null;
  return {
    kind: last ? 'beginning' : 'word',
    spaced,
    joined,
    rest: [],
    signature: signatureOf(text, !last),
    length: text.length,
  };
}

function runMatcher({ terms }: Segment, { text, last }: QueryTerm): TermMatcher | null {
  const pieces = sequenceTerms(text);
  let signature = 0;
  const ranges = pieces.map((piece, index) => {
    const open = last && index === pieces.length - 1;
    const bare = index === 0 ? piece : piece.slice(1);
    signature |= signatureOf(bare, !open);
    const joined = open ? terms.prefixRange(bare, true) : exactRange(terms.find(bare, true));
    const spaced = open ? terms.prefixRange(bare, false) : exactRange(terms.find(bare, false));
    return { spaced, joined };
  });
  const [first, ...rest] = ranges;
  if (first === undefined || (isEmpty(first.spaced) && isEmpty(first.joined))) return null;
  if (rest.some(({ joined }) => isEmpty(joined))) return null;
  return {
    kind: 'run',
    spaced: first.spaced,
    joined: first.joined,
    rest: rest.map(({ joined }) => joined),
    signature,
    length: text.length,
  };
}

function exactRange(id: number): TermRange {
  return id < 0 ? { low: 0, high: 0 } : { low: id, high: id + 1 };
}

function isEmpty({ low, high }: TermRange): boolean {
  return low === high;
}
