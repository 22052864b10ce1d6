import type { Verdict } from '../counting/text-verdict.ts';
import type { ApartEntry, DifferenceKind, Evidence, MergeEntry } from './audit-record.ts';
import type { ApartReason, MergeReason } from './merge-rules.ts';
import type { Thresholds } from './thresholds.ts';

const KINDS: Readonly<Record<DifferenceKind, string>> = {
  spacing: 'other spaces',
  script: 'other form of the script',
  accent: 'accents',
  order: 'order of words',
  number: 'singular and plural',
  ownPlural: 'plural with a meaning of its own',
  spelling: 'spelling',
};

const MERGED: Readonly<Record<MergeReason, string>> = {
  sameWords: 'the same words, and usage does not object',
  sameContext: 'the other words are the same, and usage does not object',
  usageAgrees: 'usage says that they mean the same',
  dominates: 'the other one is used far more, and usage does not object',
};

const APART: Readonly<Record<ApartReason, string>> = {
  usageContradicts: 'usage says that they mean different things',
  wordContradicts: 'the words that differ are used differently elsewhere',
  noUsage: 'only usage could say that they mean the same, and it does not',
  orderWord: 'a word between them fixes the order',
  market: 'too few searched the more used one in a market of the other',
  notDominated: 'neither is used so much more that the other can be a slip',
  ownQueries: 'the rarer word stands in queries of its own',
  ownWord: 'the rarer word is one of the dictionary, and usage does not say that it is a slip',
  ambiguous: 'without accents it could be several words',
  chain: 'the other one is itself merged into a third',
};

const VERDICTS: Readonly<Record<Verdict, string | null>> = {
  usable: null,
  empty: 'nothing is left of it after normalising',
  tooLong: 'texts of over 128 code points are never kept',
  personalData: 'it may hold personal data, which is never kept',
  blocked: 'it is blocked (--no-safety leaves the blocklist out)',
};

/** Why a text is never kept; null for one that may be. */
export function describeVerdict(verdict: Verdict): string | null {
  return VERDICTS[verdict];
}

/** Why a query was merged, in lines; `thresholds` are those of the audit. */
export function describeMerge(entry: MergeEntry, thresholds: Thresholds): readonly string[] {
  return [
    `${differences(entry)}: ${MERGED[entry.why]}`,
    ...evidenceLines(entry.evidence, thresholds),
  ];
}

/** Why a query was kept apart, in lines. */
export function describeApart(entry: ApartEntry, thresholds: Thresholds): readonly string[] {
  return [
    `${differences(entry)}: ${APART[entry.why]}`,
    ...evidenceLines(entry.evidence, thresholds),
  ];
}

function differences({ kinds, words }: Pick<MergeEntry, 'kinds' | 'words'>): string {
  const pairs = words.map(([more, less]) => `${less}/${more}`);
  return (
    kinds.map((kind) => KINDS[kind]).join(', ') +
    (pairs.length === 0 ? '' : ` (${pairs.join(', ')})`)
  );
}

function evidenceLines(evidence: Evidence | null, thresholds: Thresholds): readonly string[] {
  if (evidence === null) return [];
  const lines: string[] = [];
  if (evidence.switchers > 0) {
    lines.push(
      `${evidence.switchers} users went from one to the other (needs ${thresholds.leastSwitchers} and ${100 * thresholds.switchersShare}% of the rarer one's)`,
    );
  }
  if (evidence.clicks !== undefined) {
    lines.push(
      `clicks agree ${evidence.clicks} over ${evidence.clickers?.join(' and ')} users (needs ${thresholds.clicksAgree})`,
    );
  }
  if (evidence.company !== undefined) {
    const corrected =
      evidence.corrected === undefined
        ? `${evidence.company}, needs ${thresholds.companyAgrees}`
        : `${evidence.corrected}, needs ${thresholds.companyCorrected}`;
    lines.push(
      `company agrees ${corrected} (${evidence.queries?.join(' and ')} longer queries, ${evidence.shared} words shared)`,
    );
  }
  return lines;
}
