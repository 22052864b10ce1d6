import { describe, expect, it } from 'vitest';
import { GuardedStore } from '../../../serving/stores/guarded-store.ts';
import { MemoryFeatureStore } from '../../../serving/stores/memory-feature-store.ts';
import { describeFeatureStore } from '../../contracts/feature-store.ts';
import { FakeTimers } from '../../support/fake-timers.ts';
import { FaultyStore } from '../../support/faulty-store.ts';

describeFeatureStore('GuardedStore', async () => {
  const store = new GuardedStore(new MemoryFeatureStore());
  return { store, dispose: () => store.close() };
});

describe('GuardedStore', () => {
  const openGuarded = () => {
    const timers = new FakeTimers();
    const faulty = new FaultyStore(new MemoryFeatureStore());
    const guarded = new GuardedStore(faulty, {
      timeoutMs: 20,
      failures: 3,
      openMs: 1_000,
      now: timers.now,
      startTimer: timers.start,
    });
    const read = () =>
      guarded.get('profiles', 'k').then(
        () => 'answered',
        (error: { readonly code: string }) => error.code,
      );
    return { timers, faulty, guarded, read };
  };

  it('gives up a read after its time and no sooner', async () => {
    const { timers, faulty, guarded, read } = openGuarded();
    faulty.mode = 'silent';
    let told: string | null = null;
    const reading = read().then((how) => {
      told = how;
    });
    timers.advance(19);
    await Promise.resolve();
    expect(told).toBeNull();
    timers.advance(1);
    await reading;
    expect(told).toBe('timeout');
    expect(guarded.counts).toMatchObject({ reads: 1, timeouts: 1, failures: 0 });
  });

  it('gives writes more time than reads', async () => {
    const { timers, faulty, guarded } = openGuarded();
    faulty.mode = 'silent';
    let isEnded = false;
    const writing = guarded
      .write('profiles', [{ key: 'k', bytes: new Uint8Array(), expected: 'any' }])
      .catch((error: { readonly code: string }) => {
        isEnded = true;
        return error.code;
      });
    timers.advance(999);
    await Promise.resolve();
    expect(isEnded).toBe(false);
    timers.advance(1);
    expect(await writing).toBe('timeout');
  });

  it('leaves no timer behind an answer', async () => {
    const { timers, read } = openGuarded();
    expect(await read()).toBe('answered');
    expect(timers.waiting).toBe(0);
  });

  it('opens after failures running, tries again after a while, and closes when it works', async () => {
    const { timers, faulty, guarded, read } = openGuarded();
    faulty.mode = 'failing';
    expect([await read(), await read()]).toEqual(['unavailable', 'unavailable']);
    expect(guarded.state).toBe('closed');
    expect(await read()).toBe('unavailable');
    expect(guarded.state).toBe('open');
    let calls = 0;
    faulty.onCall = () => calls++;
    expect(await read()).toBe('open');
    timers.advance(999);
    expect(await read()).toBe('open');
    expect(calls).toBe(0);
    timers.advance(1);
    expect(guarded.state).toBe('half-open');
    expect(await read()).toBe('unavailable');
    expect(guarded.state).toBe('open');
    timers.advance(1_000);
    faulty.mode = 'well';
    expect(await read()).toBe('answered');
    expect(guarded.state).toBe('closed');
    expect(guarded.counts).toEqual({ reads: 7, writes: 0, timeouts: 0, failures: 4, refused: 2 });
    expect(guarded.opened).toBe(2);
  });

  it('lets one call try at a time', async () => {
    const { timers, faulty, guarded, read } = openGuarded();
    faulty.mode = 'failing';
    await Promise.all([read(), read(), read()]);
    timers.advance(1_000);
    faulty.mode = 'silent';
    const trying = read();
    expect(await read()).toBe('open');
    expect(guarded.state).toBe('half-open');
    timers.advance(20);
    expect(await trying).toBe('timeout');
    expect(guarded.state).toBe('open');
  });

  it('stays closed while failures have successes between them', async () => {
    const { faulty, guarded, read } = openGuarded();
    for (let i = 0; i < 10; i++) {
      faulty.mode = i % 3 === 2 ? 'well' : 'failing';
      await read();
    }
    expect(guarded.state).toBe('closed');
  });

  it('does not stay open for calls that fail late', async () => {
    const { timers, faulty, guarded, read } = openGuarded();
    faulty.mode = 'silent';
    const late = read();
    faulty.mode = 'failing';
    await Promise.all([read(), read(), read()]);
    timers.advance(20);
    expect(await late).toBe('timeout');
    timers.advance(980);
    expect(guarded.state).toBe('half-open');
  });

  it('does not count what is wrong with a key against the store', async () => {
    const { guarded } = openGuarded();
    for (let i = 0; i < 5; i++) await guarded.get('profiles', '').catch(() => {});
    expect(guarded.state).toBe('closed');
    expect(guarded.counts.failures).toBe(0);
  });

  it('reads at once from a store that can, and guards that, too', () => {
    const guarded = new GuardedStore(new MemoryFeatureStore());
    expect(guarded.getNow?.('profiles', 'k')).toBeNull();
    expect(guarded.counts.reads).toBe(1);
    expect(new GuardedStore(new FaultyStore(new MemoryFeatureStore())).getNow).toBeUndefined();
  });
});
