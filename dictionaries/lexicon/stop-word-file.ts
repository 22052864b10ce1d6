import { ProblemList, quote } from './lexicon-error.ts';
import { readLexiconLines, readTerm } from './lexicon-lines.ts';
import { EVERY_MARKET, MOST_STOP_WORDS } from './lexicon-rules.ts';
import { LexiconSet } from './lexicon-set.ts';

/**
 * The words of a stop word file (FORMAT.md). Words above the first section line belong to `market`. Throws a `LexiconError` that
 * lists every problem of the file with its line; `fileName` stands in front of each.
 */
export function parseStopWords(
  text: string,
  fileName: string,
  market: string = EVERY_MARKET,
): LexiconSet {
  const problems = new ProblemList(fileName);
  const wordsByMarket = new Map<string, Set<string>>();
  let count = 0;
  for (const line of readLexiconLines(text, market, problems)) {
    if (++count === MOST_STOP_WORDS + 1) {
      problems.add(line.number, `expected at most ${MOST_STOP_WORDS} stop words, got more`);
    }
    const word = readTerm(line.text, line.number, problems);
    if (word === null) continue;
    if (word.includes(' ')) {
      problems.add(line.number, `expected one word on a line, got ${quote(line.text)}`);
      continue;
    }
    const words = wordsByMarket.get(line.market);
    if (words === undefined) wordsByMarket.set(line.market, new Set([word]));
    else words.add(word);
  }
  problems.throwIfAny();
  return LexiconSet.of(
    [...wordsByMarket].map(([tag, words]) => ({
      market: tag,
      synonyms: [],
      stopWords: [...words],
    })),
  );
}
