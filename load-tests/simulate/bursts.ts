import { DAY_MS, SEARCHES_PER_USER_DAY, type WorldOptions } from './parameters.ts';
import { skewed } from './phrase.ts';
import { openStream } from './random.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A planted trending topic: from `startMs` on, new searches of its language go to its texts, fading by half each half-life. */
export interface Burst {
  readonly language: number;
  readonly texts: readonly string[];
  /** Index of the first text in the list of planted texts. */
  readonly firstText: number;
  readonly startMs: number;
  readonly halfLifeMs: number;
  /** Share of its language's new searches at the start. */
  readonly peakShare: number;
  /** Searches that it should bring, all in all. */
  readonly expectedSearches: number;
}

const EVENTS: readonly string[] = [
  'lantern parade',
  'power cut',
  'airport drone',
  'mascot dance',
  'giant slide',
  'rooftop concert',
  'runaway ostrich',
  'snow in june',
  'bridge opening',
  'eclipse party',
  'robot waiter',
  'record pancake',
];

/** Plants a burst every three days on average: some before the held-out part, some within it. */
export function plantBursts(
  options: WorldOptions,
  vocabulary: Vocabulary,
  startMs: number,
): readonly Burst[] {
  const count = Math.max(2, Math.round(options.days / 3));
  const bursts: Burst[] = [];
  let firstText = 0;
  for (let i = 0; i < count; i++) {
    const random = openStream(options.seed, 'burst', i);
    const language = random.chance(0.7) ? 0 : random.below(vocabulary.languageShares.length);
    const places = vocabulary.words[language]![0]!.places;
    const base = `${places[skewed(random, Math.min(200, places.length))]} ${random.pick(EVENTS)}`;
    const texts = [
      base,
      `${base} live`,
      `${base} ${random.pick(['video', 'what happened', 'explained'])}`,
    ];
    const halfLifeMs = (4 + random.below(32)) * 3_600_000;
    const peakShare = 0.01 + random.unit() * 0.05;
    const perMs =
      (options.users * SEARCHES_PER_USER_DAY * vocabulary.languageShares[language]!) / DAY_MS;
    bursts.push({
      language,
      texts,
      firstText,
      halfLifeMs,
      peakShare,
      startMs: startMs + Math.floor(((i + random.unit()) / count) * options.days * DAY_MS),
      expectedSearches: Math.round((perMs * peakShare * halfLifeMs) / Math.LN2),
    });
    firstText += texts.length;
  }
  return bursts;
}

/** The share of its language's new searches that a burst has at a time. */
export function burstShare(burst: Burst, atMs: number): number {
  const age = atMs - burst.startMs;
  return age < 0 || age > 12 * burst.halfLifeMs
    ? 0
    : burst.peakShare * 2 ** (-age / burst.halfLifeMs);
}
