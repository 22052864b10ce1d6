import { describe, expect, it } from 'vitest';
import { SnapshotHolder } from '../../../serving/snapshot/snapshot-holder.ts';
import { FakeSource } from '../../support/fake-snapshots.ts';

function makeHolder(source: FakeSource) {
  const holder = new SnapshotHolder(source);
  const seen: string[] = [];
  holder.listen({
    onSwapped: (current, previous) => seen.push(`${previous?.name ?? 'nothing'} > ${current.name}`),
    onRefused: (name, error) =>
      seen.push(`refused ${name}: ${error instanceof Error ? error.message : error}`),
  });
  return { holder, seen };
}

const BOTH = { a: ['one'], b: ['two'] };

describe('SnapshotHolder', () => {
  it('has nothing before it is loaded', () => {
    expect(new SnapshotHolder(new FakeSource('a', BOTH)).current).toBeNull();
  });

  it('refuses to load an index without a snapshot', async () => {
    const { holder } = makeHolder(new FakeSource(null, {}));
    await expect(holder.load()).rejects.toThrow('expected a published snapshot');
  });

  it('rejects when the first snapshot is broken', async () => {
    const { holder } = makeHolder(new FakeSource('a', { a: new Error('flipped byte') }));
    await expect(holder.load()).rejects.toThrow('flipped byte');
    expect(holder.current).toBeNull();
  });

  it('swaps when another snapshot becomes current, and back', async () => {
    const source = new FakeSource('a', BOTH);
    const { holder, seen } = makeHolder(source);
    await holder.load();
    expect(await holder.refresh()).toBe('unchanged');
    source.current = 'b';
    expect(await holder.refresh()).toBe('swapped');
    source.current = 'a';
    expect(await holder.refresh()).toBe('swapped');
    expect(holder.current?.name).toBe('a');
    expect(seen).toEqual(['nothing > a', 'a > b', 'b > a']);
    expect(source.opened).toEqual(['a', 'b', 'a']);
  });

  it('serves the one before until the new one is prepared, and refuses one that cannot be', async () => {
    const source = new FakeSource('a', BOTH);
    const { holder, seen } = makeHolder(source);
    let go = () => {};
    let fault: Error | null = null;
    holder.listen({
      prepare: async ({ name }) => {
        seen.push(`prepares ${name}, ${holder.current?.name ?? 'nothing'} serves`);
        if (name === 'b') {
          await new Promise<void>((resolve) => {
            go = resolve;
          });
        }
        if (fault !== null) throw fault;
      },
    });
    await holder.load();
    source.current = 'b';
    const refreshed = holder.refresh();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    expect(holder.current?.name).toBe('a');
    go();
    expect(await refreshed).toBe('swapped');
    fault = new Error('too large');
    source.current = 'a';
    expect(await holder.refresh()).toBe('refused');
    expect(holder.current?.name).toBe('b');
    expect(seen).toEqual([
      ...['prepares a, nothing serves', 'nothing > a', 'prepares b, a serves', 'a > b'],
      ...['prepares a, b serves', 'refused a: too large'],
    ]);
  });

  it('keeps serving the one before when the new one is broken, and swaps when it is mended', async () => {
    const source = new FakeSource('a', { ...BOTH, b: new Error('flipped byte') });
    const { holder, seen } = makeHolder(source);
    await holder.load();
    source.current = 'b';
    expect(await holder.refresh()).toBe('refused');
    expect(holder.current?.name).toBe('a');
    source.snapshots.set('b', ['two']);
    expect(await holder.refresh()).toBe('refused');
    expect(await holder.refresh({ retryRefused: true })).toBe('swapped');
    expect(seen).toEqual(['nothing > a', 'refused b: flipped byte', 'a > b']);
  });

  it('opens a refused snapshot again only now and then', async () => {
    const source = new FakeSource('a', { ...BOTH, b: new Error('broken') });
    const { holder } = makeHolder(source);
    await holder.load();
    source.current = 'b';
    for (let poll = 0; poll < 31; poll++) await holder.refresh();
    expect(source.opened.filter((name) => name === 'b')).toHaveLength(1);
    await holder.refresh();
    expect(source.opened.filter((name) => name === 'b')).toHaveLength(2);
  });

  it('goes to a third snapshot at once after refusing a second', async () => {
    const source = new FakeSource('a', { ...BOTH, bad: new Error('broken') });
    const { holder } = makeHolder(source);
    await holder.load();
    source.current = 'bad';
    await holder.refresh();
    source.current = 'b';
    expect(await holder.refresh()).toBe('swapped');
  });

  it('keeps serving when current cannot be read or is gone, and says so once in a while', async () => {
    const source = new FakeSource('a', BOTH);
    const { holder, seen } = makeHolder(source);
    await holder.load();
    for (const current of [new Error('bad pointer'), null]) {
      source.current = current;
      expect(await holder.refresh()).toBe('refused');
      expect(await holder.refresh()).toBe('refused');
      expect(holder.current?.name).toBe('a');
      source.current = 'a';
      expect(await holder.refresh()).toBe('unchanged');
    }
    expect(seen).toEqual([
      'nothing > a',
      'refused null: bad pointer',
      'refused null: expected a current snapshot, got none; a keeps serving',
    ]);
  });

  it('shares one look between calls that overlap', async () => {
    const source = new FakeSource('a', BOTH);
    const { holder } = makeHolder(source);
    await holder.load();
    source.current = 'b';
    await Promise.all([holder.refresh(), holder.refresh(), holder.refresh()]);
    expect(source.opened).toEqual(['a', 'b']);
  });

  it('looks at every tick until polling stops', async () => {
    const source = new FakeSource('a', BOTH);
    const { holder } = makeHolder(source);
    await holder.load();
    let tick: (() => void) | null = null;
    holder.startPolling(1_000, (task, intervalMs) => {
      expect(intervalMs).toBe(1_000);
      tick = task;
      return () => {
        tick = null;
      };
    });
    source.current = 'b';
    (tick as (() => void) | null)?.();
    await holder.refresh();
    expect(holder.current?.name).toBe('b');
    holder.stopPolling();
    expect(tick).toBeNull();
  });
});
