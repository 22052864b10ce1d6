import { canonicalMarket } from '../market-tag.ts';
import { normalise } from '../normalise.ts';
import { type ProblemList, quote } from './lexicon-error.ts';
import { countCodePoints, EVERY_MARKET, LONGEST_TERM } from './lexicon-rules.ts';

/** A comment begins at the start of a line or behind white space: the # of `c#` is part of the word. */
const COMMENT = /(?:^|\s)#.*$/;

/** A line that says something, without its comment. */
export interface LexiconLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** Canonical tag of the section that it stands in. */
  readonly market: string;
}

/**
 * The lines of a lexicon file that say something, each with its market: that of the last section line above it, `market` above the first.
 * A section line that names no market goes to `problems`.
 */
export function* readLexiconLines(
  text: string,
  market: string,
  problems: ProblemList,
): Generator<LexiconLine> {
  let section = market;
  let number = 0;
  for (const raw of withoutByteOrderMark(text).split('\n')) {
    number++;
    const line = raw.replace(COMMENT, '').trim();
    if (line === '') continue;
    if (!line.startsWith('[')) {
      yield { number, text: line, market: section };
      continue;
    }
    const named = line.endsWith(']') ? sectionMarket(line.slice(1, -1).trim()) : null;
    if (named === null) {
      problems.add(number, `expected a market such as [en-US], [en] or [*], got ${quote(line)}`);
    } else {
      section = named;
    }
  }
}

/** The canonical tag for a market as files and options name it, where `*` means every market; `null` when it is malformed. */
export function sectionMarket(tag: string): string | null {
  return tag === '*' ? EVERY_MARKET : canonicalMarket(tag);
}

/** The normalised form of a term of a file; `null`, with the reason in `problems`, when it is none. */
export function readTerm(raw: string, line: number, problems: ProblemList): string | null {
  const text = raw.trim();
  const term = normalise(text);
  if (text === '') {
    problems.add(line, 'expected a term, got nothing');
  } else if (term === '') {
    problems.add(line, `expected a term with a letter, digit or picture, got ${quote(text)}`);
  } else {
    const length = countCodePoints(term);
    if (length <= LONGEST_TERM) return term;
    problems.add(line, `expected a term of at most ${LONGEST_TERM} code points, got ${length}`);
  }
  return null;
}

function withoutByteOrderMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
