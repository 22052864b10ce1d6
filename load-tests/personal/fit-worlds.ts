import { stableHash } from '../../dictionaries/stable-hash.ts';
import {
  FROM_FRESH,
  FROM_HISTORY,
  FROM_SESSION,
  FROM_VIDEO,
} from '../../ranking/features/candidate-table.ts';
import { cutAfter } from '../../ranking/metrics/prefix-evaluation.ts';
import type { FeatureMatrix } from '../../serving/personal/pipeline.ts';
import { EventWorld } from './event-world.ts';
import { FitData } from './fit-data.ts';
import { replayLog } from './personal-replay.ts';
import { makePersonalWorld, type PersonalWorldOptions } from './personal-world.ts';
import { formReader, TYPED_LENGTHS } from './typed-baselines.ts';

/**
 * A world to take requests from, and which: those of one user in so many. Users whose past is cut off, to have short histories, are no use: they repeat what nothing knows of any more,
 * which teaches that a short history counts for nothing.
 */
export interface FitWorld extends PersonalWorldOptions {
  readonly oneUserIn: number;
  /** Searches that are taken at most, the earliest. */
  readonly searches: number;
}

/** Candidates of a request that are kept beside the wanted one: all of which something is known to who asks, and so many of the rest, in the order in which they were generated. */
const MOST_OF_REST = 40;
const KNOWN_TO_ASKER = FROM_HISTORY | FROM_SESSION | FROM_VIDEO | FROM_FRESH;

/**
 * Adds the requests of worlds to the data: each held-out search of the users taken, at each typed length, if the wanted query is among the candidates.
 */
export async function gatherFitData(
  worlds: readonly FitWorld[],
  log: (line: string) => void,
): Promise<FitData> {
  const data = new FitData();
  for (const options of worlds) {
    const before = data.requests;
    await gatherWorld(options, data);
    log(
      `${options.taste}, ${options.users} users, ${options.days} days, seed ${options.seed}, at least ${options.minUsers} users a completion: ${data.requests - before} requests`,
    );
  }
  return data;
}

async function gatherWorld(options: FitWorld, data: FitData): Promise<void> {
  const log = await makePersonalWorld(options);
  const world = new EventWorld(log);
  const formOf = formReader();
  let taken = 0;
  const isTaken = (user: string): boolean => stableHash(user) % options.oneUserIn === 0;
  replayLog(log, {
    onEvent: (record) => world.apply(record, record.user !== null && isTaken(record.user)),
    onCommitted: () => {},
    onTyping: (search, atMs) => {
      const form = formOf(search.query);
      if (form === '' || !isTaken(search.user)) return;
      if (taken++ >= options.searches) return;
      for (const length of TYPED_LENGTHS) {
        const request = world.requestOf(search, cutAfter(form, length), atMs, true);
        const matrix = world.matrix(request);
        const wanted = world.rowOf(matrix, form);
        if (wanted < 0 || matrix.rows < 2) continue;
        data.add(matrix.features, [wanted, ...othersOf(matrix, wanted)]);
      }
    },
  });
}

function othersOf({ rows, candidates }: FeatureMatrix, wanted: number): number[] {
  const others: number[] = [];
  let rest = 0;
  for (let row = 0; row < rows; row++) {
    if (row === wanted) continue;
    const isKnown =
      candidates.history[row]! >= 0 || (candidates.sources[row]! & KNOWN_TO_ASKER) !== 0;
    if (isKnown || rest++ < MOST_OF_REST) others.push(row);
  }
  return others;
}
