import { stableHash } from '../../dictionaries/stable-hash.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { EVERY_MARKET } from '../../indexer/segment/theme-section.ts';
import { weightAt } from '../../ranking/profiles/decayed-weight.ts';
import type { Profile } from '../../ranking/profiles/profile.ts';

/** Members of a theme whose hashes are the stable ids of its topic. */
export const ANCHORS = 3;
/** Evidence of this much weight counts as much as what is usual. */
const PRIOR_WEIGHT = 2;

/** Which themes of a snapshot a topic, by its stable id, stands for. */
export class ThemeAnchors {
  readonly #themes = new Map<number, number[]>();
  readonly #priors: Float32Array;
  /** Of the topics of one profile at a time: their themes and weights. */
  readonly #found: (readonly number[])[] = [];
  readonly #weights: number[] = [];

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

  /** Themes of the snapshot; 0 where it has none. */
  get size(): number {
    return this.#priors.length;
  }

  /**
   * Writes how many times likelier each theme is for the user than by itself, by the profile's topics smoothed with what is usual; gives false, and writes nothing, where nothing is
   * known of them, or the snapshot has no themes. A microsecond.
   *
   * @param lifts one of each theme
   */
  writeLifts({ topics }: Profile, nowMs: number, lifts: Float32Array): boolean {
    if (this.#priors.length === 0 || topics.size === 0) return false;
    let total = 0;
    let size = 0;
    topics.forEach((topic, kept) => {
      const themes = this.#themes.get(topic);
      if (themes === undefined) return;
      const weight = weightAt(kept, nowMs, topics.halfLifeMs);
      total += weight;
      this.#found[size] = themes;
      this.#weights[size++] = weight;
    });
    if (total === 0) return false;
    const evidence = total + PRIOR_WEIGHT;
    // Most themes have no topic of the user's: all of these are as much less likely.
    lifts.fill(PRIOR_WEIGHT / evidence);
    for (let i = 0; i < size; i++) {
      const themes = this.#found[i]!;
      const each = this.#weights[i]! / themes.length / evidence;
      for (const theme of themes) lifts[theme]! += each / this.#priors[theme]!;
    }
    return true;
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
