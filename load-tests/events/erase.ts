import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { FEATURE_LIST_VERSION, FEATURES } from '../../ranking/features/feature-list.ts';
import type { EventIntake } from '../../serving/events/event-intake.ts';
import { openEventStore } from '../../serving/events/event-store.ts';
import { People } from '../../serving/people/people.ts';
import { findSessions, findTraces } from '../../serving/people/user-trail.ts';
import { ClickRates } from '../../serving/personal/click-rates.ts';
import { ProfileKeeper } from '../../serving/personal/profile-keeper.ts';
import { featureRowsOf } from '../../serving/served/feature-rows.ts';
import { ServerClock } from '../../serving/server-clock.ts';
import type { GuardedStore } from '../../serving/stores/guarded-store.ts';
import { openFeatureStore } from '../../serving/stores/open-feature-store.ts';
import { createBeforeTyping } from '../../serving/surfaces/before-typing/create-before-typing.ts';
import { SessionMemory } from '../../serving/surfaces/related/session-memory.ts';
import { describeMachine } from '../micro/machine.ts';
import { Random } from '../simulate/random.ts';

/*
 * How long does it take to erase one user, and to export one, in a large data folder? `npm run bench -- erase [--events 1000000] [--users 100000] [--lists 100000] [--folder DIR]`.
 *
 * Fills a data folder as a server does: events through the intake, profiles of them in LMDB, lists in the log of what was shown. Then, for somebody like most and for somebody who searched
 * a thousand times in a hundred sessions: the export, and the erasure with the time of each place and the longest time for which the event loop could do nothing else.
 */

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    users: { type: 'string', default: '100000' },
    lists: { type: 'string', default: '100000' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const eventCount = Number(values.events);
const userCount = Number(values.users);
const listCount = Number(values.lists);
const BATCH = 500;
const AT_ONCE = 2;
/** The machine may be busy, and what is measured is no request. */
const PATIENT_MS = 5_000;
const SHOWN = 10;
const SEARCHES = 1_000;
const SESSIONS = 100;
const WORDS = Array.from({ length: 2_000 }, (_, i) => `word${i.toString(36)}`);
/** What is erased: three like most people, and three who searched a thousand times. */
const SUBJECTS = ['u17', 'u18', 'u19', 'much-1', 'much-2', 'much-3'];

const { text, busy } = describeMachine();
console.log(`erasing users; ${text}`);
if (busy !== null) console.log(busy);
const dataDir = await mkdtemp(path.join(values.folder, 'foretype-erase-'));
const report = (line: string) => console.log(line);
try {
  const events = await openEventStore({ dataDir, report });
  const features = await openFeatureStore(dataDir, { timeoutMs: PATIENT_MS }, report);
  await measure(events, features);
  await features.close();
  await events.close();
} finally {
  await rm(dataDir, { recursive: true });
}

async function measure(events: EventIntake, features: GuardedStore): Promise<void> {
  const { log, logId, withheld, hasher } = events;
  const profiles = new ProfileKeeper({ store: features, logId, log, report, withheld });
  const clock = new ServerClock('wall');
  const live = createBeforeTyping(events, profiles, clock);
  const sessions = new SessionMemory((id) => hasher.hashSession(id));
  const clicks = new ClickRates();
  const stores = [...live.personalStores, sessions, clicks];
  const people = await People.open({
    ...{ intake: events, dataDir, profiles, features, report },
    stores: () => stores,
    clearCaches: () => {},
  });
  await people.start();
  for (const listener of [...live.listeners, profiles, sessions, clicks]) events.register(listener);
  await profiles.start();
  await events.start();
  await fill(events, people);
  await untilRead(people);
  const times = new Map<string, number>();
  timed(times, 'log: erase', log, 'erase');
  timed(times, 'served lists', people.served, 'erase');
  timed(times, 'profile', profiles, 'forgetUser');
  timed(times, 'profiles: files', features, 'scrub');
  for (const user of SUBJECTS) await eraseOne(user, events, people, times);
  await people.close();
  await profiles.close();
}

/** Waits until the profiles of all events are in the store. */
async function untilRead(people: People): Promise<void> {
  for (const user of SUBJECTS) {
    for (let isRead = false; !isRead; ) {
      isRead = await people.export(user, 'bench').then(
        () => true,
        () => new Promise((resolve) => setTimeout(resolve, 500, false)),
      );
    }
  }
}

/** Erases one user, and prints what it took. */
async function eraseOne(
  user: string,
  { log, hasher }: EventIntake,
  people: People,
  times: Map<string, number>,
): Promise<void> {
  const users = hasher.allHashesOfUser(user);
  const [sessions, findMs] = await timeOf(() => findSessions(log, users));
  const [, tracesMs] = await timeOf(() => findTraces(log, { users, sessions }));
  const exported = await watched(async () => {
    let bytes = 0;
    for await (const piece of await people.export(user, 'bench')) bytes += Buffer.byteLength(piece);
    return bytes;
  });
  times.clear();
  const erased = await watched(async () => {
    for (;;) {
      const receipt = await people.erase(user);
      if (receipt.status === 'erased') return receipt;
    }
  });
  const removed = erased.result.places.map((each) => `${each.place} ${each.removed}`).join(', ');
  console.log(`${user}: ${sessions.length} sessions; removed ${removed}`);
  console.log(
    `  export ${exported.tookMs.toFixed(0)} ms (${(exported.result / 1024).toFixed(0)} KiB), loop held ${exported.heldMs.toFixed(0)} ms at most`,
  );
  const parts = [...times].map(([place, ms]) => `${place} ${ms.toFixed(0)} ms`).join(', ');
  console.log(
    `  erase ${erased.tookMs.toFixed(0)} ms, CPU ${erased.cpuMs.toFixed(0)} ms, loop held ${erased.heldMs.toFixed(0)} ms at most; sessions found in ${findMs.toFixed(0)} ms, traces in ${tracesMs.toFixed(0)} ms, ${parts}`,
  );
}

/** A world of people who search, look and click, of whom some search much. */
async function fill(events: EventIntake, people: People): Promise<void> {
  const started = performance.now();
  const random = new Random(7);
  const heavy = SUBJECTS.filter((user) => user.startsWith('much'));
  const heavyShare = (heavy.length * SEARCHES) / eventCount;
  let sent = 0;
  const makeEvent = () => {
    const isHeavy = random.unit() < heavyShare;
    const user = isHeavy ? heavy[random.below(heavy.length)]! : `u${random.below(userCount)}`;
    const session = `${user}-s${random.below(isHeavy ? SESSIONS : 4)}`;
    const base = { eventId: `e${sent++}`, at: Date.now(), user, session, market: 'en-US' };
    const requestId = `r-${random.below(1_000_000)}`;
    const id = () => `q${random.below(1_000_000)}`;
    const kind = random.below(10);
    if (kind < 6) {
      const query = Array.from({ length: 3 }, () => WORDS[random.below(WORDS.length)]).join(' ');
      return { type: 'search', ...base, query, requestId };
    }
    if (kind < 8) {
      const items = Array.from({ length: SHOWN }, (_, i) => ({ id: id(), position: i + 1 }));
      return { type: 'impression', ...base, requestId, surface: 'suggest', items };
    }
    return { type: 'click', ...base, requestId, surface: 'suggest', id: id(), position: 1 };
  };
  const worker = async () => {
    while (sent < eventCount) {
      const batch = Array.from({ length: Math.min(BATCH, eventCount - sent) }, makeEvent);
      await events.accept(batch, 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  console.log(`${eventCount} events in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  await fillLists(events, people, random);
}

async function fillLists(events: EventIntake, people: People, random: Random): Promise<void> {
  const { hasher } = events;
  for (let i = 0; i < listCount; i++) {
    const user =
      i % 100 === 0 ? SUBJECTS[random.below(SUBJECTS.length)]! : `u${random.below(userCount)}`;
    const features = Float32Array.from({ length: SHOWN * FEATURES.length }, () => random.unit());
    people.served.note({
      list: () => ({
        ...{ requestId: `r-${i}`, atMs: Date.now(), typed: 'new', market: 'en-US', snapshot: 's' },
        ...{ user: hasher.hashUser(user), session: hasher.hashSession(`${user}-s0`) },
        ...{ ranker: 'default', featureVersion: FEATURE_LIST_VERSION },
        ids: Array.from({ length: SHOWN }, () => `q${random.below(1_000_000)}`),
        rows: featureRowsOf(features, FEATURES.length),
      }),
      isWanted: () => true,
    });
    // As many as it takes at once.
    if (i % 5_000 === 4_999) for await (const _ of people.served.latest(1));
  }
}

/** Adds up the time of a method's calls from now on. */
function timed<Name extends string>(
  times: Map<string, number>,
  place: string,
  object: { [key in Name]?: (...args: never[]) => Promise<unknown> },
  name: Name,
): void {
  const method = object[name]?.bind(object) as ((...args: never[]) => Promise<unknown>) | undefined;
  if (method === undefined) return;
  const measuring = async (...args: never[]) => {
    const [result, ms] = await timeOf(() => method(...args));
    times.set(place, (times.get(place) ?? 0) + ms);
    return result;
  };
  Object.defineProperty(object, name, { value: measuring });
}

async function timeOf<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const started = performance.now();
  const result = await work();
  return [result, performance.now() - started];
}

/** Runs something with an eye on how long the event loop could do nothing else. */
async function watched<T>(work: () => Promise<T>) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await new Promise(setImmediate);
  delay.enable();
  const before = process.cpuUsage();
  const [result, tookMs] = await timeOf(work);
  const { user, system } = process.cpuUsage(before);
  await new Promise((resolve) => setTimeout(resolve, 2));
  delay.disable();
  return { result, tookMs, cpuMs: (user + system) / 1000, heldMs: delay.max / 1e6 };
}
