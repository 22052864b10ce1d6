import { expect, it } from 'vitest';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import type { PersonalStore } from '../../../serving/events/personal-store.ts';
import { logSteps, type PeoplePlaces } from '../../../serving/people/erasure-steps.ts';

const SEARCH: EventRecord = {
  ...{ event: { type: 'search', eventId: 'e', atMs: 0, query: 'mine' }, arrivedMs: 0 },
  ...{ user: 'ann', session: null, market: 'und' },
};

function placesOf(store: PersonalStore, erased: () => void): PeoplePlaces {
  const log = {
    async *read() {
      yield { offset: 0, record: SEARCH };
    },
    async erase() {
      erased();
      return 1;
    },
  };
  return {
    intake: { log: log as unknown as PeoplePlaces['intake']['log'] },
    profiles: { forgetUser: async () => false },
    ...{ storeName: 'test', stores: () => [store], served: null, clearCaches: () => {} },
  };
}

it('brings to disk what was forgotten of a user while the events still tell what that is', async () => {
  const steps: string[] = [];
  const store: PersonalStore = {
    name: 'kept',
    forgetUser: () => 0,
    forgetTraces: ({ suggestionIds }) => steps.push(`forget ${suggestionIds.size}`),
    persist: async () => {
      steps.push('persist');
    },
  };
  const places = placesOf(store, () => steps.push('erase'));
  const [events] = logSteps(places);
  await events?.erase({ users: ['ann'], sessions: [] }, false);
  expect(steps).toEqual(['forget 1', 'persist', 'erase']);
});

it('erases no event when that cannot be written', async () => {
  let isErased = false;
  const store: PersonalStore = {
    ...{ name: 'kept', forgetUser: () => 0 },
    persist: () => Promise.reject(new Error('the disk is full')),
  };
  const places = placesOf(store, () => {
    isErased = true;
  });
  const erasing = logSteps(places)[0]?.erase({ users: ['ann'], sessions: [] }, false);
  await expect(erasing).rejects.toThrow('full');
  expect(isErased).toBe(false);
});
