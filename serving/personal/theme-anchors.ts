import { stableHash } from '../../dictionaries/stable-hash.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { EVERY_MARKET } from '../../indexer/segment/theme-section.ts';
import type { Profile } from '../../ranking/profiles/profile.ts';

/** Members of a theme whose hashes are the stable ids of its topic. */
export const ANCHORS = 3;
/** Evidence of this much weight counts as much as what is usual. */
const PRIOR_WEIGHT = 2;

/** Which themes of a snapshot a topic, by its stable id, stands for. */
export class ThemeAnchors {
  readonly #themes = new Map<number, number[]>();
  readonly #priors: Float32Array;

  constructor(segment: Segment) {
    const { themes } = segment;
    this.#priors = segment.topics?.priors ?? new Float32Array(0);
    for (let theme = 0; theme < this.#priors.length; theme++) {
      const { low, high } = themes!.listOf(EVERY_MARKET, theme);
      const ids = Uint32Array.from({ length: Math.min(ANCHORS, high - low) }, (_, i) =>
        themes!.memberAt(low + i),
      );
      for (const text of segment.normalisedTexts(ids, ids.length)) {
        const topic = stableHash(text);
        this.#themes.set(topic, [...(this.#themes.get(topic) ?? []), theme]);
      }
    }
  }

  /**
   * How many times likelier each theme is for the user than by itself, by the profile's topics smoothed with what is usual; null where nothing is known of
   * them, or the snapshot has no themes.
   */
  liftsOf({ topics }: Profile, nowMs: number): Float32Array | null {
    const priors = this.#priors;
    if (priors.length === 0 || topics.size === 0) return null;
    const lifts = new Float32Array(priors.length);
    let total = 0;
    for (const topic of topics.keys()) {
      const known = this.#themes.get(topic);
      if (known === undefined) continue;
      const weight = topics.weightAt(topic, nowMs);
      total += weight;
      for (const theme of known) lifts[theme]! += weight / known.length;
    }
    if (total === 0) return null;
    for (let theme = 0; theme < lifts.length; theme++) {
      const prior = priors[theme]!;
      lifts[theme] = (lifts[theme]! + PRIOR_WEIGHT * prior) / ((total + PRIOR_WEIGHT) * prior);
    }
    return lifts;
  }

  /** The same for a probability of each theme, mixed half with what is usual; null where the snapshot has no themes. */
  liftsOfPosterior(posterior: ArrayLike<number>): Float32Array | null {
    const priors = this.#priors;
    if (priors.length === 0) return null;
    const lifts = new Float32Array(priors.length);
    for (let theme = 0; theme < lifts.length; theme++) {
      lifts[theme] = 0.5 + (0.5 * posterior[theme]!) / priors[theme]!;
    }
    return lifts;
  }
}
