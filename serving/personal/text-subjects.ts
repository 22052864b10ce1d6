import { queryUnits } from '../../dictionaries/query-units.ts';
import { stableHash } from '../../dictionaries/stable-hash.ts';
import { findExactForm } from '../../indexer/segment/exact-form.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { EVERY_MARKET } from '../../indexer/segment/theme-section.ts';
import type { TopicShare } from '../../ranking/profiles/enrichment-data.ts';
import { wordRuns } from '../../ranking/profiles/text-facts.ts';

/** Themes that are less likely, or more than so many, are left out. */
const LEAST_CHANCE = 0.1;
const MOST_THEMES = 3;
/** Members that stand for a theme wherever it has no number: those searched most for it. */
const ANCHORS = 3;
const MOST_ENTITIES = 4;
/** Weights of topics are kept in steps of this: more digits only take room. */
const WEIGHT_STEPS = 1_000;

/** Tells in stable ids what texts are about, as one snapshot knows it. */
export class TextSubjects {
  readonly #segment: Segment;
  /** Stable ids of the anchors of each theme, worked out when first met. */
  readonly #anchors: (readonly number[] | undefined)[] = [];

  constructor(segment: Segment) {
    this.#segment = segment;
  }

  /** Of the entities that a normalised text names, from the left the longest at each word. */
  entitiesOf(normalised: string): number[] {
    const segment = this.#segment;
    if (!segment.hasEntities) return [];
    const found: number[] = [];
    let covered = 0;
    let at = 0;
    for (const run of wordRuns(normalised)) {
      const words = run.split(' ').length;
      // Runs of one beginning come longest first, the single word last.
      const isLast = words === 1;
      if (at >= covered && found.length < MOST_ENTITIES) {
        const id = findExactForm(segment, run);
        if (id !== null && segment.isEntity(id)) {
          found.push(stableHash(run));
          covered = at + words;
        }
      }
      if (isLast) at++;
    }
    return [...new Set(found)];
  }

  /** The likeliest themes by their anchors; the weights of a theme's sum to its probability. */
  topicsOf(normalised: string): TopicShare[] {
    const { themes } = this.#segment;
    if (themes === null) return [];
    const units = queryUnits(normalised).map((unit) => themes.unitOf(unit));
    const posterior = themes.model.posterior(units);
    if (posterior === null) return [];
    const shares = new Map<number, number>();
    for (const { theme, chance } of likeliest(posterior)) {
      for (const topic of this.#anchorsOf(theme)) {
        shares.set(topic, (shares.get(topic) ?? 0) + chance / ANCHORS);
      }
    }
    return [...shares].map(([topic, share]) => [
      topic,
      Math.round(share * WEIGHT_STEPS) / WEIGHT_STEPS,
    ]);
  }

  #anchorsOf(theme: number): readonly number[] {
    const known = this.#anchors[theme];
    if (known !== undefined) return known;
    const segment = this.#segment;
    const { low, high } = segment.themes?.listOf(EVERY_MARKET, theme) ?? { low: 0, high: 0 };
    const ids = Uint32Array.from({ length: Math.min(ANCHORS, high - low) }, (_, i) =>
      Number(segment.themes?.memberAt(low + i)),
    );
    const anchors = segment.normalisedTexts(ids, ids.length).map(stableHash);
    this.#anchors[theme] = anchors;
    return anchors;
  }
}

function likeliest(posterior: Float64Array): { theme: number; chance: number }[] {
  const likely: { theme: number; chance: number }[] = [];
  for (let theme = 0; theme < posterior.length; theme++) {
    const chance = posterior[theme]!;
    if (chance >= LEAST_CHANCE) likely.push({ theme, chance });
  }
  return likely.sort((a, b) => b.chance - a.chance || a.theme - b.theme).slice(0, MOST_THEMES);
}
