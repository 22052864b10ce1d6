import { hasOwnLetter } from '../../dictionaries/inflection/own-letters.ts';
import type { CompanyEvidence, CompanyLikeness } from './company.ts';
import type { WordDifference, WordRule } from './difference.ts';
import type { EnglishWords } from './english-words.ts';
import { rowWith } from './misspelt-queries.ts';
import type { QueryTable } from './query-table.ts';
import type { CandidatePair } from './regrouping.ts';
import { THRESHOLDS } from './thresholds.ts';
import {
  combine,
  judgeClicks,
  judgeCompany,
  judgeSwitches,
  type PairUsage,
  type Verdict,
} from './usage-evidence.ts';
import type { WordUsage } from './word-usage.ts';

/** Why two queries became one completion. */
export type MergeReason =
  /** Nothing but order or script form differs, and usage does not object. */
  | 'sameWords'
  /** The other words are the same, and usage does not object. */
  | 'sameContext'
  /** Usage says that they mean the same. */
  | 'usageAgrees'
  /** One is used far more, and usage does not object. */
  | 'dominates';

/** Why two queries that look alike are two completions. */
export type ApartReason =
  /** What people open, or the words beside them, differ. */
  | 'usageContradicts'
  /** The words that differ keep other company elsewhere, and nothing says that here they are one. */
  | 'wordContradicts'
  /** Only usage could say that they are one, and it does not. */
  | 'noUsage'
  /** A word between them fixes the order. */
  | 'orderWord'
  /** Too few searched the more used one in a market of the other. */
  | 'market'
  /** Neither is used so much more that the other can be a slip. */
  | 'notDominated'
  /** What would be a misspelling stands in queries of its own. */
  | 'ownQueries'
  /** What would be a misspelling is a word of the dictionary, and usage does not say that it is one. */
  | 'ownWord'
  /** Without accents it could be several words. */
  | 'ambiguous'
  /** The more used one is itself merged into a third, which is no direct variant. */
  | 'chain';

export interface Judgement {
  readonly pair: CandidatePair;
  readonly merged: MergeReason | null;
  readonly apart: ApartReason | null;
  readonly usage: PairUsage;
  /** Company of the queries, or of the words that decided; null where it was not asked. */
  readonly company: CompanyLikeness | null;
}

/** What the rules look into. */
export interface RuleContext {
  readonly table: QueryTable;
  readonly wordUsage: WordUsage;
  readonly company: CompanyEvidence;
  /** For a row without accents, the rows that differ from it in accents alone. */
  readonly accented: ReadonlyMap<number, readonly number[]>;
  readonly english: EnglishWords;
  languageOf(row: number): string;
}

const SHORTEST_LAZY_WORD = 4;

/** Judges a pair by the rules of `indexer/variants/VARIANTS.md`. */
export function judgePair(pair: CandidatePair, usage: PairUsage, context: RuleContext): Judgement {
  const { table } = context;
  const { more, less, difference } = pair;
  const apart = (reason: ApartReason, company: CompanyLikeness | null = null): Judgement => ({
    pair,
    merged: null,
    apart: reason,
    usage,
    company,
  });
  if (difference.orderWord !== null) return apart('orderWord');
  if (!table.coversMarketsOf(more, less)) return apart('market');
  const clicks = judgeClicks(usage);
  const company = context.company.compare(table.wordIdsOf(more), table.wordIdsOf(less));
  const switches = judgeSwitches(usage, table.users[less] ?? 0);
  const verdict = combine(clicks, [switches, judgeCompany(company)]);
  if (verdict === 'contradicts') return apart('usageContradicts', company);
  if (verdict !== 'agrees' && isLoose(pair, table)) return apart('noUsage', company);
  // Two terms that are not the same may keep the same company: only what people do with the two speaks for them.
  if (areCompounds(pair, context) && combine(clicks, [switches]) !== 'agrees') {
    return apart('noUsage', company);
  }
  let merged: MergeReason = verdict === 'agrees' ? 'usageAgrees' : 'sameWords';
  for (const word of difference.words) {
    const judged = judgeWord(word, { pair, usage, verdict }, context);
    if (judged.apart !== null) return apart(judged.apart, judged.company ?? company);
    if (merged !== 'usageAgrees' && judged.merged !== null) merged = judged.merged;
  }
  return { pair, merged, apart: null, usage, company };
}

/** Two words that differ in order and in a word: garden vegetables and vegetable gardens. */
function isLoose({ more, difference }: CandidatePair, table: QueryTable): boolean {
  const { words, isReordered } = difference;
  const changes = words.some(({ rule }) => rule !== 'script' && rule !== 'accent');
  return isReordered && changes && table.wordIdsOf(more).length < 3;
}

/** Two words that are a term of the dictionary in either order: milk chocolate and chocolate milk. */
function areCompounds(
  { more, difference }: CandidatePair,
  { table, english }: RuleContext,
): boolean {
  const ids = table.wordIdsOf(more);
  if (!difference.isReordered || ids.length !== 2) return false;
  const [first = '', second = ''] = Array.from(ids, (id) => table.words.wordOf(id));
  return english.isCompound(first, second) && english.isCompound(second, first);
}

interface WordJudgement {
  readonly merged: MergeReason | null;
  readonly apart: ApartReason | null;
  readonly company?: CompanyLikeness;
}

/** A pair, what was done with it, and what that says. */
interface UsedPair {
  readonly pair: CandidatePair;
  readonly usage: PairUsage;
  readonly verdict: Verdict;
}

function judgeWord(word: WordDifference, used: UsedPair, context: RuleContext): WordJudgement {
  const { pair, verdict } = used;
  const isAlone = context.table.wordIdsOf(pair.more).length === 1;
  switch (word.rule) {
    case 'script':
      return { merged: null, apart: null };
    case 'ownPlural':
      return refuseUnless(verdict === 'agrees', 'noUsage', 'usageAgrees');
    case 'number':
      if (isAlone) return refuseUnless(verdict === 'agrees', 'noUsage', 'usageAgrees');
      return judgeInContext(word, verdict, context);
    case 'accent':
      return judgeAccent(word, pair, verdict, isAlone, context);
    case 'spelling':
      return judgeSpelling(word, used, context);
    default:
      return exhausted(word.rule);
  }
}

function exhausted(rule: never): never {
  throw new Error(`no rule for ${String(rule satisfies WordRule)}`);
}

/** Words that differ in otherwise equal queries are one, unless their company elsewhere tells them apart and nothing here speaks for them. */
function judgeInContext(
  word: WordDifference,
  verdict: Verdict,
  context: RuleContext,
): WordJudgement {
  if (verdict === 'agrees') return { merged: 'usageAgrees', apart: null };
  const company = compareWordCompany(word, context);
  if (judgeCompany(company) === 'contradicts') {
    return { merged: null, apart: 'wordContradicts', company };
  }
  return { merged: 'sameContext', apart: null };
}

function judgeAccent(
  word: WordDifference,
  pair: CandidatePair,
  verdict: Verdict,
  isAlone: boolean,
  context: RuleContext,
): WordJudgement {
  if (verdict === 'agrees') return { merged: 'usageAgrees', apart: null };
  if (hasRival(pair, context)) return { merged: null, apart: 'ambiguous' };
  if (!isAlone) return judgeInContext(word, verdict, context);
  if (Math.min(word.more.length, word.less.length) < SHORTEST_LAZY_WORD) {
    return { merged: null, apart: 'noUsage' };
  }
  // A mark may be left out; who typed a letter of its own meant it.
  if (hasOwnLetter(word.less, context.languageOf(pair.less))) {
    return { merged: null, apart: 'noUsage' };
  }
  const dominates = ratioOf(pair, context.table) >= THRESHOLDS.accentRatio;
  return refuseUnless(dominates, 'notDominated', 'dominates');
}

/** Whether the row without accents might as well be another row with other accents, which is not far rarer. */
function hasRival(pair: CandidatePair, { table, accented }: RuleContext): boolean {
  for (const [lazy, full] of [
    [pair.less, pair.more],
    [pair.more, pair.less],
  ] as const) {
    for (const other of accented.get(lazy) ?? []) {
      const isFarRarer =
        (table.scores[full] ?? 0) >= THRESHOLDS.accentRatio * (table.scores[other] ?? 0);
      if (other !== full && accented.get(lazy)?.includes(full) && !isFarRarer) return true;
    }
  }
  return false;
}

function judgeSpelling(
  word: WordDifference,
  { pair, usage, verdict }: UsedPair,
  context: RuleContext,
): WordJudgement {
  const { table, wordUsage } = context;
  const [rare, common] = [table.words.idOf(word.less), table.words.idOf(word.more)];
  const needed =
    verdict === 'agrees' ? THRESHOLDS.supportedSpellingRatio : THRESHOLDS.spellingRatio;
  const wordRatio = (wordUsage.scores[common] ?? 0) / (wordUsage.scores[rare] ?? 1);
  if (ratioOf(pair, table) < needed || wordRatio < needed) {
    return { merged: null, apart: 'notDominated' };
  }
  // Who looks for a hotel looks for a hostel, too, and beside the same words: only what is opened shows that one was meant.
  if (context.english.isWord(word.less) && judgeClicks(usage) !== 'agrees') {
    return { merged: null, apart: 'ownWord' };
  }
  if (standsAlone(rare, common, context)) return { merged: null, apart: 'ownQueries' };
  if (verdict !== 'agrees') {
    const company = compareWordCompany(word, context);
    if (judgeCompany(company) === 'contradicts') {
      return { merged: null, apart: 'wordContradicts', company };
    }
  }
  return { merged: verdict === 'agrees' ? 'usageAgrees' : 'dominates', apart: null };
}

/** Whether the rarer word has a life of its own: queries, and a share of its use, that nobody writes with the other one. */
function standsAlone(rare: number, common: number, { table, wordUsage }: RuleContext): boolean {
  let [queries, score] = [0, 0];
  for (const row of wordUsage.rowsOf(rare)) {
    if (rowWith(table, row, rare, common) >= 0) continue;
    queries += 1;
    score += table.scores[row] ?? 0;
  }
  return (
    queries * THRESHOLDS.spellingOwnQueries > (wordUsage.counts[common] ?? 0) &&
    score > THRESHOLDS.spellingOwnShare * (wordUsage.scores[rare] ?? 0)
  );
}

function compareWordCompany(word: WordDifference, context: RuleContext): CompanyLikeness {
  const { words } = context.table;
  return context.company.compare([words.idOf(word.more)], [words.idOf(word.less)]);
}

function ratioOf({ more, less }: CandidatePair, { scores }: QueryTable): number {
  return (scores[more] ?? 0) / (scores[less] ?? 1);
}

function refuseUnless(holds: boolean, apart: ApartReason, merged: MergeReason): WordJudgement {
  return holds ? { merged, apart: null } : { merged: null, apart };
}
