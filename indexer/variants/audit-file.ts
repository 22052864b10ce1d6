import type { ApartEntry, AuditRecord, Evidence, MergeEntry } from './audit-record.ts';
import { AUDIT_FORMAT } from './audit-record.ts';
import type { FoundVariants } from './find-variants.ts';
import type { Judgement } from './merge-rules.ts';
import type { Spelling } from './spellings.ts';
import { THRESHOLDS } from './thresholds.ts';

/** A query names so many pairs that it was kept apart in at most, the most used partners first. */
const MOST_APART = 5;
/** And so many pairs are named in all. */
const MOST_APART_PAIRS = 100_000;
const DIGITS = 4;

export interface Audit {
  readonly bytes: Uint8Array;
  /** Pairs that were kept apart for what they mean, those that the file has no room for included. */
  readonly keptApart: number;
}

/**
 * The audit of a build's variants, as NDJSON: what the rules were, then a record a query, in code unit order of the normalised
 * forms. Holds kept queries and trusted spellings only. The same variants give the same bytes.
 */
export function writeAudit(found: FoundVariants, spellings: readonly Spelling[]): Audit {
  const records = new Map<string, OpenRecord>();
  const { table, merges, refused } = found;
  const open = (row: number): OpenRecord => {
    const query = table.texts[row] ?? '';
    let record = records.get(query);
    if (record === undefined) {
      const [score, users] = [round(table.scores[row] ?? 0), table.users[row] ?? 0];
      record = { query, score, users, into: null, merged: [], apart: [] };
      records.set(query, record);
    }
    return record;
  };
  for (const merge of merges) {
    open(merge.pair.less).into = mergeEntry(merge, table.texts);
    open(merge.pair.more).merged.push(table.texts[merge.pair.less] ?? '');
  }
  for (const { spelling, of } of spellings) {
    const into: MergeEntry = {
      query: of,
      kinds: ['spacing'],
      words: [],
      why: 'sameWords',
      evidence: null,
    };
    records.set(spelling, {
      query: spelling,
      score: null,
      users: null,
      into,
      merged: [],
      apart: [],
    });
    const row = table.rowOfText(of);
    if (row >= 0) open(row).merged.push(spelling);
  }
  let pairs = 0;
  for (const refusal of refused) {
    const { more, less } = refusal.pair;
    if (!isTelling(refusal) || pairs >= MOST_APART_PAIRS) continue;
    const [a, b] = [open(less), open(more)];
    if (a.apart.length < MOST_APART) a.apart.push(apartEntry(refusal, more, table.texts));
    if (b.apart.length < MOST_APART) b.apart.push(apartEntry(refusal, less, table.texts));
    pairs += 1;
  }
  const sorted = [...records.values()].sort((a, b) => (a.query < b.query ? -1 : 1));
  const lines = sorted.map((record) => JSON.stringify(closeRecord(record)));
  const header = { format: AUDIT_FORMAT, records: lines.length, thresholds: THRESHOLDS };
  const bytes = Buffer.from(`${[JSON.stringify(header), ...lines].join('\n')}\n`, 'utf8');
  return { bytes, keptApart: refused.filter(isTelling).length };
}

interface OpenRecord {
  readonly query: string;
  readonly score: number | null;
  readonly users: number | null;
  into: MergeEntry | null;
  readonly merged: string[];
  readonly apart: ApartEntry[];
}

function closeRecord({ query, score, users, into, merged, apart }: OpenRecord): AuditRecord {
  return {
    query,
    ...(score === null ? {} : { score }),
    ...(users === null ? {} : { users }),
    ...(into === null ? {} : { into }),
    ...(merged.length === 0 ? {} : { merged: [...new Set(merged)].sort() }),
    ...(apart.length === 0 ? {} : { apart }),
  };
}

function mergeEntry(judgement: Judgement, texts: readonly string[]): MergeEntry {
  return {
    query: texts[judgement.pair.more] ?? '',
    ...describe(judgement),
    why: judgement.merged ?? 'sameWords',
    evidence: evidenceOf(judgement),
  };
}

function apartEntry(judgement: Judgement, other: number, texts: readonly string[]): ApartEntry {
  return {
    query: texts[other] ?? '',
    ...describe(judgement),
    why: judgement.apart ?? 'noUsage',
    evidence: evidenceOf(judgement),
  };
}

function describe({ pair }: Judgement): Pick<MergeEntry, 'kinds' | 'words'> {
  const { words, isReordered } = pair.difference;
  return {
    kinds: [
      ...new Set([...words.map(({ rule }) => rule), ...(isReordered ? (['order'] as const) : [])]),
    ],
    words: words.map(({ more, less }) => [more, less] as const),
  };
}

function evidenceOf({ usage, company }: Judgement): Evidence {
  return {
    switchers: usage.switchers,
    ...(usage.clickLikeness === null
      ? {}
      : { clickers: usage.clickers, clicks: round(usage.clickLikeness) }),
    ...(company === null || Math.min(...company.queries) === 0
      ? {}
      : {
          queries: company.queries,
          shared: company.shared,
          company: round(company.cosine),
          ...(company.corrected === null ? {} : { corrected: round(company.corrected) }),
        }),
  };
}

/** Whether a refusal is about meaning: of misspellings that are none there are too many. */
function isTelling({ apart }: Judgement): boolean {
  return apart !== 'notDominated' && apart !== 'ownQueries';
}

/** Few digits, so that the last bits of a sum show nowhere. */
function round(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
