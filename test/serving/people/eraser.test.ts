import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryEventLog } from '../../../indexer/events/memory-event-log.ts';
import { UserHasher } from '../../../indexer/events/user-hasher.ts';
import type { PersonalStore } from '../../../serving/events/personal-store.ts';
import { Withheld } from '../../../serving/events/withheld.ts';
import { Eraser } from '../../../serving/people/eraser.ts';
import { ErasureJournal, type JournalEntry } from '../../../serving/people/erasure-journal.ts';
import { makeFolder } from '../../support/index-fixture.ts';

const hasher = new UserHasher([Buffer.alloc(32, 1), Buffer.alloc(32, 2)]);
const [CURRENT = '', FORMER = ''] = hasher.allHashesOfUser('ann');

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
});
afterEach(() => remove());

/** All places of a world that survives its processes, and a fault after so many steps: whatever is done then is not. */
class World {
  readonly log = new MemoryEventLog();
  readonly profiles = new Set([CURRENT, FORMER, 'bob']);
  readonly served = [
    { user: CURRENT, session: null },
    { user: 'bob', session: null },
  ];
  scrubs = 0;
  stepsLeft = Number.POSITIVE_INFINITY;
  isStoreDown = false;
  isServedLost = false;

  step(): void {
    if (this.stepsLeft-- <= 0) throw new Error('the process is gone');
  }

  async fill(): Promise<void> {
    const users = [CURRENT, FORMER, 'bob', null, null];
    const sessions = ['s', null, 't', 's', 't'];
    await this.log.append(
      users.map((user, i) => ({
        event: { type: 'search', eventId: `e${i}`, atMs: i, query: `q${i}` },
        ...{ arrivedMs: i, user, session: sessions[i] ?? null, market: 'und' },
      })),
    );
  }

  async start(withheld = new Withheld(), retryMs = 3_600_000) {
    const inner = await ErasureJournal.open(folder);
    const journal = {
      unfinished: () => inner.unfinished(),
      note: async (entry: JournalEntry) => {
        this.step();
        await inner.note(entry);
        this.step();
      },
      end: async (entry: JournalEntry) => {
        this.step();
        await inner.end(entry);
      },
    } as ErasureJournal;
    const live = new Set([CURRENT, 's', 'bob']);
    const store: PersonalStore = {
      name: 'live',
      forgetUser: (hash) => (live.delete(hash) ? 1 : 0),
    };
    const log = {
      first: 0,
      end: 0,
      read: (from: number, mentions?: readonly string[]) => this.log.read(from, mentions),
      dropArrivedBefore: async () => 0,
      erase: async (selection: Parameters<MemoryEventLog['erase']>[0]) => {
        this.step();
        const erased = await this.log.erase(selection);
        this.step();
        return erased;
      },
    };
    const eraser = new Eraser({
      journal,
      intake: { hasher, withheld, settled: async () => {}, log },
      profiles: {
        forgetUser: async (hash) => {
          this.step();
          if (this.isStoreDown) throw new Error('the store is down');
          return this.profiles.delete(hash);
        },
      },
      scrub: async () => {
        this.step();
        this.scrubs++;
      },
      served: {
        erase: async ({ matches }) => {
          this.step();
          if (this.isServedLost) throw new Error('the lists cannot be read');
          const kept = this.served.filter((list) => !matches(list));
          return this.served.splice(0, this.served.length, ...kept).length - kept.length;
        },
      },
      ...{ storeName: 'test', stores: () => [store], clearCaches: () => {}, report: () => {} },
      ...{ retryMs, now: () => 0 },
    });
    return { eraser, withheld, live };
  }

  async left(): Promise<readonly string[]> {
    const left = [];
    for await (const { record } of this.log.read(0)) left.push(record.event.eventId);
    return left;
  }
}

describe('an eraser', () => {
  it('erases everywhere, under all hashes, with the sessions that are theirs alone', async () => {
    const world = new World();
    await world.fill();
    const { eraser, withheld, live } = await world.start();
    const receipt = await eraser.erase('ann');
    expect(receipt.status).toBe('erased');
    const removed = Object.fromEntries(receipt.places.map((place) => [place.place, place.removed]));
    expect(removed).toEqual({ events: 3, 'served lists': 1, live: 2, caches: 0, profiles: 2 });
    expect(await world.left()).toEqual(['e2', 'e4']);
    expect([...world.profiles]).toEqual(['bob']);
    expect([...live]).toEqual(['bob']);
    expect(world.scrubs).toBe(1);
    expect([withheld.has(CURRENT), withheld.has('s'), eraser.pending]).toEqual([false, false, 0]);
    expect(await (await ErasureJournal.open(folder)).unfinished()).toEqual([]);
  });

  it('goes on after a crash at any step, until nothing is left', async () => {
    for (let steps = 0; ; steps++) {
      const world = new World();
      await world.fill();
      world.stepsLeft = steps;
      const first = await world.start();
      const answer = await first.eraser.erase('ann').catch(() => null);
      await first.eraser.close();
      world.stepsLeft = Number.POSITIVE_INFINITY;
      const unfinished = await (await ErasureJournal.open(folder)).unfinished();
      // Whoever was not told of an erasure, nor finds it written down, has everything still.
      if (answer === null && unfinished.length === 0) expect((await world.left()).length).toBe(5);
      if (answer?.status === 'erased') {
        expect([steps > 5, unfinished]).toEqual([true, []]);
        return;
      }
      const second = await world.start();
      await second.eraser.resume();
      if (unfinished.length > 0) {
        expect(await world.left()).toEqual(['e2', 'e4']);
        await second.eraser.close();
        expect([...world.profiles]).toEqual(['bob']);
        expect(world.served).toEqual([{ user: 'bob', session: null }]);
        expect(world.scrubs).toBeGreaterThan(0);
      }
      expect(await (await ErasureJournal.open(folder)).unfinished()).toEqual([]);
      expect(second.withheld.has(CURRENT)).toBe(false);
      await second.eraser.close();
    }
  });

  it('says what is pending while the store is down, keeps the user nobody, and goes on when it is back', async () => {
    const world = new World();
    await world.fill();
    world.isStoreDown = true;
    const { eraser, withheld } = await world.start(new Withheld(), 1);
    const receipt = await eraser.erase('ann');
    expect(receipt.status).toBe('pending');
    const states = Object.fromEntries(receipt.places.map(({ place, status }) => [place, status]));
    expect(states).toMatchObject({
      events: 'erased',
      'served lists': 'erased',
      profiles: 'pending',
    });
    expect([withheld.has(CURRENT), withheld.has(FORMER), withheld.has('s')]).toEqual([
      true,
      true,
      true,
    ]);
    expect(eraser.receiptOf('ann')).toMatchObject({ erasure: receipt.erasure, status: 'pending' });
    expect(eraser.receiptOf('bob')).toBeNull();
    world.isStoreDown = false;
    let last = receipt;
    while (eraser.pending > 0) {
      last = await eraser.erase('ann');
      await nextTurn();
    }
    expect([...world.profiles]).toEqual(['bob']);
    expect(withheld.has(CURRENT)).toBe(false);
    expect(last.status === 'erased' || last.erasure === receipt.erasure).toBe(true);
    await eraser.close();
  });

  it('erases the other places where one cannot be, which stays pending', async () => {
    const world = new World();
    await world.fill();
    world.isServedLost = true;
    const { eraser, withheld, live } = await world.start();
    const receipt = await eraser.erase('ann');
    const pending = receipt.places.filter(({ status }) => status === 'pending');
    expect([receipt.status, pending.map(({ place }) => place)]).toEqual([
      'pending',
      ['served lists'],
    ]);
    expect(pending[0]?.detail).toBe('the lists cannot be read');
    expect([await world.left(), [...world.profiles], [...live]]).toEqual([
      ['e2', 'e4'],
      ['bob'],
      ['bob'],
    ]);
    expect(withheld.has(CURRENT)).toBe(true);
    await eraser.close();
    world.isServedLost = false;
    const next = await world.start();
    await next.eraser.resume();
    await next.eraser.close();
    expect([world.served, next.eraser.pending]).toEqual([[{ user: 'bob', session: null }], 0]);
  });

  it('does one erasure of a user at a time, and tells both who asked', async () => {
    const world = new World();
    await world.fill();
    const { eraser } = await world.start();
    const [one, other] = await Promise.all([eraser.erase('ann'), eraser.erase('ann')]);
    expect(one).toEqual(other);
    expect((await eraser.erase('ann')).places.every(({ removed }) => removed === 0)).toBe(true);
  });
});
