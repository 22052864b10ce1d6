import type { ApartReason, MergeReason } from './merge-rules.ts';

/** The audit's file within a snapshot's folder. */
export const AUDIT_FILE = 'variants.ndjson';
export const AUDIT_FORMAT = 1;

/** What is different between two queries. */
export type DifferenceKind =
  | 'spacing'
  | 'script'
  | 'accent'
  | 'order'
  | 'number'
  | 'ownPlural'
  | 'spelling';

/** What was known of a pair. What was not known is not there. */
export interface Evidence {
  /** Users who went from one to the other within a session. */
  readonly switchers: number;
  /** Users who opened something after the more and the less used one, and how alike that was (cosine). */
  readonly clickers?: readonly [number, number];
  readonly clicks?: number;
  /** Longer queries that hold each, the words that both have beside them, how alike these are, and that corrected for sparse data. */
  readonly queries?: readonly [number, number];
  readonly shared?: number;
  readonly company?: number;
  readonly corrected?: number;
}

/** What a query was merged into and why. */
export interface MergeEntry {
  readonly query: string;
  readonly kinds: readonly DifferenceKind[];
  /** The words that differ: the more used query's, the less used one's. */
  readonly words: readonly (readonly [string, string])[];
  readonly why: MergeReason;
  /** Null for another spacing of the same letters, which takes none. */
  readonly evidence: Evidence | null;
}

/** A query that looks like this one and was kept apart. */
export interface ApartEntry extends Omit<MergeEntry, 'why'> {
  readonly why: ApartReason;
}

/** What the audit knows of one normalised form. */
export interface AuditRecord {
  readonly query: string;
  /** Decayed count over all markets before variants were merged; not of other spacings, which are counted with their query. */
  readonly score?: number;
  /** Distinct users, the sum over markets, before variants were merged. */
  readonly users?: number;
  readonly into?: MergeEntry;
  /** What was merged into it, in code unit order. */
  readonly merged?: readonly string[];
  readonly apart?: readonly ApartEntry[];
}
