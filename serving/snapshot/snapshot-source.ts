import type { Engine } from '../retrieval/engine.ts';
import type { SuggestEngine } from '../suggest-engine.ts';
import type { EntityFinder } from '../surfaces/entities/entity-finder.ts';
import type { RelatedSearches } from '../surfaces/related/related-searches.ts';
import type { SnapshotContent } from './snapshot-content.ts';

/** A snapshot in memory, ready to answer. */
export interface LoadedSnapshot {
  readonly name: string;
  /** Number of completions, over all markets. */
  readonly completions: number;
  /** The markets that have completions of their own, besides `und`. */
  readonly markets: readonly string[];
  /** What every completion of it passed when it was built, by name. */
  readonly rules: readonly string[];
  readonly engine: SuggestEngine;
  /** For the surfaces that read it themselves; they know nothing of the snapshot when absent. */
  readonly content?: SnapshotContent;
  /** What candidates are found by for those who rank them anew; answers are not personal when absent. */
  readonly finder?: Engine;
  /** What to search next; nothing is when absent. */
  readonly related?: Pick<RelatedSearches, 'related'>;
  /** Links the comments; nothing is linked when absent. */
  readonly entities?: EntityFinder;
}

/** Where snapshots come from: an index folder in production, a script in tests. */
export interface SnapshotSource {
  /** The name that is current now; `null` when nothing has been published. */
  readCurrent(): Promise<string | null>;
  /** Opens the named snapshot, checked. Throws when anything about it is wrong. */
  open(name: string): Promise<LoadedSnapshot>;
}
