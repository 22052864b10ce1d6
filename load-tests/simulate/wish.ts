import { type Burst, burstShare } from './bursts.ts';
import type { SimulatedVideo } from './catalogue.ts';
import type { Intent } from './day-log.ts';
import * as parameters from './parameters.ts';
import { LONG_VARIANT, PLANTED_KEY, type QueryCode } from './phrase.ts';
import type { Random } from './random.ts';
import type { UserDayParts, Visit } from './visit.ts';

/** A search that is wanted, and why. */
export interface Wish {
  readonly code: QueryCode;
  readonly intent: Intent;
}

/** Decides what a user wants to search next, by the chances of `parameters.ts` in this order. */
export function makeWish(
  random: Random,
  parts: UserDayParts,
  activeBursts: readonly Burst[],
  visit: Visit,
  onScreen: SimulatedVideo | null,
): Wish {
  const { universe, population, options } = parts;
  if (random.chance(parameters.TASTES[options.taste].refind)) {
    const code = population.memoryOf(visit.user).recall(random);
    if (code !== null) return { code, intent: 'refind' };
  }
  if (onScreen !== null && random.chance(2 / 3)) {
    return { code: onScreen.next[random.below(onScreen.next.length)]!, intent: 'video' };
  }
  for (const burst of activeBursts) {
    if (burst.language !== visit.language || !random.chance(burstShare(burst, visit.clockMs)))
      continue;
    return {
      code: { key: PLANTED_KEY + burst.firstText + random.below(burst.texts.length), variant: 0 },
      intent: 'burst',
    };
  }
  if (
    visit.last !== null &&
    visit.last.key < PLANTED_KEY &&
    random.chance(parameters.REFORMULATES)
  ) {
    const variant = random.chance(0.3)
      ? 1 + random.below(1 << 16)
      : (random.uint32() | LONG_VARIANT) >>> 0;
    return { code: { key: visit.last.key, variant }, intent: 'reformulation' };
  }
  const tier = universe.drawTier(random);
  return { code: universe.draw(random, tier, visit.language, visit.topic), intent: tier };
}
