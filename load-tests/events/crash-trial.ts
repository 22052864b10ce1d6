import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { FileEventLog } from '../../indexer/events/file-event-log.ts';
import { Profile } from '../../ranking/profiles/profile.ts';
import { encodeProfile } from '../../ranking/profiles/profile-codec.ts';
import { updateProfile } from '../../ranking/profiles/update-profile.ts';
import { eventLogFolder } from '../../serving/events/event-store.ts';
import { readLogId } from '../../serving/events/log-id.ts';
import { ProfileKeeper } from '../../serving/personal/profile-keeper.ts';
import { LmdbFeatureStore } from '../../serving/stores/lmdb-feature-store.ts';
import { featureFolder } from '../../serving/stores/open-feature-store.ts';
import { Random } from '../simulate/random.ts';
import { makeBatch, type SentEvent } from './batches.ts';
import type { EventsPort } from './events-process.ts';
import { EventSender } from './http-sender.ts';

const CONNECTIONS = 8;
const LARGEST_BATCH = 20;
/** A server is killed after so many answers at most, and so many turns of the event loop of whoever kills it. */
const MOST_ANSWERS = 12;
const MOST_TURNS = 300;

export interface CrashTrialOptions {
  /** The program of events-process.ts, as something that Node runs. */
  readonly program: string;
  readonly dataDir: string;
  readonly kills: number;
  readonly seed: number;
  readonly onKill?: (kill: number, acknowledged: number) => void;
}

export interface CrashFindings {
  readonly acknowledged: number;
  readonly stored: number;
  /** Acknowledged and not in the log. */
  readonly lost: readonly string[];
  /** More than once in the log. */
  readonly doubled: readonly string[];
  /** In the log and never sent. */
  readonly invented: readonly string[];
  /** Users whose profile, after one more start, is not what folding the log gives; with what it is made of, all of them. */
  readonly wrongProfiles: readonly string[];
  readonly profiles: number;
  /** Records that this start had to read, as the stored profiles lacked them. */
  readonly replayed: number;
  /** Batches that ended without an answer and were sent again to the next server. */
  readonly sentAgain: number;
  /** Ids of such batches that the next server knew already: it had stored them without having said so. */
  readonly duplicates: number;
}

/**
 * Sends events to a server that is killed with SIGKILL at random moments and started again over the same folder; what got no answer is sent again. Afterwards
 * compares what was acknowledged with what is in the log, and the profiles with what folding the log gives. The moments are drawn by the seed; what the server does at them is up to the machine.
 */
export async function runCrashTrial(options: CrashTrialOptions): Promise<CrashFindings> {
  const random = new Random(options.seed);
  const acknowledged = new Set<string>();
  const sent = new Set<string>();
  let unanswered: (readonly SentEvent[])[] = [];
  let sentAgain = 0;
  let duplicates = 0;
  let batches = 0;
  for (let kill = 0; kill <= options.kills; kill++) {
    const again = unanswered;
    unanswered = [];
    sentAgain += again.length;
    const child = fork(options.program, [options.dataDir, 'profiles']);
    const exited = once(child, 'exit');
    const sender = new EventSender(await portOf(child), CONNECTIONS);
    const answersLeft = 1 + random.below(MOST_ANSWERS);
    const turns = random.below(MOST_TURNS);
    const isLast = kill === options.kills;
    let answers = 0;
    let isEnding = false;
    const work = async () => {
      while (!isEnding) {
        const queued = again.pop();
        if (queued === undefined && isLast) return;
        const batch = queued ?? makeBatch(random, `b${batches++}`, 1 + random.below(LARGEST_BATCH));
        for (const { eventId } of batch) sent.add(eventId);
        const answer = await sender.send(JSON.stringify(batch));
        if (answer?.status !== 202) {
          unanswered.push(batch);
          continue;
        }
        for (const { eventId } of batch) acknowledged.add(eventId);
        duplicates += (JSON.parse(answer.body) as { duplicates: number }).duplicates;
        if (++answers < answersLeft || isEnding || isLast) continue;
        isEnding = true;
        for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
        child.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
    child.kill('SIGKILL');
    await exited;
    sender.close();
    // Not reached by a worker before the end.
    unanswered.push(...again);
    options.onKill?.(kill, acknowledged.size);
  }
  const folder = eventLogFolder(options.dataDir);
  const log = await FileEventLog.open({ folder });
  const times = new Map<string, number>();
  for await (const { record } of log.read(0)) {
    const { eventId } = record.event;
    times.set(eventId, (times.get(eventId) ?? 0) + 1);
  }
  const { wrong, profiles, replayed } = await compareProfiles(options.dataDir, log);
  await log.close();
  return {
    acknowledged: acknowledged.size,
    stored: times.size,
    lost: [...acknowledged].filter((id) => !times.has(id)),
    doubled: [...times].filter(([, count]) => count > 1).map(([id]) => id),
    invented: [...times.keys()].filter((id) => !sent.has(id)),
    wrongProfiles: wrong,
    profiles,
    replayed,
    sentAgain,
    duplicates,
  };
}

/** Starts the profiles of a data folder once more, and compares each with the plain fold of the log. */
async function compareProfiles(
  dataDir: string,
  log: FileEventLog,
): Promise<{
  readonly wrong: readonly string[];
  readonly profiles: number;
  readonly replayed: number;
}> {
  const folded = new Map<string, Profile>();
  for await (const { record } of log.read(0)) {
    if (record.user === null) continue;
    folded.set(record.user, updateProfile(folded.get(record.user) ?? new Profile(), record));
  }
  const store = await LmdbFeatureStore.open(featureFolder(dataDir));
  const logId = await readLogId(eventLogFolder(dataDir));
  const keeper = new ProfileKeeper({ store, log, logId, report: () => {} });
  await keeper.start();
  const wrong: string[] = [];
  for (const [user, expected] of folded) {
    const { profile } = await keeper.profileOf({ kind: 'user', hash: user });
    const bytes = encodeProfile(profile ?? new Profile());
    if (Buffer.compare(bytes, encodeProfile(expected)) !== 0) wrong.push(user);
  }
  await keeper.close();
  await store.close();
  return { wrong, profiles: folded.size, replayed: keeper.counts.replayed };
}

async function portOf(child: ChildProcess): Promise<number> {
  const [told] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`expected the server to start, it ended with ${code}`);
    }),
  ])) as [EventsPort];
  return told.port;
}
