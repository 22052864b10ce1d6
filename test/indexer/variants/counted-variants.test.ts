import { describe, expect, test } from 'vitest';
import type { CountedCompletion } from '../../../indexer/segment/counted-completion.ts';
import { Audit } from '../../../indexer/variants/audit-reader.ts';
import { countLog, type LogRow } from '../counting/counted-log.ts';

const START_MS = Date.parse('2020-01-01T00:00:00Z');

/** Searches of so many users, each a day after the other; every user's searches are a minute apart. */
function searches(users: string, count: number, ...queries: readonly Partial<LogRow>[]): LogRow[] {
  return Array.from({ length: count }, (_, user) =>
    queries.map(
      (row, at): LogRow => ({
        query: '',
        user: `${users}${user}`,
        at: new Date(START_MS + user * 86_400_000 + at * 60_000).toISOString(),
        ...row,
      }),
    ),
  ).flat();
}

function formsOf(completions: readonly CountedCompletion[]) {
  return Object.fromEntries(
    completions.map(({ normalised, score, aliases = [] }) => [normalised, [score, ...aliases]]),
  );
}

function auditOf({ variants }: Awaited<ReturnType<typeof countLog>>): Audit {
  return Audit.open(variants?.audit.bytes ?? new Uint8Array(), 'audit');
}

describe('variants of a log', () => {
  test('their counts are added in each market under the most used, and they lead there', async () => {
    const rows = [
      ...searches('a', 9, { query: 'Running shoes', market: 'en-US' }),
      ...searches('b', 6, { query: 'running shoe', market: 'en-US' }),
      ...searches('c', 7, { query: 'running shoes', market: 'en-GB' }),
      ...searches('d', 5, { query: 'shoes running', market: 'en-GB' }),
    ];
    const { completions, totals } = await countLog(rows, { group: 'variants', minUsers: 5 });
    expect(completions).toEqual([
      {
        normalised: 'running shoes',
        surface: expect.stringMatching(/^running shoes$/i),
        score: 27,
        aliases: ['running shoe', 'shoes running'],
        markets: [
          { market: 'en-US', score: 15 },
          { market: 'en-GB', score: 12 },
        ],
      },
    ]);
    expect(totals).toMatchObject({
      completions: 1,
      aliases: 2,
      markets: [
        { market: 'en-GB', completions: 1 },
        { market: 'en-US', completions: 1 },
      ],
    });
  });

  test('the threshold holds before: what too few searched is neither merged nor in the audit', async () => {
    const rows = [
      ...searches('a', 9, { query: 'running shoes' }),
      ...searches('b', 4, { query: 'running shoe' }),
    ];
    const counted = await countLog(rows, { group: 'variants', minUsers: 5 });
    expect(formsOf(counted.completions)).toEqual({ 'running shoes': [9] });
    expect(Buffer.from(counted.variants?.audit.bytes ?? []).toString()).not.toContain('shoe');
  });

  test('with other groupings nothing is merged', async () => {
    const rows = [
      ...searches('a', 2, { query: 'running shoes' }),
      ...searches('b', 1, { query: 'running shoe' }),
    ];
    for (const group of ['none', 'surface'] as const) {
      const { completions, variants } = await countLog(rows, { group });
      expect(formsOf(completions)).toEqual({ 'running shoes': [2], 'running shoe': [1] });
      expect(variants).toBeNull();
    }
  });

  test('users who try again in the other number are evidence, whatever spacing they use', async () => {
    const [one, other] = [{ query: 'sneaker' }, { query: 'sneakers' }];
    const alone = [...searches('a', 9, other), ...searches('b', 7, one)];
    expect(formsOf((await countLog(alone)).completions)).toEqual({ sneakers: [9], sneaker: [7] });
    const corrected = [...alone, ...searches('c', 3, one, other)];
    const counted = await countLog(corrected);
    expect(formsOf(counted.completions)).toEqual({ sneakers: [22, 'sneaker'] });
    expect(auditOf(counted).find('sneaker')?.into).toMatchObject({
      query: 'sneakers',
      kinds: ['number'],
      why: 'usageAgrees',
      evidence: { switchers: 3 },
    });
    const asVisitors = searches('d', 3, one).concat(searches('e', 3, other));
    expect(formsOf((await countLog([...alone, ...asVisitors])).completions)).toEqual({
      sneakers: [12],
      sneaker: [10],
    });
  });

  test('what they open is evidence, for and against', async () => {
    const same = [
      ...searches('a', 9, { query: 'sneakers', clicked: 'https://shoes.example/' }),
      ...searches('b', 7, { query: 'sneaker', clicked: 'https://shoes.example/' }),
    ];
    const counted = await countLog(same);
    expect(formsOf(counted.completions)).toEqual({ sneakers: [16, 'sneaker'] });
    expect(auditOf(counted).find('sneaker')?.into?.evidence).toMatchObject({
      clickers: [9, 7],
      clicks: 1,
    });
    const different = [
      ...searches('a', 19, { query: 'reading glasses', clicked: 'https://optician.example/' }),
      ...searches('b', 17, { query: 'reading glass', clicked: 'https://lens.example/' }),
      ...searches('c', 19, { query: 'wine bars', clicked: 'https://bars.example/' }),
      ...searches('d', 17, { query: 'wine bar', clicked: 'https://bar.example/' }),
    ];
    const apart = await countLog(different);
    expect(apart.variants?.report).toMatchObject({ merges: 0, keptApart: 2 });
    expect(auditOf(apart).find('wine bar')?.apart).toMatchObject([
      { query: 'wine bars', why: 'usageContradicts', evidence: { clicks: 0 } },
    ]);
  });

  test('a spelling of a variant leads to what the variant is merged into', async () => {
    const rows = [
      ...searches('a', 9, { query: 'book cases' }),
      ...searches('b', 7, { query: 'book case' }),
      ...searches('c', 5, { query: 'bookcase' }),
    ];
    const counted = await countLog(rows, { group: 'variants', minUsers: 5 });
    const [completion] = counted.completions;
    expect(counted.completions).toHaveLength(1);
    expect([completion?.normalised, ...(completion?.aliases ?? [])].sort()).toEqual([
      'book case',
      'book cases',
      'bookcase',
    ]);
    expect(completion?.score).toBe(21);
  });
});
