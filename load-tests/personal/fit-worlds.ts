import { stableHash } from '../../dictionaries/stable-hash.ts';
import { cutAfter } from '../../ranking/metrics/prefix-evaluation.ts';
import { EventWorld } from './event-world.ts';
import { FitData } from './fit-data.ts';
import { replayLog } from './personal-replay.ts';
import { makePersonalWorld, type PersonalWorldOptions } from './personal-world.ts';
import { formReader, TYPED_LENGTHS } from './typed-baselines.ts';

/**
 * A world to take requests from, and which: those of one user in so many, and the first ones of as many others, whose earlier part nothing knows: worlds have few users with a
 * short history, servers many.
 */
export interface FitWorld extends PersonalWorldOptions {
  readonly oneUserIn: number;
}

/** What a user's hash leaves: 0 for those with all their history, 1 for newcomers. */
const NEWCOMER = 1;
/** Searches of a newcomer that are taken, and what each counts. */
const NEWCOMER_SEARCHES = 12;
const NEWCOMER_WEIGHT = 1;
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
  const searched = new Map<string, number>();
  const kindOf = (user: string): number => stableHash(user) % options.oneUserIn;
  replayLog(log, {
    onEvent: (record) => {
      const { user, event } = record;
      const isKnown = event.atMs >= log.heldOutFromMs;
      const kind = user === null ? 0 : kindOf(user);
      world.apply(record, kind === 0 || (kind === NEWCOMER && isKnown));
    },
    onCommitted: () => {},
    onTyping: (search, atMs) => {
      const form = formOf(search.query);
      const kind = kindOf(search.user);
      if (form === '' || kind > NEWCOMER) return;
      const before = searched.get(search.user) ?? 0;
      searched.set(search.user, before + 1);
      if (kind === NEWCOMER && before >= NEWCOMER_SEARCHES) return;
      for (const length of TYPED_LENGTHS) {
        const request = world.requestOf(search, cutAfter(form, length), atMs, true);
        const matrix = world.matrix(request);
        const wanted = world.rowOf(matrix, form);
        if (wanted < 0 || matrix.rows < 2) continue;
        const others = Array.from({ length: matrix.rows }, (_, row) => row);
        others.splice(wanted, 1);
        data.add(
          matrix.features,
          [wanted, ...others.slice(0, MOST_OTHERS)],
          kind === NEWCOMER ? NEWCOMER_WEIGHT : 1,
        );
      }
    },
  });
}
