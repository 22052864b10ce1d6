import { ProblemList, quote } from './lexicon-error.ts';
import { type LexiconLine, readLexiconLines, readTerm } from './lexicon-lines.ts';
import { EVERY_MARKET, MOST_RULES, MOST_TERMS_IN_RULE, type SynonymRule } from './lexicon-rules.ts';
import { LexiconSet } from './lexicon-set.ts';

const ARROW = '=>';
/** Commas of all keyboards: people write a file in their own script. */
const COMMA = /[,，、،]/;

/**
 * The rules of a synonym file (FORMAT.md). Rules above the first section line belong to `market`. Throws a `LexiconError` that
 * lists every problem of the file with its line; `fileName` stands in front of each.
 */
export function parseSynonyms(
  text: string,
  fileName: string,
  market: string = EVERY_MARKET,
): LexiconSet {
  const problems = new ProblemList(fileName);
  const rulesByMarket = new Map<string, SynonymRule[]>();
  let count = 0;
  for (const line of readLexiconLines(text, market, problems)) {
    if (++count === MOST_RULES + 1) {
      problems.add(line.number, `expected at most ${MOST_RULES} rules, got more`);
    }
    const rule = parseRule(line, problems);
    if (rule === null) continue;
    const rules = rulesByMarket.get(line.market);
    if (rules === undefined) rulesByMarket.set(line.market, [rule]);
    else rules.push(rule);
  }
  problems.throwIfAny();
  return LexiconSet.of(
    [...rulesByMarket].map(([tag, synonyms]) => ({ market: tag, synonyms, stopWords: [] })),
  );
}

function parseRule({ text, number }: LexiconLine, problems: ProblemList): SynonymRule | null {
  const [left = '', right, ...more] = text.split(ARROW);
  if (more.length > 0) {
    problems.add(number, `expected one ${ARROW} at most, got ${more.length + 1} in ${quote(text)}`);
    return null;
  }
  return right === undefined
    ? parseTwoWay(left, number, problems)
    : parseOneWay(left, right, number, problems);
}

function parseTwoWay(text: string, line: number, problems: ProblemList): SynonymRule | null {
  const terms = parseSide(text, 'terms', line, problems);
  if (terms === null) return null;
  if (terms.length > 1) return { kind: 'two-way', terms };
  problems.add(
    line,
    COMMA.test(text)
      ? `expected terms that differ, got ${quote(text)}, all of which is compared as ${quote(terms.join())}`
      : `expected two terms or more (tv, television) or one way (mobile ${ARROW} cell phone), got ${quote(text)}`,
  );
  return null;
}

function parseOneWay(
  left: string,
  right: string,
  line: number,
  problems: ProblemList,
): SynonymRule | null {
  const typed = parseSide(left, `terms before ${ARROW}`, line, problems);
  const all = parseSide(right, `terms after ${ARROW}`, line, problems);
  if (typed === null || all === null) return null;
  const found = all.filter((term) => !typed.includes(term));
  if (found.length > 0) return { kind: 'one-way', typed, found };
  problems.add(
    line,
    `expected something else after ${ARROW} than before it, got ${quote(right.trim())}, which is compared as ${quote(all.join(', '))}`,
  );
  return null;
}

/** The distinct terms of a list; `null` when any of them is none. */
function parseSide(
  text: string,
  what: string,
  line: number,
  problems: ProblemList,
): readonly string[] | null {
  if (text.trim() === '') {
    problems.add(line, `expected ${what}, got nothing`);
    return null;
  }
  const raw = text.split(COMMA);
  const terms = raw.map((term) => readTerm(term, line, problems));
  if (raw.length > MOST_TERMS_IN_RULE) {
    problems.add(line, `expected at most ${MOST_TERMS_IN_RULE} ${what}, got ${raw.length}`);
    return null;
  }
  return terms.every((term) => term !== null) ? [...new Set(terms)] : null;
}
