import { sequenceTerms } from '../../dictionaries/terms.ts';
import { judgeText, type Verdict } from '../counting/text-verdict.ts';
import type { CompletionId } from '../segment/completion-id.ts';
import type { Segment } from '../segment/segment.ts';
import { openSnapshotFiles } from '../segment/snapshot-directory.ts';
import { readRecord, snapshotFolder } from '../segment/snapshot-files.ts';
import { Audit } from './audit-reader.ts';
import { AUDIT_FILE, type AuditRecord } from './audit-record.ts';
import type { Thresholds } from './thresholds.ts';

/** A completion as a snapshot has it. */
export interface InspectedCompletion {
  readonly normalised: string;
  readonly surface: string;
  readonly kind: 'query' | 'entity';
  /** `all` for all markets merged, then market by market: the decayed count and the place in the order, from 1. */
  readonly markets: readonly InspectedMarket[];
}

export interface InspectedMarket {
  readonly market: string;
  readonly score: number;
  readonly rank: number;
  readonly completions: number;
}

/** What a snapshot knows of a query. */
export interface Inspection {
  readonly snapshot: string;
  readonly group: 'none' | 'surface' | 'variants';
  readonly minUsers: number;
  readonly text: string;
  readonly normalised: string;
  /** `completion`: it is one. `merged`: it leads to one. `absent`: neither. */
  readonly status: 'completion' | 'merged' | 'absent';
  /** What this program's rules say of the text itself. */
  readonly verdict: Verdict;
  /** The completion that it is or leads to; null when absent. */
  readonly completion: InspectedCompletion | null;
  /** The query's own audit record, then those of what it was merged into, up to the completion's. */
  readonly trail: readonly AuditRecord[];
  /** The records of what was merged into the query. */
  readonly members: readonly AuditRecord[];
  /** Null in a snapshot without an audit: another grouping, or built by an earlier version. */
  readonly thresholds: Thresholds | null;
}

/** Looks a query up in the current snapshot of an index folder, or in the one named, without the log. Throws what opening throws. */
export async function inspectQuery(
  indexDir: string,
  text: string,
  name?: string,
): Promise<Inspection> {
  const { name: snapshot, manifest, segment } = await openSnapshotFiles(indexDir, name);
  const folder = snapshotFolder(indexDir, snapshot);
  const bytes = await readRecord(folder, manifest, AUDIT_FILE);
  const audit = bytes === null ? null : Audit.open(bytes, `${folder}/${AUDIT_FILE}`);
  const { group, safety, minUsers } = manifest;
  const { normalised, verdict } = judgeText(text, { group, safety });
  const trail = audit === null ? [] : followTrail(audit, normalised);
  const ids = findCompletions(segment, normalised);
  // The forms that lead to several completions are few; the best of them is what most people get.
  const [id] = ids;
  const completion = id === undefined ? null : describeCompletion(segment, id);
  const [own] = trail;
  return {
    snapshot,
    group,
    minUsers,
    text,
    normalised,
    status: statusOf(completion, normalised),
    verdict,
    completion,
    trail,
    members: (own?.merged ?? []).flatMap((member) => audit?.find(member) ?? []),
    thresholds: audit?.thresholds ?? null,
  };
}

function statusOf(
  completion: InspectedCompletion | null,
  normalised: string,
): Inspection['status'] {
  if (completion === null) return 'absent';
  return completion.normalised === normalised ? 'completion' : 'merged';
}

/** A spelling leads to its query, and that maybe to the one that it is a variant of: no trail is longer. */
function followTrail(audit: Audit, normalised: string): readonly AuditRecord[] {
  const trail: AuditRecord[] = [];
  let record = audit.find(normalised);
  while (record !== null && trail.length < 4) {
    trail.push(record);
    record = record.into === undefined ? null : audit.find(record.into.query);
  }
  return trail;
}

/** The completions that are, or have an alias, of this normalised form; itself first, then the best. */
function findCompletions(segment: Segment, normalised: string): readonly CompletionId[] {
  if (normalised === '') return [];
  const { low, high } = segment.order.locate(sequenceTerms(normalised), true);
  const found: CompletionId[] = [];
  for (let place = low; place < high; place++) {
    const row = segment.order.rows[place] ?? 0;
    const [text] = segment.normalisedTexts(Uint32Array.of(row), 1);
    // The row that ends where the query does stands before those that go on.
    if (text !== normalised) break;
    const id = segment.completionOfRow(row);
    if (row < segment.completions) found.unshift(id);
    else found.push(id);
  }
  return found;
}

function describeCompletion(segment: Segment, id: CompletionId): InspectedCompletion {
  const [normalised = ''] = segment.normalisedTexts(Uint32Array.of(id), 1);
  const all: InspectedMarket = {
    market: 'all',
    score: 2 ** (segment.logScores[id] ?? 0),
    rank: id + 1,
    completions: segment.completions,
  };
  const markets = [...segment.markets.values()].flatMap((view): readonly InspectedMarket[] => {
    const rank = view.rankOf(id);
    if (rank < 0) return [];
    const score = view.scores?.[rank] ?? 0;
    return [{ market: view.market, score, rank: rank + 1, completions: view.size }];
  });
  return {
    normalised,
    surface: segment.surfaceText(id),
    kind: segment.isEntity(id) ? 'entity' : 'query',
    markets: [all, ...markets],
  };
}
