import { type Burst, plantBursts } from './bursts.ts';
import { Catalogue } from './catalogue.ts';
import type { DayLog, LogRow } from './day-log.ts';
import * as parameters from './parameters.ts';
import { Phrasebook } from './phrase.ts';
import { type Plants, plant } from './planted.ts';
import { nameUser, Population } from './population.ts';
import { SearchBox } from './search-box.ts';
import { LoggedSuggester } from './suggester.ts';
import { Universe } from './universe.ts';
import { UserDays } from './user-day.ts';
import { loadVocabulary, type Vocabulary } from './vocabulary.ts';

/** A simulated world: everything but its history, which `liveDays` brings about. */
export interface World {
  readonly options: parameters.WorldOptions;
  readonly split: parameters.Split;
  readonly vocabulary: Vocabulary;
  readonly phrasebook: Phrasebook;
  readonly universe: Universe;
  readonly population: Population;
  readonly catalogue: Catalogue;
  readonly bursts: readonly Burst[];
  readonly plants: Plants;
}

/** Builds the world of a seed; about two seconds, most of it reading dictionaries, and 1.5 KB a user. */
export function createWorld(options: parameters.WorldOptions): World {
  parameters.checkOptions(options);
  const split = parameters.splitWorld(options.days);
  const vocabulary = loadVocabulary(options.seed);
  const bursts = plantBursts(options, vocabulary, split.startMs);
  const phrasebook = new Phrasebook(
    vocabulary,
    bursts.flatMap(({ texts }) => texts),
  );
  const expectedSearches = options.users * options.days * parameters.SEARCHES_PER_USER_DAY;
  const universe = new Universe(options.seed, vocabulary, phrasebook, expectedSearches);
  return {
    options,
    split,
    vocabulary,
    phrasebook,
    universe,
    bursts,
    population: new Population(options, vocabulary),
    catalogue: new Catalogue(options, vocabulary, universe),
    plants: plant(options, vocabulary, phrasebook),
  };
}

/**
 * The world's history, a day at a time, rows by time. It can be lived once: users remember. Memory: one day's rows.
 */
export function* liveDays(world: World): Generator<DayLog> {
  const { options, split } = world;
  const suggester = new LoggedSuggester(world.universe.heads);
  const userDays = new UserDays({
    ...world,
    searchBox: new SearchBox(suggester, world.population),
  });
  for (let day = 0; day < options.days; day++) {
    const dayStartMs = split.startMs + day * parameters.DAY_MS;
    const log = userDays.live(day, dayStartMs);
    for (const planted of plantedRows(world, day, dayStartMs)) log.rows.push(planted);
    log.rows.sort((a, b) => a.atMs - b.atMs);
    yield log;
  }
}

function* plantedRows(world: World, day: number, dayStartMs: number): Generator<LogRow> {
  for (const { plant: planted, user, offsetMs } of world.plants.searchesOfDay(day)) {
    const name = nameUser(world.options.seed, user);
    yield {
      atMs: dayStartMs + offsetMs,
      user: name,
      session: `${name}-${day.toString(36)}${planted.kind.charAt(0)}`,
      query: planted.text,
      market: planted.market,
      video: '',
      clicked: '',
      kind: planted.kind,
      intent: 'none',
      topic: -1,
      wanted: planted.text,
    };
  }
}
