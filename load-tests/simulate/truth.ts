import type { Burst } from './bursts.ts';
import * as parameters from './parameters.ts';
import { nameUser } from './population.ts';
import { LANGUAGES, MARKETS } from './vocabulary/languages.ts';
import { PARENT_WEIGHTS, TOPICS } from './vocabulary/topics.ts';
import type { World } from './world.ts';

/** The small files of ground truth, by name: written as JSON beside the logs. */
export function describeTruth(
  world: World,
  burstRows: ReadonlyMap<Burst, number>,
): Readonly<Record<string, unknown>> {
  const { options, split, vocabulary } = world;
  const iso = (ms: number): string => new Date(ms).toISOString();
  return {
    'world.json': {
      options,
      taste: parameters.TASTES[options.taste],
      markets: MARKETS,
      searchesPerUserDay: parameters.SEARCHES_PER_USER_DAY,
      panelUsers: Math.min(options.users, parameters.PANEL_USERS),
    },
    'split.json': {
      start: iso(split.startMs),
      heldOutFrom: iso(split.heldOutFromMs),
      end: iso(split.endMs),
      training: 'rows before heldOutFrom',
      heldOut: 'rows from heldOutFrom on',
    },
    'topics.json': {
      parents: PARENT_WEIGHTS,
      topics: TOPICS.map(({ id, kind }, topic) => ({
        topic: id,
        kind,
        share: vocabulary.topicShares[topic],
      })),
    },
    'propensities.json': {
      model:
        'position-based: a position is examined with this probability, independently; an examined relevant suggestion is picked, and ends the look',
      positions: parameters.PROPENSITIES,
      swappedNeighbours: parameters.LISTS_SWAPPED,
    },
    'bursts.json': world.bursts.map((burst) => ({
      language: LANGUAGES[burst.language],
      texts: burst.texts,
      start: iso(burst.startMs),
      halfLifeHours: burst.halfLifeMs / 3_600_000,
      peakShare: burst.peakShare,
      expectedSearches: burst.expectedSearches,
      newSearches: burstRows.get(burst) ?? 0,
    })),
    ...describePlants(world),
  };
}

function describePlants(world: World): Readonly<Record<string, unknown>> {
  const of = (kind: string): readonly unknown[] =>
    world.plants.texts
      .filter((planted) => planted.kind === kind)
      .map(({ what, text, market, users, rows }) => ({
        what,
        text,
        market,
        rows,
        users: users.map((user) => nameUser(world.options.seed, user)),
      }));
  return { 'personal.json': of('personal'), 'unsafe.json': of('unsafe'), 'bots.json': of('bot') };
}

/** A line of `truth/users.ndjson`. */
export function describeUser(world: World, user: number): Readonly<Record<string, unknown>> {
  const { population, options } = world;
  const round = (value: number): number => Number(value.toFixed(4));
  return {
    user: nameUser(options.seed, user),
    market: MARKETS[population.markets[user]!]!.tag,
    searchesPerDay: round(population.activity[user]!),
    taste: Object.fromEntries(
      TOPICS.map(({ id }, topic) => [id, round(population.interest(user, topic))]),
    ),
  };
}
