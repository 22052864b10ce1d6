import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { featureRowsOf } from '../../../serving/served/feature-rows.ts';
import {
  decodeServedList,
  encodeServedList,
  type ServedList,
  type UnwrittenList,
} from '../../../serving/served/served-list.ts';
import { ServedLog, type ServedLogOptions } from '../../../serving/served/served-log.ts';
import { faultyFolder } from '../../indexer/events/faulty-folder.ts';
import { makeFolder } from '../../support/index-fixture.ts';

const listOf = (number: number, more: Partial<ServedList> = {}): ServedList => ({
  ...{ requestId: `r-${number}`, atMs: number, user: `user-${number % 3}`, session: null },
  ...{ market: 'und', snapshot: 's', typed: 'né 北', ranker: 'linear', featureVersion: 1 },
  ids: ['a', 'b'],
  features: Float32Array.of(0, 1.5, 0, -2, 0, 0, number, 0, 0.25, 0, 0, 0, 0, 0, 0, 0, 0, 7),
  ...more,
});

/** A list with features that write themselves. */
function unwritten({ features, ...list }: ServedList): UnwrittenList {
  const count = list.ids.length;
  return { ...list, rows: featureRowsOf(features, count === 0 ? 0 : features.length / count) };
}

const noted = (list: ServedList, isWanted = () => true) => ({
  list: () => unwritten(list),
  isWanted,
});

let folder: string;
let remove: () => Promise<void>;
let lines: string[];
const opened: ServedLog[] = [];
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  lines = [];
});
afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
  await remove();
});

async function open(options: Partial<ServedLogOptions> = {}): Promise<ServedLog> {
  const report = (line: string) => lines.push(line);
  const log = await ServedLog.open({ folder, report, flushMs: 3_600_000, ...options });
  opened.push(log);
  return log;
}

async function all(log: ServedLog, mentions?: readonly string[]): Promise<readonly ServedList[]> {
  const lists = [];
  for await (const list of log.read(mentions)) lists.push(list);
  return lists;
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('a served list', () => {
  it('comes back as it was written, whatever its features', () => {
    const row = fc.array(fc.oneof(fc.constant(0), fc.float({ noNaN: true })), {
      minLength: 11,
      maxLength: 11,
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), fc.string(), (rows, typed) => {
        const ids = rows.map((_, i) => `id-${i}`);
        // -0 is a 0 that need not be told apart.
        const features = Float32Array.from(rows.flat(), (value) => value || 0);
        const list = listOf(1, { ids, features, typed });
        expect(decodeServedList(encodeServedList(unwritten(list)), 'here')).toEqual(list);
      }),
    );
  });

  it('that was cut or comes from a later version is refused', () => {
    const bytes = encodeServedList(unwritten(listOf(1)));
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeServedList(bytes.subarray(0, length), 'here')).toThrow(/here/);
    }
    const later = Buffer.from(bytes.toString('latin1').replace('"v":1', '"v":2'), 'latin1');
    expect(() => decodeServedList(later, 'here')).toThrow(/version 1, got 2/);
  });
});

describe('a served log', () => {
  it('has after a restart what was noted before', async () => {
    const log = await open();
    for (const i of numbers(100)) log.note(noted(listOf(i)));
    await log.close();
    opened.length = 0;
    const again = await open();
    expect(await all(again)).toEqual(numbers(100).map((i) => listOf(i)));
    expect(await all(again, ['user-2'])).toEqual(
      numbers(100)
        .filter((i) => i % 3 === 2)
        .map((i) => listOf(i)),
    );
  });

  it('has settled when all that was noted is in the files, and not while some is being written', async () => {
    const log = await open();
    expect(log.settled()).toBeNull();
    for (const number of numbers(300)) log.note(noted(listOf(number)));
    const first = log.settled();
    log.note(noted(listOf(300)));
    expect(first).not.toBeNull();
    expect(log.settled()).not.toBeNull();
    await first;
    expect(log.counts.written).toBeGreaterThanOrEqual(300);
    await log.settled();
    expect(log.settled()).toBeNull();
    expect(log.counts.written).toBe(301);
  });

  it('erases the lists of a user, those that wait included', async () => {
    const log = await open();
    for (const i of numbers(10)) log.note(noted(listOf(i)));
    const erased = await log.erase({
      mentions: ['user-1'],
      matches: ({ user }) => user === 'user-1',
    });
    expect(erased).toBe(3);
    expect((await all(log)).map(({ atMs }) => atMs)).toEqual([0, 2, 3, 5, 6, 8, 9]);
  });

  it('has no list that is wanted no more when it goes to disk', async () => {
    const log = await open();
    const withheld = new Set<number>();
    for (const i of numbers(6)) log.note(noted(listOf(i), () => !withheld.has(i)));
    withheld.add(2).add(3);
    expect((await all(log)).map(({ atMs }) => atMs)).toEqual([0, 1, 4, 5]);
    expect(log.counts).toEqual({ written: 4, dropped: 0 });
  });

  it('drops, counts and tells what cannot be put into bytes, and goes on', async () => {
    const log = await open();
    const fail = () => {
      throw new Error('no features');
    };
    log.note({ list: fail, isWanted: () => true });
    log.note(noted(listOf(1)));
    expect((await all(log)).map(({ atMs }) => atMs)).toEqual([1]);
    expect(log.counts).toEqual({ written: 1, dropped: 1 });
    expect(lines).toEqual([expect.stringContaining('no features')]);
  });

  it('drops and counts what is too much at once, and what the disk refuses, and goes on', async () => {
    let isFull = false;
    const log = await open({
      mostWaiting: 5,
      wrapFolder: (inner) =>
        faultyFolder(inner, (kind) => (isFull && kind === 'write' ? 'fail' : null)),
    });
    for (const i of numbers(8)) log.note(noted(listOf(i)));
    await log.flush();
    expect(log.counts).toEqual({ written: 5, dropped: 3 });
    isFull = true;
    log.note(noted(listOf(8)));
    await log.flush();
    isFull = false;
    log.note(noted(listOf(9)));
    await log.flush();
    expect(log.counts).toEqual({ written: 6, dropped: 4 });
    expect(lines).toEqual([expect.stringContaining('served lists are not logged')]);
    expect((await all(log)).map(({ atMs }) => atMs)).toEqual([0, 1, 2, 3, 4, 9]);
  });

  it('keeps to its bytes, the latest lists', async () => {
    const log = await open({ segmentBytes: 1_000, mostBytes: 5_000 });
    for (const i of numbers(200)) {
      log.note(noted(listOf(i)));
      await log.flush();
    }
    const kept = await all(log);
    expect(kept.at(-1)?.atMs).toBe(199);
    expect(
      kept.reduce((sum, list) => sum + encodeServedList(unwritten(list)).length, 0),
    ).toBeLessThan(5_000);
    expect(kept.length).toBeGreaterThan(5);
  });
});
