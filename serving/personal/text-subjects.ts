import { unitsOfTerms } from '../../dictionaries/query-units.ts';
import { stableHash } from '../../dictionaries/stable-hash.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { EVERY_MARKET } from '../../indexer/segment/theme-section.ts';
import type { TopicShare } from '../../ranking/profiles/enrichment-data.ts';
import { namedEntities } from './named-entities.ts';

/** Themes that are less likely, or more than so many, are left out. */
const LEAST_CHANCE = 0.1;
const MOST_THEMES = 3;
/** Members that stand for a theme wherever it has no number: those searched most for it. */
const ANCHORS = 3;
/** Weights of topics are kept in steps of this: more digits only take room. */
const WEIGHT_STEPS = 1_000;

/** Tells in stable ids what texts are about, as one snapshot knows it, by their normalised forms and the sequence terms of those. */
export class TextSubjects {
  readonly #segment: Segment;
  /** Stable ids of the anchors of each theme, worked out when first met. */
  readonly #anchors: (readonly number[] | undefined)[] = [];

  constructor(segment: Segment) {
    this.#segment = segment;
  }

  /** Of the entities that a normalised text names, from the left the longest at each word. */
  entitiesOf(normalised: string, terms: readonly string[]): number[] {
    return namedEntities(this.#segment, normalised, terms);
  }

  /** The likeliest themes by their anchors; the weights of a theme's sum to its probability. */
  topicsOf(terms: readonly string[]): TopicShare[] {
    const { themes } = this.#segment;
    if (themes === null) return [];
    const units = unitsOfTerms(terms).map((unit) => themes.unitOf(unit));
    const shares: [topic: number, weight: number][] = [];
    for (const { theme, chance } of themes.model.likeliest(units, LEAST_CHANCE, MOST_THEMES)) {
      for (const topic of this.#anchorsOf(theme)) {
        const known = shares.find((share) => share[0] === topic);
        if (known === undefined) shares.push([topic, chance / ANCHORS]);
        else known[1] += chance / ANCHORS;
      }
    }
    for (const share of shares) share[1] = Math.round(share[1] * WEIGHT_STEPS) / WEIGHT_STEPS;
    return shares;
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
