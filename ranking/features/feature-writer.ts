import type { CandidateTable } from './candidate-table.ts';
import type { Feature, FeatureContext, FeatureGroup } from './feature.ts';
import { MARKED_TERM_GROUP, TERM_GROUP } from './term-group.ts';
import { THEME_GROUP } from './theme-group.ts';

const GROUPS: readonly FeatureGroup[] = [TERM_GROUP, THEME_GROUP];
export const MARKED_GROUPS: readonly FeatureGroup[] = [MARKED_TERM_GROUP, THEME_GROUP];

/** Writes some features side by side, those of a group together where all of it is asked for. */
export class FeatureWriter {
  readonly width: number;
  readonly #alone: readonly { readonly feature: Feature; readonly at: number }[];
  readonly #groups: readonly { readonly group: FeatureGroup; readonly at: readonly number[] }[];

  constructor(features: readonly Feature[], groups = GROUPS) {
    this.width = features.length;
    const asked = groups.filter((group) => group.features.every((each) => features.includes(each)));
    const grouped = new Set(asked.flatMap((group) => group.features));
    this.#groups = asked.map((group) => ({
      group,
      at: group.features.map((feature) => features.indexOf(feature)),
    }));
    this.#alone = features.flatMap((feature, at) =>
      grouped.has(feature) ? [] : [{ feature, at }],
    );
  }

  /** Writes the features of all candidates to `out`, row by row: `candidates.size * width` finite numbers. Allocates nothing for a candidate. */
  write(candidates: CandidateTable, context: FeatureContext, out: Float32Array): void {
    const { width } = this;
    for (const { feature, at } of this.#alone) feature.write(candidates, context, out, at, width);
    for (const { group, at } of this.#groups) group.write(candidates, context, out, at, width);
  }
}
