import { expect, it } from 'vitest';
import { MemoryEventLog } from '../../../indexer/events/memory-event-log.ts';
import { describeEventLog, readAll, sampleRecords } from '../../contracts/event-log.ts';

describeEventLog('a log in memory', async () => ({
  log: new MemoryEventLog(),
  dispose: async () => {},
}));

it('a log in memory drops exactly what is older', async () => {
  const log = new MemoryEventLog();
  await log.append(sampleRecords(0, 10));
  expect(await log.dropArrivedBefore(1_004)).toBe(4);
  expect((await readAll(log)).map(({ offset }) => offset)).toEqual([4, 5, 6, 7, 8, 9]);
  expect(await log.dropArrivedBefore(Number.POSITIVE_INFINITY)).toBe(6);
  expect([log.first, log.end]).toEqual([10, 10]);
});
