import { describe, expect, it } from 'vitest';
import { TrendTable } from '../../../ranking/trend/trend-table.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const START_MS = Date.parse('2026-01-01T00:00:00Z');

/** Twenty days in which ten queries are searched alike. */
function makeUsual(capacity = 1_000): TrendTable {
  const table = new TrendTable({ minUsers: 5, capacity });
  for (let i = 0; i < 2_000; i++) table.add(`usual ${i % 10}`, i, START_MS + i * (DAY_MS / 100));
  return table;
}

const NOW_MS = START_MS + 20 * DAY_MS;

describe('TrendTable', () => {
  it('finds nothing among what is searched as usual', () => {
    const table = makeUsual();
    for (let i = 0; i < 10; i++) expect(table.judge(`usual ${i}`, NOW_MS)).toBeNull();
  });

  it('finds what enough users search suddenly, and loses it as it fades', () => {
    const table = makeUsual();
    for (let user = 0; user < 8; user++) table.add('new', user, NOW_MS + user * MINUTE_MS);
    table.review('new', NOW_MS + 8 * MINUTE_MS);
    expect(table.rises(NOW_MS + 8 * MINUTE_MS).map(({ query }) => query)).toEqual(['new']);
    expect(table.rises(NOW_MS + 9 * DAY_MS)).toEqual([]);
    expect(table.hasRises).toBe(false);
  });

  it('keeps what rises in its baseline when a search comes weeks late', () => {
    const table = new TrendTable({ minUsers: 5, capacity: 100 });
    const usual = { windows: [40, 1_000, 7_000], before: 20_000 };
    const risen = { windows: [10, 50, 50], before: 0, spread: 1 };
    const unknown = { windows: [0, 0, 0], before: 0, spread: 1 };
    const historyOf = (query: string) => (query === 'risen' ? risen : unknown);
    table.setBaseline({ asOfMs: NOW_MS, all: usual, recent: ['risen'], historyOf });
    expect(table.rises(NOW_MS).map(({ query }) => query)).toEqual(['risen']);
    table.add('late', 1, NOW_MS - 20 * DAY_MS);
    table.review('risen', NOW_MS);
    expect(table.rises(NOW_MS).map(({ query }) => query)).toEqual(['risen']);
    // Live counts that begin within the windows stand for what the baseline has from there on.
    table.add('seen live', 2, NOW_MS - 6.9 * DAY_MS);
    table.review('risen', NOW_MS);
    expect(table.rises(NOW_MS)).toEqual([]);
  });

  it('counts a user once a day and nobody never', () => {
    const table = makeUsual();
    expect(table.add('new', 1, NOW_MS)).toBe(true);
    expect(table.add('new', 1, NOW_MS + MINUTE_MS)).toBe(false);
    expect(table.add('new', 1, NOW_MS + DAY_MS)).toBe(true);
    expect(table.add('new', null, NOW_MS)).toBe(false);
    for (let i = 0; i < 40; i++) table.add('flood', i % 4, NOW_MS + i);
    expect(table.judge('flood', NOW_MS + 40)).toBeNull();
  });

  it('takes a search back as if it had not been', () => {
    const table = makeUsual();
    for (let user = 0; user < 8; user++) table.add('new', user, NOW_MS);
    for (let user = 0; user < 8; user++) table.takeBack('new', user, NOW_MS);
    expect(table.judge('new', NOW_MS)).toBeNull();
    expect(table.add('new', 1, NOW_MS + 1)).toBe(true);
  });

  it('stays within its room under a flood of queries, and keeps what rises', () => {
    const table = makeUsual(64);
    for (let user = 0; user < 8; user++) table.add('new', user, NOW_MS);
    table.review('new', NOW_MS);
    for (let i = 0; i < 200; i++) {
      table.add(`once ${i}`, i, NOW_MS + i);
      expect(table.size).toBeLessThanOrEqual(64);
    }
    expect(table.judge('new', NOW_MS + 200)?.query).toBe('new');
  });

  it('takes no query for new that is searched now and then and was given up in between', () => {
    const table = new TrendTable({ minUsers: 5, capacity: 64 });
    // Every day one of thirty regulars, among far more that are searched but once; then five people at once.
    for (let day = 0; day < 30; day++) {
      for (let i = 0; i < 200; i++) {
        const atMs = START_MS + day * DAY_MS + i * 7 * MINUTE_MS;
        table.add(i % 8 === 0 ? `regular ${i}` : `once ${day} ${i}`, i, atMs);
      }
    }
    const nowMs = START_MS + 30 * DAY_MS;
    for (let user = 0; user < 5; user++) table.add('regular 0', 1_000 + user, nowMs + user);
    for (let user = 0; user < 5; user++) table.add('new', 1_000 + user, nowMs + user);
    const ratioOf = (query: string) => table.judge(query, nowMs + 5)?.ratio ?? 0;
    expect(ratioOf('new')).toBeGreaterThan(10 * Math.max(1, ratioOf('regular 0')));
  });
});
