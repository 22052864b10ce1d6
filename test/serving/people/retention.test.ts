import { describe, expect, it } from 'vitest';
import { Retention } from '../../../serving/people/retention.ts';

const DAY_MS = 86_400_000;

describe('retention', () => {
  it('drops at the start and every day what arrived too long ago, each for its days', async () => {
    let nowMs = 1_000 * DAY_MS;
    const asked: [string, number][] = [];
    const logOf = (name: string) => ({
      dropArrivedBefore: async (sinceMs: number) => {
        asked.push([name, sinceMs / DAY_MS]);
        return 1;
      },
    });
    let tick = () => {};
    let everyMs = 0;
    let isStopped = false;
    const lines: string[] = [];
    const retention = new Retention({
      days: { events: 400, served: 90 },
      ...{ events: logOf('events'), served: logOf('served') },
      report: (line) => lines.push(line),
      now: () => nowMs,
      startTimer: (callback, ms) => {
        tick = callback;
        everyMs = ms;
        return () => {
          isStopped = true;
        };
      },
    });
    await retention.start();
    expect(asked).toEqual([
      ['events', 600],
      ['served', 910],
    ]);
    nowMs += DAY_MS;
    tick();
    await retention.close();
    expect(asked.slice(2)).toEqual([
      ['events', 601],
      ['served', 911],
    ]);
    expect([everyMs, isStopped, lines.length]).toEqual([DAY_MS, true, 4]);
  });

  it('goes on when a log cannot be dropped from', async () => {
    const lines: string[] = [];
    const failing = { dropArrivedBefore: () => Promise.reject(new Error('no such disk')) };
    const retention = new Retention({
      days: { events: 1, served: 1 },
      ...{ events: failing, served: null },
      report: (line) => lines.push(line),
      startTimer: () => () => {},
    });
    await retention.start();
    expect(lines).toEqual([expect.stringContaining('no such disk')]);
  });
});
