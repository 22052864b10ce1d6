import type { Workspace } from '../clean/workspace.ts';
import type { SnapshotRecord } from '../segment/publish.ts';
import { writeAudit } from './audit-file.ts';
import { AUDIT_FILE } from './audit-record.ts';
import { mergeVariants } from './find-variants.ts';
import { readSpellings } from './spellings.ts';
import { kindOf, type MergeKind } from './variant-classes.ts';

/** What a build did about variants. */
export interface VariantsReport {
  /** Queries that were merged into another one, by the least sure of their differences; kinds without any are not there. */
  readonly byKind: Readonly<Partial<Record<MergeKind, number>>>;
  readonly merges: number;
  /** Pairs that look alike and were kept apart for what they mean; slips that are none are not counted. */
  readonly keptApart: number;
}

export interface BuiltVariants {
  readonly report: VariantsReport;
  /** The audit, to be published with the segment. */
  readonly audit: SnapshotRecord;
}

/** Merges the variants among the counted groups of the workspace; null unless they are asked for. */
export async function buildVariants(
  workspace: Workspace,
  group: 'none' | 'surface' | 'variants',
  markets: readonly string[],
  onStep: (what: string) => void,
): Promise<BuiltVariants | null> {
  if (group !== 'variants') return null;
  onStep('merging variants');
  const found = await mergeVariants(workspace, markets);
  const byKind: Partial<Record<MergeKind, number>> = {};
  for (const merge of found.merges) {
    const kind = kindOf(merge);
    byKind[kind] = (byKind[kind] ?? 0) + 1;
  }
  const { bytes, keptApart } = writeAudit(found, await readSpellings(workspace));
  const report = { byKind, merges: found.merges.length, keptApart };
  return { report, audit: { file: AUDIT_FILE, bytes } };
}
