import type { Burst } from './bursts.ts';
import type { Catalogue } from './catalogue.ts';
import type { WorldOptions } from './parameters.ts';
import type { Phrasebook, QueryCode } from './phrase.ts';
import type { Population } from './population.ts';
import type { SearchBox, Typist } from './search-box.ts';
import type { Universe } from './universe.ts';

/** All that a user's day is made of. */
export interface UserDayParts {
  readonly options: WorldOptions;
  readonly population: Population;
  readonly universe: Universe;
  readonly catalogue: Catalogue;
  readonly phrasebook: Phrasebook;
  readonly searchBox: SearchBox;
  readonly bursts: readonly Burst[];
}

/** One session under way. */
export interface Visit extends Typist {
  clockMs: number;
  topic: number;
  /** The last committed search of the session. */
  last: QueryCode | null;
}
