import { detectLanguage } from '../../dictionaries/reading/language.ts';
import type { Workspace } from '../clean/workspace.ts';
import { CompanyEvidence } from './company.ts';
import { type EnglishWords, loadEnglishWords, NO_ENGLISH_WORDS } from './english-words.ts';
import { type Judgement, judgePair, type RuleContext } from './merge-rules.ts';
import { pairMisspellings } from './misspelt-queries.ts';
import { QueryTable } from './query-table.ts';
import { type CandidatePair, pairRegroupings } from './regrouping.ts';
import { NO_USAGE, type PairUsage } from './usage-evidence.ts';
import { formClasses, type VariantClasses } from './variant-classes.ts';
import { classifyWords, foldWord } from './word-classes.ts';
import { WordUsage } from './word-usage.ts';

/** A text's language where neither its market nor its letters tell. */
const PRESUMED_LANGUAGE = 'en';

/** The variants among the kept groups, with what was known of each pair. */
export interface FoundVariants extends VariantClasses {
  readonly table: QueryTable;
}

/** Where the evidence of each pair comes from. */
export type UsageSource = (
  pairs: readonly CandidatePair[],
  table: QueryTable,
) => Promise<readonly PairUsage[]>;

/** Finds the variants among the groups of the workspace and notes them in its table `variants`. */
export async function mergeVariants(
  workspace: Workspace,
  markets: readonly string[],
): Promise<FoundVariants> {
  const table = await QueryTable.load(workspace);
  const found = await findVariants(table, markets, (pairs) => readUsage(workspace, pairs, table));
  const appender = await workspace.appender('variants');
  for (const { pair } of found.merges) {
    appender.appendUInteger(table.groupIds[pair.less] ?? 0);
    appender.appendUInteger(table.groupIds[pair.more] ?? 0);
    appender.endRow();
  }
  appender.closeSync();
  return found;
}

/**
 * Finds what may be one query, asks for the evidence, judges and makes classes. Joins by keys only: no step looks at all pairs. The
 * same table and evidence give the same result.
 */
export async function findVariants(
  table: QueryTable,
  markets: readonly string[],
  usageOf: UsageSource,
): Promise<FoundVariants> {
  const languageOf = (row: number): string => {
    const market = markets[table.mainMarkets[row] ?? 0] ?? null;
    return detectLanguage(table.texts[row] ?? '', market) ?? PRESUMED_LANGUAGE;
  };
  const classes = classifyWords(table, languageOf);
  const wordUsage = new WordUsage(table);
  const pairs = [...pairRegroupings(table, classes), ...pairMisspellings(table, wordUsage)];
  const usages = await usageOf(pairs, table);
  const context: RuleContext = {
    table,
    wordUsage,
    company: new CompanyEvidence(table, classes, wordUsage),
    accented: findAccented(pairs, table),
    english: await loadWhenNeeded(pairs),
    languageOf: (row) => classes.languages[classes.rowLanguages[row] ?? 0] ?? PRESUMED_LANGUAGE,
  };
  const judgements = pairs.map(
    (pair, at): Judgement => judgePair(pair, usages[at] ?? NO_USAGE, context),
  );
  return { ...formClasses(judgements), table };
}

/** The dictionary decides only on slips and on order. */
function loadWhenNeeded(pairs: readonly CandidatePair[]): Promise<EnglishWords> | EnglishWords {
  const isNeeded = pairs.some(
    ({ difference: { words, isReordered } }) =>
      isReordered || words.some(({ rule }) => rule === 'spelling'),
  );
  return isNeeded ? loadEnglishWords() : NO_ENGLISH_WORDS;
}

/** For rows without accents, the rows that only have accents more. */
function findAccented(
  pairs: readonly CandidatePair[],
  table: QueryTable,
): ReadonlyMap<number, readonly number[]> {
  const accented = new Map<number, number[]>();
  for (const { more, less, difference } of pairs) {
    const { words, isReordered } = difference;
    if (isReordered || words.length === 0 || words.some(({ rule }) => rule !== 'accent')) continue;
    const isLessLazy = words.every((word) => isPlain(word.less));
    const isMoreLazy = words.every((word) => isPlain(word.more));
    if (isLessLazy === isMoreLazy) continue;
    const [lazy, full] = isLessLazy ? [less, more] : [more, less];
    accented.set(lazy, [...(accented.get(lazy) ?? []), full]);
  }
  for (const rows of accented.values()) {
    rows.sort((a, b) => (table.scores[b] ?? 0) - (table.scores[a] ?? 0) || a - b);
  }
  return accented;
}

function isPlain(word: string): boolean {
  return foldWord(word) === word;
}

/** Asks the workspace about the pairs. */
async function readUsage(
  workspace: Workspace,
  pairs: readonly CandidatePair[],
  table: QueryTable,
): Promise<readonly PairUsage[]> {
  const appender = await workspace.appender('variant_pairs');
  pairs.forEach(({ more, less }, at) => {
    appender.appendUInteger(at);
    appender.appendUInteger(table.groupIds[more] ?? 0);
    appender.appendUInteger(table.groupIds[less] ?? 0);
    appender.endRow();
  });
  appender.closeSync();
  const usages: PairUsage[] = [];
  for await (const chunk of workspace.streamStep('clean/14-variants')) {
    const columns = [0, 1, 2, 3, 4].map((column) => chunk.getColumnValues(column));
    for (let row = 0; row < chunk.rowCount; row++) {
      const [at, switchers, more, less, likeness] = columns.map((values) => Number(values[row]));
      usages[at ?? 0] = {
        switchers: switchers ?? 0,
        clickers: [more ?? 0, less ?? 0],
        clickLikeness: likeness === undefined || likeness < 0 ? null : likeness,
      };
    }
  }
  return usages;
}
