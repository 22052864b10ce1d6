import { cutAfter } from '../../ranking/metrics/prefix-evaluation.ts';
import { EventWorld } from './event-world.ts';
import { FitData } from './fit-data.ts';
import type { LoggedSearch } from './personal-log.ts';
import { replayLog } from './personal-replay.ts';
import { makePersonalWorld, type PersonalWorldOptions } from './personal-world.ts';
import { formReader, TYPED_LENGTHS } from './typed-baselines.ts';

/** A world to take requests from, and which: those of one user in so many. */
export interface FitWorld extends PersonalWorldOptions {
  readonly oneUserIn: number;
}

/** Candidates of a request that are kept beside the wanted one, in the order in which they were generated. */
const MOST_OTHERS = 60;

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
  const numbers = new Map<string, number>();
  const numberOf = ({ user }: LoggedSearch): number => {
    const number = numbers.get(user) ?? numbers.size;
    numbers.set(user, number);
    return number;
  };
  replayLog(log, {
    onEvent: (record) => world.apply(record),
    onCommitted: () => {},
    onTyping: (search, atMs) => {
      const form = formOf(search.query);
      const number = numberOf(search);
      if (form === '' || number % options.oneUserIn !== 0) return;
      for (const length of TYPED_LENGTHS) {
        const request = world.requestOf(search, cutAfter(form, length), atMs, true);
        const matrix = world.matrix(request);
        const wanted = world.rowOf(matrix, form);
        if (wanted < 0 || matrix.rows < 2) continue;
        const others = Array.from({ length: matrix.rows }, (_, row) => row);
        others.splice(wanted, 1);
        data.add(matrix.features, [wanted, ...others.slice(0, MOST_OTHERS)]);
      }
    },
  });
}
